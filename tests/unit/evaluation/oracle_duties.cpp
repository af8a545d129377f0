#include "unit/evaluation/oracle_trial.hpp"

namespace rapport::evaluation::testing {

using base::Millis;
using domain::Role;
using playbook::Bound;
using playbook::ScopeKind;

namespace {

bool counts_turns(Limit limit) { return limit == Limit::agent_turns || limit == Limit::customer_turns; }

}  // namespace

std::optional<Trial::Out> Trial::turn_out(Role role, std::int32_t turn, Limit limit) const {
  for (auto const& event : layout_.events()) {
    std::int32_t const count = role == Role::agent ? event.agent_turns : event.customer_turns;
    if (event.new_turn == role && count == turn) return Out{event.point, event.point.at, limit, {}};
  }
  return std::nullopt;
}

std::optional<Trial::Out> Trial::speech_out(Millis limit_ms) const {
  for (auto const& event : layout_.events()) {
    if (event.speech <= limit_ms || event.speech_before > limit_ms) continue;
    Millis const at = event.point.at + limit_ms - event.speech_before;
    return Out{Point::instant_over(at), at, Limit::speech, event.point};
  }
  return std::nullopt;
}

/// When each member of the bound runs out; nothing where it does not.
std::vector<std::optional<Trial::Out>> Trial::members_of(Millis from_ms, Duty const& duty) const {
  Bound const& bound = pattern_.bound;
  Stretch const& stretch = duty.stretch;
  std::vector<std::optional<Out>> found;
  auto const by_time = [&](Millis at, Limit limit) { found.push_back(Out{Point::instant_over(at), at, limit, {}}); };
  if (bound.time_ms) by_time(from_ms + *bound.time_ms, Limit::time);
  if (bound.agent_turns) {
    std::int32_t const then = duty.each ? duty.trigger->agent_turns : stretch.agent_turns;
    found.push_back(turn_out(Role::agent, then + *bound.agent_turns + 1, Limit::agent_turns));
  }
  if (bound.customer_turns) {
    std::int32_t const then = duty.each ? duty.trigger->customer_turns : stretch.customer_turns;
    found.push_back(turn_out(Role::customer, then + *bound.customer_turns + 1, Limit::customer_turns));
  }
  if (bound.speech_ms) {
    found.push_back(speech_out((duty.each ? duty.trigger->speech : stretch.speech) + *bound.speech_ms));
  }
  if (bound.due_of_trigger && duty.trigger != nullptr && duty.trigger->occurrence.due_ms >= 0) {
    by_time(duty.trigger->occurrence.due_ms, Limit::due);
  }
  return found;
}

Trial::Duty Trial::duty_of(Stretch const& stretch, Fired const* trigger) const {
  bool const each = pattern_.kind == playbook::PatternKind::each_then;
  Duty duty{stretch, trigger, each, {}};
  bool const part = pattern_.scope.kind == ScopeKind::agent_segment;
  duty.opened = trigger != nullptr ? trigger->point : part ? stretch.from
                                                           : Point{stretch.opened_ms, -1, 0, 0};
  duty.until = stretch.until;
  duty.until_ms = stretch.until_ms;
  duty.complete = stretch.turns_complete;
  duty.members = members_of(trigger != nullptr ? trigger->occurrence.end_ms : stretch.opened_ms, duty);
  duty.since = trigger != nullptr ? place_of(trigger->occurrence)
                                  : Place{stretch.from.at, static_cast<std::uint32_t>(stretch.from.event), 0};
  // Where the scope ends before T's own due time, the duty outlives it.
  for (auto const& out : duty.members) {
    if (!out || out->limit != Limit::due || out->at <= stretch.until_ms) continue;
    duty.until = Point::end();
    duty.until_ms = scene_.end_ms;
    duty.complete = true;
  }
  return duty;
}

/// When the whole bound has run out, if it does before the duty's scope ends.
std::optional<Trial::Out> Trial::all_out(Duty const& duty) const {
  if (duty.members.empty()) return std::nullopt;
  Out last{{-1, 0, 0, 0}, 0, Limit::time, {}};
  for (auto const& out : duty.members) {
    if (!out || (out->limit == Limit::speech && out->known >= duty.until)) return std::nullopt;
    if (counts_turns(out->limit) ? out->point >= duty.until : out->at > duty.until_ms) return std::nullopt;
    last.point = std::max(last.point, out->point);
    last.at = std::max(last.at, out->at);
  }
  last.point = std::min(last.point, duty.until);
  return last;
}

Fired const* Trial::first_answer(Duty const& duty, std::optional<Out> const& lapse) const {
  bool const inclusive = duty.trigger == nullptr;
  Point const from = inclusive ? duty.stretch.from : duty.trigger->point;
  for (Fired const& fired : layout_.firings()) {
    if (fired.occurrence.signal != pattern_.signal || fired.point >= duty.until) continue;
    if (duty.each && !item_fits(fired, duty.trigger)) continue;
    if (inclusive ? fired.point < from : fired.point <= from) continue;
    if (lapse && fired.point >= lapse->point) return nullptr;
    return &fired;
  }
  return nullptr;
}

std::int32_t Trial::completed_turns(Duty const& duty) const {
  std::int32_t turns = 0;
  bool agents = false;
  for (auto const& event : layout_.events()) {
    if (event.point >= duty.until) continue;
    turns = event.agent_turns;
    if (event.new_turn) agents = event.new_turn == Role::agent;
  }
  return agents && !duty.complete ? turns - 1 : turns;
}

/// must and each-then: S is owed from the opening on.
void Trial::judge_duty(Stretch const& stretch, Fired const* trigger) {
  Duty const duty = duty_of(stretch, trigger);
  Judgement judgement =
      begin(duty.opened, trigger != nullptr ? trigger->occurrence.at_ms : stretch.opened_ms, trigger, stretch);
  bool due_ahead = false;
  for (auto const& out : duty.members) {
    if (!out || (out->limit != Limit::time && out->limit != Limit::due)) continue;
    judgement.occasion.due_ms = std::max(judgement.occasion.due_ms.value_or(out->at), out->at);
    due_ahead = due_ahead || (out->limit == Limit::due && out->at > duty.until_ms);
  }
  judgement.no_date = pattern_.bound.due_of_trigger && (trigger == nullptr || trigger->occurrence.due_ms < 0);
  std::int64_t const words_from = duty.each ? trigger->occurrence.event : stretch.event;
  auto const lapse = all_out(duty);
  if (Fired const* answer = first_answer(duty, lapse)) {
    judgement.occasion.state = OccasionState::met;
    judgement.occasion.decided_ms = answer->occurrence.at_ms;
    judgement.decided = answer->point;
    if (answer->point < drop_after(duty.opened)) found(judgement, *answer);
  } else if (lapse) {
    miss(judgement, lapse->at, lapse->point, void_between(duty.since, lapse->point), words_from);
  } else if (due_ahead) {
    judgement.decided = Point::end();
  } else if ((!duty.members.empty() || duty.each) &&
             completed_turns(duty) <= (duty.each ? trigger->agent_turns : stretch.agent_turns)) {
    judgement.cut_short = true;
    judgement.occasion.state = OccasionState::voided;
    judgement.occasion.decided_ms = duty.until_ms;
    judgement.decided = duty.until;
  } else {
    miss(judgement, duty.until_ms, duty.until, void_between(duty.since, duty.until), words_from);
  }
  judgements_.push_back(judgement);
}

}  // namespace rapport::evaluation::testing
