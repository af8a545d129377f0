#include "unit/evaluation/oracle_trial.hpp"

namespace rapport::evaluation::testing {

using base::Millis;
using playbook::Bound;
using playbook::PatternKind;
using playbook::ScopeKind;

namespace {

Place place_of(Point point) {
  return {point.at, static_cast<std::uint32_t>(point.event), static_cast<std::uint32_t>(point.position)};
}

}  // namespace

void Trial::judge_stretch(Stretch const& stretch) {
  switch (pattern_.kind) {
    case PatternKind::must:
      return judge_duty(stretch, stretch.opener);
    case PatternKind::never:
    case PatternKind::at_most:
      return judge_limit(stretch);
    case PatternKind::within:
      return judge_band(stretch);
    default:
      break;
  }
  for (Fired const& fired : layout_.firings()) {
    if (fired.occurrence.signal != pattern_.trigger || !stretch.holds(fired)) continue;
    if (pattern_.kind == PatternKind::each_then) judge_duty(stretch, &fired);
    if (pattern_.kind == PatternKind::each_first) judge_first(stretch, fired);
    if (pattern_.kind == PatternKind::each_with) judge_with(stretch, fired);
    if (pattern_.first_only) return;
  }
}

Judgement Trial::begin(Point opened, Millis opened_ms, Fired const* by, Stretch const& stretch) const {
  Judgement judgement;
  judgement.opened = opened;
  judgement.presumed = stretch.presumed;
  judgement.occasion.practice = practice_;
  judgement.occasion.pattern = index_;
  judgement.occasion.opened_ms = opened_ms;
  if (by != nullptr) {
    signals::Occurrence const& o = by->occurrence;
    judgement.occasion.opened_by = Evidence{o.event, o.range, o.at_ms, o.end_ms, o.by, o.participant};
    judgement.occasion.confidence = o.confidence;
  }
  return judgement;
}

void Trial::judge_limit(Stretch const& stretch) {
  Point const opened = stretch.opener != nullptr || pattern_.scope.kind == ScopeKind::agent_segment
                           ? stretch.from
                           : Point{stretch.opened_ms, -1, 0, 0};
  Judgement judgement = begin(opened, stretch.opened_ms, stretch.opener, stretch);
  Point const dropped = drop_after(opened);
  std::int32_t const allowed = pattern_.kind == PatternKind::at_most ? pattern_.count : 0;
  judgement.occasion.state = OccasionState::met;
  judgement.occasion.decided_ms = stretch.until_ms;
  judgement.decided = stretch.until;
  bool broken = false;
  std::int32_t const opened_confidence = judgement.occasion.confidence;
  for (Fired const& fired : layout_.firings()) {
    if (fired.occurrence.signal != pattern_.signal || !stretch.holds(fired)) continue;
    if (!broken && fired.point > dropped) break;
    std::int32_t const confidence = judgement.occasion.confidence;
    found(judgement, fired);
    if (broken) {
      bool const surest_counts = pattern_.kind == PatternKind::never;
      std::int32_t const as_sure = std::min(opened_confidence, fired.occurrence.confidence);
      judgement.occasion.confidence = surest_counts ? std::max(confidence, as_sure) : confidence;
      continue;
    }
    if (judgement.occasion.times <= allowed) continue;
    broken = judgement.lapsed = true;
    judgement.occasion.decided_ms = fired.occurrence.at_ms;
    judgement.decided = fired.point;
    bool const excused = void_between(place_of(stretch.from), fired.point);
    judgement.occasion.state = excused ? OccasionState::voided : OccasionState::missed;
    if (excused) break;
  }
  if (!broken) judgement.unreadable = layout_.unreadable(pattern_.signal, stretch.event, stretch.until);
  judgements_.push_back(judgement);
}

bool Trial::earlier_within_bound(Fired const& earlier, Fired const& trigger) const {
  Bound const& bound = pattern_.bound;
  if (!bound.time_ms && !bound.agent_turns && !bound.customer_turns && !bound.speech_ms) return true;
  return (bound.time_ms && trigger.occurrence.at_ms - earlier.occurrence.end_ms <= *bound.time_ms) ||
         (bound.agent_turns && trigger.agent_turns - earlier.agent_turns <= *bound.agent_turns) ||
         (bound.customer_turns && trigger.customer_turns - earlier.customer_turns <= *bound.customer_turns) ||
         (bound.speech_ms && trigger.speech_before - earlier.speech <= *bound.speech_ms);
}

/// each-first: of the S before T, the last if it is in time, else the one that ended last.
void Trial::judge_first(Stretch const& stretch, Fired const& trigger) {
  Judgement judgement = begin(trigger.point, trigger.occurrence.at_ms, &trigger, stretch);
  Fired const* last = nullptr;
  Fired const* longest = nullptr;
  bool excused = false;
  for (Fired const& fired : layout_.firings()) {
    bool const before = stretch.holds(fired) && fired.point < trigger.point;
    bool const with = stretch.holds(fired) && fired.point == trigger.point;
    if (is_voider(fired) && (before || with) && (with || earlier_within_bound(fired, trigger))) excused = true;
    if (fired.occurrence.signal != pattern_.signal || !before || !item_fits(fired, &trigger)) continue;
    last = &fired;
    if (longest == nullptr || longest->occurrence.end_ms <= fired.occurrence.end_ms) longest = &fired;
  }
  Fired const* cited = last != nullptr && earlier_within_bound(*last, trigger) ? last : longest;
  if (cited != nullptr && earlier_within_bound(*cited, trigger)) {
    found(judgement, *cited);
    judgement.occasion.state = OccasionState::met;
    judgement.occasion.decided_ms = trigger.occurrence.at_ms;
    judgement.decided = trigger.point;
  } else {
    miss(judgement, trigger.occurrence.at_ms, trigger.point, excused, stretch.event);
  }
  judgements_.push_back(judgement);
}

bool Trial::in_reach(Fired const& one, Fired const& other) const {
  bool const event = one.occurrence.event == other.occurrence.event;
  if (pattern_.reach == signals::Reach::turn) return one.turn == other.turn;
  return event && (pattern_.reach == signals::Reach::event || one.occurrence.sentence == other.occurrence.sentence);
}

/// each-with: the last S in reach up to T, else the first after it while the reach goes on.
void Trial::judge_with(Stretch const& stretch, Fired const& trigger) {
  Judgement judgement = begin(trigger.point, trigger.occurrence.at_ms, &trigger, stretch);
  Point over{trigger.point.at, trigger.point.event, 3, 0};
  Millis over_at = trigger.occurrence.at_ms;
  if (pattern_.reach == signals::Reach::turn) {
    over = Point::end();
    over_at = scene_.end_ms;
    for (auto const& event : layout_.events()) {
      if (event.new_turn && event.point > trigger.point && event.point < over) {
        over = event.point;
        over_at = event.point.at;
      }
    }
  }
  if (stretch.until < over) {
    over = stretch.until;
    over_at = stretch.until_ms;
  }
  Fired const* answer = nullptr;
  bool excused = false;
  for (Fired const& fired : layout_.firings()) {
    if (!stretch.holds(fired) || !in_reach(fired, trigger) || fired.point >= over) continue;
    if (is_voider(fired)) excused = true;
    if (fired.occurrence.signal != pattern_.signal || !item_fits(fired, &trigger)) continue;
    if (fired.point <= trigger.point || answer == nullptr) answer = &fired;
  }
  if (answer != nullptr) {
    Point const at = std::max(answer->point, trigger.point);
    judgement.occasion.state = OccasionState::met;
    judgement.occasion.decided_ms = at.at;
    judgement.decided = at;
    if (at < drop_after(trigger.point)) found(judgement, *answer);
  } else {
    excused = excused || void_between(evaluation::place_of(trigger.occurrence), over);
    miss(judgement, over_at, over, excused, trigger.occurrence.event);
  }
  judgements_.push_back(judgement);
}

/// within: one occasion if there is a sample; the last one decides at the scope's end.
void Trial::judge_band(Stretch const& stretch) {
  std::optional<Judgement> judgement;
  Fired const* last = nullptr;
  Point dropped = Point::end();
  for (Fired const& fired : layout_.firings()) {
    if (fired.occurrence.signal != pattern_.signal || !stretch.holds(fired)) continue;
    if (!judgement) {
      judgement = begin(fired.point, fired.occurrence.at_ms, nullptr, stretch);
      dropped = drop_after(fired.point);
    }
    if (fired.point > dropped) break;
    last = &fired;
    ++judgement->occasion.times;
    judgement->occasion.confidence = fired.occurrence.confidence;
  }
  if (!judgement) return;
  bool const inside = last->occurrence.value >= pattern_.low && last->occurrence.value <= pattern_.high;
  if (stretch.until < dropped || dropped == Point::end()) {
    std::int32_t const times = judgement->occasion.times;
    std::int32_t const confidence = judgement->occasion.confidence;
    found(*judgement, *last);
    judgement->occasion.times = times;
    judgement->occasion.confidence = confidence;
    judgement->occasion.measured = last->occurrence.value;
  }
  judgement->occasion.decided_ms = stretch.until_ms;
  judgement->decided = stretch.until;
  judgement->occasion.state = OccasionState::met;
  if (!inside) {
    judgement->lapsed = true;
    bool const excused = void_between(place_of(stretch.from), stretch.until);
    judgement->occasion.state = excused ? OccasionState::voided : OccasionState::missed;
  }
  judgements_.push_back(*judgement);
}

}  // namespace rapport::evaluation::testing
