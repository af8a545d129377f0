#include <algorithm>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "evaluation/obligations.hpp"

/// Obligations: firings that answer or break, and what is decided.
namespace rapport::evaluation {

using base::Millis;
using playbook::Pattern;
using playbook::PatternKind;
using signals::Occurrence;
using signals::Reach;

void Obligations::trigger(PatternNumber number, Occurrence const& trigger) {
  Track& track = tracks_[number];
  Pattern const& rule = pattern(number);
  if (!track.active() || (rule.first_only && track.first_taken)) return;
  track.first_taken = true;
  Start const start = start_at(trigger);
  ObligationNumber const opened = open(number, start);
  if (opened == none) return;
  track.waiting.push_back(opened);
  if (rule.kind == PatternKind::each_then) {
    set_bounds(opened, start);
    set_cue(opened, start);
    return;
  }
  PlannedPattern const& planned = plan_->patterns()[number];
  auto const item = rule.same_item ? std::optional(trigger.item) : std::nullopt;
  if (auto const* before = memories_[planned.memory].in_reach(trigger, counts_, rule.reach, item)) {
    track.waiting.pop_back();
    return meet(opened, trigger.at_ms, *before);
  }
  if (planned.void_memory != no_memory) {
    running_[opened].excused = memories_[planned.void_memory].in_reach(trigger, counts_, rule.reach, {}) != nullptr;
  }
  if (std::ranges::find(in_reach_, number) == in_reach_.end()) in_reach_.push_back(number);
}

/// T of each-first: decided at once, by what was before.
void Obligations::check(PatternNumber number, Occurrence const& trigger) {
  Track& track = tracks_[number];
  PlannedPattern const& planned = plan_->patterns()[number];
  Pattern const& rule = *planned.pattern;
  if (!track.active() || (rule.first_only && track.first_taken)) return;
  track.first_taken = true;
  ObligationNumber const opened = open(number, start_at(trigger));
  if (opened == none) return;
  auto const item = rule.same_item ? std::optional(trigger.item) : std::nullopt;
  if (auto const* before = memories_[planned.memory].in_time(trigger, counts_, rule.bound, item)) {
    return meet(opened, trigger.at_ms, *before);
  }
  if (planned.void_memory != no_memory) {
    running_[opened].excused = memories_[planned.void_memory].in_time(trigger, counts_, rule.bound, {}) != nullptr;
  }
  lapse(opened, trigger.at_ms);
}

void Obligations::answer(PatternNumber number, Occurrence const& firing) {
  Track& track = tracks_[number];
  switch (pattern(number).kind) {
    case PatternKind::must:
      if (track.obligation != none && is_open(track.obligation)) meet(track.obligation, firing.at_ms, firing);
      answer_all(track.outliving, number, firing);
      return;
    case PatternKind::never:
    case PatternKind::at_most:
      breach(number, firing);
      return;
    case PatternKind::within:
      sample(number, firing);
      return;
    case PatternKind::each_then:
      answer_all(track.waiting, number, firing);
      answer_all(track.outliving, number, firing);
      return;
    case PatternKind::each_with:
      if (!track.active()) return;
      answer_all(track.waiting, number, firing);
      memories_[plan_->patterns()[number].memory].remember(firing, counts_, pattern(number).same_item);
      return;
    case PatternKind::each_first:
      break;  // looks back from T, never forward
  }
  RAPPORT_ASSERT(false);
}

/// Everything that waits for S and may be answered by it is.
void Obligations::answer_all(std::vector<ObligationNumber>& waiting_for, PatternNumber number,
                             Occurrence const& firing) {
  if (waiting_for.empty()) return;
  Pattern const& rule = pattern(number);
  std::erase_if(waiting_for, [&](ObligationNumber waiting) {
    if (!is_open(waiting)) return true;
    Running const& running = running_[waiting];
    if (rule.same_item && rule.kind != PatternKind::must && running.firing.item != firing.item) return false;
    if (rule.kind == PatternKind::each_with &&
        !same_reach(rule.reach, running.firing, running.turn, firing, counts_.turn)) {
      return false;
    }
    meet(waiting, firing.at_ms, firing);
    return true;
  });
}

/// S of never and at most. However often: one occasion, every S is evidence.
void Obligations::breach(PatternNumber number, Occurrence const& firing) {
  Track const& track = tracks_[number];
  if (!track.active() || track.obligation == none) return;
  ObligationNumber const obligation = track.obligation;
  Occasion& occasion = occasions_[obligation];
  if (occasion.state != OccasionState::open && occasion.state != OccasionState::missed) return;
  add_evidence(obligation, firing);
  if (occasion.state == OccasionState::missed) {
    if (pattern(number).kind != PatternKind::never) return;
    // As sure as the surest breach, and no surer than that the scope opened.
    occasion.confidence = std::max(occasion.confidence, std::min(running_[obligation].firing.confidence, firing.confidence));
    return cue(obligation, firing.at_ms);
  }
  occasion.confidence = std::min(occasion.confidence, firing.confidence);
  std::int32_t const allowed = pattern(number).kind == PatternKind::at_most ? pattern(number).count : 0;
  if (occasion.times <= allowed) return;
  Running& running = running_[obligation];
  running.lapsed = true;
  bool const excused = track.voided >= running.opened;
  settle(obligation, excused ? OccasionState::voided : OccasionState::missed, firing.at_ms);
  if (!excused) cue(obligation, firing.at_ms);
}

/// A reading of the measure: the first opens the occasion, the last decides it.
void Obligations::sample(PatternNumber number, Occurrence const& firing) {
  Track& track = tracks_[number];
  if (!track.active()) return;
  if (track.obligation == none) {
    Start start{track.place, firing.at_ms, firing.at_ms, counts_, nullptr};
    track.obligation = open(number, start);
    if (track.obligation == none) return;
    set_cue(track.obligation, start);
  }
  if (!is_open(track.obligation)) return;
  Occasion& occasion = occasions_[track.obligation];
  running_[track.obligation].firing = firing;
  occasion.confidence = firing.confidence;
  ++occasion.times;
  Pattern const& rule = pattern(number);
  if (firing.value < rule.low || firing.value > rule.high) cue(track.obligation, firing.at_ms);
}

void Obligations::judge_band(ObligationNumber number, Millis at_ms) {
  Pattern const& rule = pattern_of(number);
  Occurrence const& last = running_[number].firing;
  occasions_[number].evidence.push_back(evidence_of(last));
  occasions_[number].measured = last.value;
  if (last.value >= rule.low && last.value <= rule.high) return settle(number, OccasionState::met, at_ms);
  lapse(number, at_ms);
}

/// The sentence, event or turn is over in which T waited for S: a turn's end also ends what is
/// within it.
void Obligations::end_reach(Reach widest, Millis at_ms) {
  std::erase_if(in_reach_, [&](PatternNumber number) {
    bool const turn = pattern(number).reach == Reach::turn;
    if (turn && widest != Reach::turn) return false;
    for (ObligationNumber const waiting : tracks_[number].waiting) {
      if (is_open(waiting)) lapse(waiting, turn ? at_ms : occasions_[waiting].opened_ms);
    }
    tracks_[number].waiting.clear();
    return true;
  });
}

void Obligations::meet(ObligationNumber number, Millis at_ms, Occurrence const& by) {
  add_evidence(number, by);
  occasions_[number].confidence = std::min(occasions_[number].confidence, by.confidence);
  settle(number, OccasionState::met, at_ms);
}

/// S was not there in time (or the measure is out of its band): a miss, unless it is void, or
/// words that may have held S could not be read.
void Obligations::lapse(ObligationNumber number, Millis at_ms) {
  Running& running = running_[number];
  Pattern const& rule = pattern_of(number);
  Track const& track = tracks_[running.pattern];
  running.lapsed = true;
  if (running.excused || track.voided >= running.opened) return settle(number, OccasionState::voided, at_ms);
  Place const since = rule.kind == PatternKind::each_first ? track.place : running.opened;
  running.unreadable = rule.kind != PatternKind::within &&
                       legibility_.unreadable_since(plan_->facts(), rule.signal, since.event);
  settle(number, running.unreadable ? OccasionState::unassessed : OccasionState::missed, at_ms);
  bool const told_too_late = rule.kind == PatternKind::each_first || rule.kind == PatternKind::each_with;
  if (told_too_late && !running.unreadable) cue(number, at_ms);
}

void Obligations::settle(ObligationNumber number, OccasionState state, Millis at_ms) {
  Occasion& occasion = occasions_[number];
  RAPPORT_ASSERT(occasion.state == OccasionState::open);
  occasion.state = state;
  occasion.decided_ms = at_ms;
  if (state == OccasionState::unassessed) occasion.why = Why::words_unreadable;
  --open_count_;
  switch (state) {
    case OccasionState::met:
      return change(Change::Kind::met, number, at_ms);
    case OccasionState::missed:
      return change(Change::Kind::missed, number, at_ms);
    case OccasionState::voided:
      return change(Change::Kind::voided, number, at_ms);
    case OccasionState::unassessed:
      return change(Change::Kind::unassessed, number, at_ms);
    case OccasionState::open:
      break;
  }
  RAPPORT_ASSERT(false);
}

void Obligations::add_evidence(ObligationNumber number, Occurrence const& firing) {
  Occasion& occasion = occasions_[number];
  ++occasion.times;
  if (occasion.evidence.size() < limits::evidence_per_practice_max) occasion.evidence.push_back(evidence_of(firing));
}

void Obligations::cue(ObligationNumber number, Millis at_ms) {
  Running& running = running_[number];
  PlannedPattern const& planned = plan_->patterns()[running.pattern];
  if (!watched_ || running.cued || !planned.owner->cue) return;
  // Nobody is reminded of what could not be seen done.
  auto const& observed = background_.head().observed;
  if (observed && !observed->contains(plan_->facts().needs(planned.pattern->signal))) return;
  // Nor of what is too faint to judge by.
  if (occasions_[number].confidence < planned.owner->sure) return;
  running.cued = true;
  change(Change::Kind::cue, number, at_ms);
}

/// What only the end tells voids misses decided before it.
void Obligations::void_at_end(std::span<Occurrence const> last) {
  std::vector<bool> hit(tracks_.size(), false);
  bool any = false;
  for (Occurrence const& firing : last) {
    for (PatternNumber const number : plan_->users(firing.signal, Use::voids)) hit[number] = any = true;
  }
  if (!any) return;
  for (ObligationNumber number = 0; number < occasions_.size(); ++number) {
    Occasion& occasion = occasions_[number];
    Running const& running = running_[number];
    if (!hit[running.pattern] || !running.lapsed || occasion.state == OccasionState::voided) continue;
    occasion.state = OccasionState::voided;
    occasion.why = Why::none;
    change(Change::Kind::voided, number, occasion.decided_ms);
  }
}

std::vector<Change> Obligations::drain_changes() { return std::exchange(changes_, {}); }

void Obligations::change(Change::Kind kind, ObligationNumber number, Millis at_ms) {
  if (watched_) changes_.push_back({kind, number, occasions_[number].practice, at_ms});
}

}  // namespace rapport::evaluation
