#include <algorithm>
#include <limits>

#include "base/limits.hpp"
#include "evaluation/obligations.hpp"

/// Obligations: scopes that open and close, obligations that begin.
namespace rapport::evaluation {

using base::Millis;
using playbook::Bound;
using playbook::Condition;
using playbook::Pattern;
using playbook::PatternKind;
using playbook::ScopeKind;
using signals::Occurrence;

namespace {

constexpr Millis not_yet = std::numeric_limits<Millis>::max();

constexpr std::uint8_t bit(Limit limit) { return static_cast<std::uint8_t>(limit); }

}  // namespace

Obligations::Start Obligations::start_at(Occurrence const& occurrence) const {
  return {place_of(occurrence), occurrence.at_ms, occurrence.end_ms, counts_, &occurrence};
}

void Obligations::open_scope(PatternNumber number, Start const& start) {
  Track& track = tracks_[number];
  PlannedPattern const& planned = plan_->patterns()[number];
  track.open = true;
  track.ever_open = true;
  track.first_taken = false;
  track.obligation = none;
  track.place = start.place;
  track.admitted = admits(*planned.pattern, track);
  if (!track.admitted) return;
  track.ever_admitted = true;
  if (planned.memory != no_memory) memories_[planned.memory].clear();
  if (planned.void_memory != no_memory) memories_[planned.void_memory].clear();
  switch (planned.pattern->kind) {
    case PatternKind::must:
      track.obligation = open(number, start);
      if (track.obligation == none) return;
      set_bounds(track.obligation, start);
      set_cue(track.obligation, start);
      return;
    case PatternKind::never:
    case PatternKind::at_most:
      track.obligation = open(number, start);
      return;
    case PatternKind::within:     // opens at its first sample
    case PatternKind::each_then:  // these at each T
    case PatternKind::each_first:
    case PatternKind::each_with:
      return;
  }
}

/// Whether `when` lets the scope open. Where only signals that never fired keep it shut, what they
/// need is noted: if that was not observed, nobody knows whether the scope should have opened.
bool Obligations::admits(Pattern const& pattern, Track& track) const {
  track.presumed = {};
  std::vector<domain::SourceSet> lacking;
  for (Condition const& condition : pattern.when) {
    if (condition.subject != Condition::Subject::signal) {
      if (!background_.holds(condition, agent_for_when_)) return false;
      continue;
    }
    bool const seen = seen_[condition.signal];
    if (seen && condition.negated) return false;
    if (seen) continue;
    domain::SourceSet const needs = plan_->facts().needs(condition.signal);
    if (condition.negated) {
      track.presumed.add(needs);
    } else {
      lacking.push_back(needs);
    }
  }
  if (lacking.empty()) return true;
  if (std::ranges::find(track.unsure, lacking) == track.unsure.end()) track.unsure.push_back(std::move(lacking));
  return false;
}

void Obligations::opened_by(PatternNumber number, Occurrence const& opener) {
  Track const& track = tracks_[number];
  bool const again = pattern(number).scope.kind == ScopeKind::between;
  if (!begun_ || track.open || (track.ever_open && !again)) return;
  open_scope(number, start_at(opener));
}

/// `turns_complete`: the turn that runs is over, too (the timeline or the agent's part ends).
void Obligations::close_scope(PatternNumber number, Millis at_ms, bool turns_complete) {
  Track& track = tracks_[number];
  if (!track.open) return;
  track.open = false;
  auto const end = [&](ObligationNumber obligation) {
    if (is_open(obligation)) close(obligation, at_ms, turns_complete);
    if (is_open(obligation)) track.outliving.push_back(obligation);
  };
  for (ObligationNumber const waiting : track.waiting) end(waiting);
  if (track.obligation != none) end(track.obligation);
  track.obligation = none;
  track.waiting.clear();
}

/// The scope of an open obligation ends.
void Obligations::close(ObligationNumber number, Millis at_ms, bool turns_complete) {
  Running& running = running_[number];
  PatternKind const kind = pattern_of(number).kind;
  if (kind == PatternKind::never || kind == PatternKind::at_most) {
    running.unreadable = legibility_.unreadable_since(plan_->facts(), pattern_of(number).signal, running.opened.event);
    return settle(number, OccasionState::met, at_ms);
  }
  if (kind == PatternKind::within) return judge_band(number, at_ms);
  if (kind == PatternKind::each_with) return lapse(number, at_ms);
  auto const run_out = [&](Limit limit, Millis out_ms) {
    if ((running.limits & bit(limit)) == 0 || out_ms > at_ms) return;
    running.limits &= static_cast<std::uint8_t>(~static_cast<unsigned>(limit));
    running.last_out_ms = std::max(running.last_out_ms, out_ms);
  };
  run_out(Limit::time, running.time_out_ms);
  run_out(Limit::speech, running.speech_out_ms);
  run_out(Limit::due, running.due_out_ms);
  if (running.bounded && running.limits == 0) return lapse(number, running.last_out_ms);
  if ((running.limits & bit(Limit::due)) != 0) return;  // its own time is yet to come
  bool const excusable = running.bounded || kind == PatternKind::each_then;
  std::int32_t const completed = counts_.agent_turns - (agents_turn_ && !turns_complete ? 1 : 0);
  if (excusable && completed <= running.agent_turns) {
    running.cut_short = true;
    return settle(number, OccasionState::voided, at_ms);
  }
  lapse(number, at_ms);
}

ObligationNumber Obligations::open(PatternNumber pattern_number, Start const& start) {
  Track& track = tracks_[pattern_number];
  if (open_count_ >= limits::open_obligations_max) {
    track.over_limit = true;
    return none;
  }
  PlannedPattern const& planned = plan_->patterns()[pattern_number];
  auto const number = static_cast<ObligationNumber>(occasions_.size());
  Occasion& occasion = occasions_.emplace_back();
  occasion.practice = planned.practice;
  occasion.pattern = planned.index;
  occasion.opened_ms = start.opened_ms;
  occasion.responsible = current_agent_;
  Running& running = running_.emplace_back();
  running.pattern = pattern_number;
  running.opened = start.place;
  running.agent_turns = start.counts.agent_turns;
  running.turn = start.counts.turn;
  running.presumed = track.presumed;
  if (start.by != nullptr) {
    occasion.opened_by = evidence_of(*start.by);
    occasion.confidence = start.by->confidence;
    running.firing = *start.by;
  }
  track.any_occasion = true;
  ++open_count_;
  change(Change::Kind::opened, number, start.opened_ms);
  return number;
}

void Obligations::set_bounds(ObligationNumber number, Start const& start) {
  Bound const& bound = pattern_of(number).bound;
  Running& running = running_[number];
  Occasion& occasion = occasions_[number];
  auto const limit = [&](Limit member) { running.limits |= bit(member); };
  running.speech_out_ms = not_yet;
  if (bound.time_ms) {
    limit(Limit::time);
    running.time_out_ms = start.bound_from_ms + *bound.time_ms;
    occasion.due_ms = running.time_out_ms;
    deadlines_.at_time(running.time_out_ms, number, Limit::time);
  }
  if (bound.agent_turns) {
    limit(Limit::agent_turns);
    deadlines_.at_turn(Side::agent, start.counts.agent_turns + *bound.agent_turns + 1, number, Limit::agent_turns);
  }
  if (bound.customer_turns) {
    limit(Limit::customer_turns);
    deadlines_.at_turn(Side::customer, start.counts.customer_turns + *bound.customer_turns + 1, number,
                       Limit::customer_turns);
  }
  if (bound.speech_ms) {
    limit(Limit::speech);
    deadlines_.at_speech(start.counts.speech_ms + *bound.speech_ms, number, Limit::speech);
  }
  if (bound.due_of_trigger && start.by != nullptr && start.by->due_ms >= 0) {
    limit(Limit::due);
    running.due_out_ms = start.by->due_ms;
    occasion.due_ms = std::max(occasion.due_ms.value_or(0), running.due_out_ms);
    deadlines_.at_time(running.due_out_ms, number, Limit::due);
  } else if (bound.due_of_trigger) {
    running.no_date = true;
  }
  running.bounded = running.limits != 0;
}

/// Reminds at the practice's own time or, by default, half way through the bound; where there is
/// neither, at once if something happened that calls for an answer.
void Obligations::set_cue(ObligationNumber number, Start const& start) {
  auto const& cue_of = plan_->patterns()[running_[number].pattern].owner->cue;
  if (!watched_ || !cue_of) return;
  Bound const& bound = pattern_of(number).bound;
  Counts const& from = start.counts;
  if (cue_of->at_ms) {
    deadlines_.at_time(start.bound_from_ms + *cue_of->at_ms, number, Limit::cue);
  } else if (bound.time_ms) {
    deadlines_.at_time(start.bound_from_ms + *bound.time_ms / 2, number, Limit::cue);
  } else if (bound.agent_turns) {
    deadlines_.at_turn(Side::agent, from.agent_turns + *bound.agent_turns / 2 + 1, number, Limit::cue);
  } else if (bound.customer_turns) {
    deadlines_.at_turn(Side::customer, from.customer_turns + *bound.customer_turns / 2 + 1, number, Limit::cue);
  } else if (bound.speech_ms) {
    deadlines_.at_speech(from.speech_ms + *bound.speech_ms / 2, number, Limit::cue);
  } else if (start.by != nullptr) {
    cue(number, start.opened_ms);
  }
}

}  // namespace rapport::evaluation
