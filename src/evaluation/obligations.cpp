#include "evaluation/obligations.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "base/assert.hpp"

namespace rapport::evaluation {

using base::Millis;
using domain::EventKind;
using domain::Role;
using playbook::PatternKind;
using playbook::ScopeKind;
using signals::Occurrence;

namespace {

/// Events that only say what was known or come before anybody acts.
bool is_preamble(EventKind kind) {
  return kind == EventKind::context || kind == EventKind::fact_known || kind == EventKind::offered;
}

}  // namespace

Obligations::Obligations(Plan const& plan, domain::Interaction const& head, bool watched)
    : plan_(&plan),
      background_(head),
      watched_(watched),
      tracks_(plan.patterns().size()),
      memories_(plan.memories()),
      seen_(plan.facts().size(), false) {
  occasions_.reserve(plan.patterns().size());
  running_.reserve(plan.patterns().size());
}

void Obligations::take_timed(std::span<Occurrence const> occurrences) {
  for (Occurrence const& occurrence : occurrences) put_off(occurrence);
}

void Obligations::pass_time(Millis now_ms) {
  if (begun_) advance(now_ms, now_ms);
}

void Obligations::take(Entry const& entry) {
  RAPPORT_ASSERT(!finished_);
  // What earlier events brought about by now (a hold that ends as this begins) comes before it.
  auto const own = std::ranges::find_if(
      entry.occurrences, [&](Occurrence const& occurrence) { return occurrence.event >= entry.event; });
  take_timed({entry.occurrences.begin(), own});
  std::span<Occurrence const> const firings{own, entry.occurrences.end()};
  if (begun_) advance(entry.at_ms - 1, entry.at_ms);
  if (entry.told != nullptr) background_.take(*entry.told);
  if (!begun_) {
    if (is_preamble(entry.kind)) return take_timed(firings);
    begin(entry);
    advance(entry.at_ms - 1, entry.at_ms);
  }
  note_seen(firings, entry.at_ms);
  change_agent(entry);
  count(entry);
  if (entry.step.words) legibility_.note(entry.step.role, entry.language, entry.unreadable, entry.event);
  auto const ahead = std::ranges::partition_point(
      firings, [&](Occurrence const& occurrence) { return occurrence.at_ms <= entry.at_ms; });
  play({firings.begin(), ahead});
  take_timed({ahead, firings.end()});
  end_reach(signals::Reach::event, entry.at_ms);
}

void Obligations::finish(Millis end_ms, std::span<Occurrence const> last) {
  RAPPORT_ASSERT(!finished_);
  if (!begun_) {
    Entry nothing;
    nothing.at_ms = end_ms;
    nothing.occurrences = last;
    begin(nothing);
  }
  advance(end_ms - 1, std::numeric_limits<Millis>::max());
  note_seen(last, std::numeric_limits<Millis>::max());
  play(last);
  end_reach(signals::Reach::turn, end_ms);
  for (std::size_t number = 0; number < tracks_.size(); ++number) {
    close_scope(static_cast<PatternNumber>(number), end_ms, true);
    for (ObligationNumber const outliving : tracks_[number].outliving) {
      if (is_open(outliving)) close(outliving, end_ms, true);
    }
  }
  void_at_end(last);
  finished_ = true;
}

/// The first event that is more than preamble: what was known is known, so that `when` can be
/// decided. The scopes from the start open, and what fired in the preamble is played within them.
void Obligations::begin(Entry const& entry) {
  begun_ = true;
  for (PutOff const& put_off : put_off_) note_seen({&put_off.firing, 1}, entry.at_ms);
  note_seen(entry.occurrences, entry.at_ms);
  agent_for_when_ = entry.current_agent;
  Start start;
  start.opened_ms = entry.at_ms;
  start.bound_from_ms = entry.at_ms;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    auto const number = static_cast<PatternNumber>(i);
    ScopeKind const kind = pattern(number).scope.kind;
    if (kind == ScopeKind::whole || kind == ScopeKind::before) open_scope(number, start);
  }
}

/// Plays what was put off and decides deadlines, in order of time; at one instant the firings
/// first, for S exactly at the bound is in time.
void Obligations::advance(Millis deadlines_until_ms, Millis firings_until_ms) {
  counts_.speech_before_ms = counts_.speech_ms;
  for (;;) {
    bool const firing = !put_off_.empty() && put_off_.front().firing.at_ms <= firings_until_ms;
    auto const next = deadlines_.next_time();
    bool const deadline = next && *next <= deadlines_until_ms;
    if (firing && (!deadline || put_off_.front().firing.at_ms <= *next)) {
      play_put_off();
    } else if (deadline) {
      auto const alarm = deadlines_.take_time(deadlines_until_ms);
      ring(*alarm, alarm->when);
    } else {
      return;
    }
  }
}

/// The earliest place on top, and within it what was put off first.
bool Obligations::PutOff::comes_later(PutOff const& left, PutOff const& right) {
  return std::pair(place_of(left.firing), left.order) > std::pair(place_of(right.firing), right.order);
}

void Obligations::put_off(Occurrence const& firing) {
  if (!plan_->listens(firing.signal)) return;
  put_off_.push_back({firing, put_off_count_++});
  std::push_heap(put_off_.begin(), put_off_.end(), PutOff::comes_later);
}

/// Plays all firings put off to the earliest instant and event.
void Obligations::play_put_off() {
  std::vector<Occurrence> batch;
  Occurrence const first = put_off_.front().firing;
  auto const belongs = [&](Occurrence const& next) { return next.at_ms == first.at_ms && next.event == first.event; };
  while (!put_off_.empty() && belongs(put_off_.front().firing)) {
    batch.push_back(put_off_.front().firing);
    std::pop_heap(put_off_.begin(), put_off_.end(), PutOff::comes_later);
    put_off_.pop_back();
  }
  note_seen(batch, first.at_ms);
  play(batch);
  end_reach(signals::Reach::event, first.at_ms);
}

void Obligations::note_seen(std::span<Occurrence const> firings, Millis until_ms) {
  for (Occurrence const& firing : firings) {
    if (firing.at_ms <= until_ms) seen_[firing.signal] = true;
  }
}

void Obligations::play(std::span<Occurrence const> batch) {
  for (std::size_t first = 0; first < batch.size();) {
    std::size_t last = first + 1;
    while (last < batch.size() && place_of(batch[last]) == place_of(batch[first])) ++last;
    play_group(batch.subspan(first, last - first));
    first = last;
  }
}

/// The firings of one place. By use, not one after the other, so that their order in the list does
/// not matter: what is at the same place is neither before nor after.
void Obligations::play_group(std::span<Occurrence const> group) {
  unsigned uses = 0;
  for (Occurrence const& firing : group) uses |= plan_->uses(firing.signal);
  for (; uses != 0; uses &= uses - 1) {
    Use const use = static_cast<Use>(std::countr_zero(uses));
    for (Occurrence const& firing : group) {
      for (PatternNumber const number : plan_->users(firing.signal, use)) {
        switch (use) {
          case Use::voids: {
            tracks_[number].voided = place_of(firing);
            auto const slot = plan_->patterns()[number].void_memory;
            if (slot != no_memory && tracks_[number].active()) memories_[slot].remember(firing, counts_, false);
            break;
          }
          case Use::closes:
            close_scope(number, firing.at_ms, false);
            break;
          case Use::answers:
            answer(number, firing);
            break;
          case Use::checks:
            check(number, firing);
            break;
          case Use::remembers:
            if (tracks_[number].active()) {
              memories_[plan_->patterns()[number].memory].remember(firing, counts_, pattern(number).same_item);
            }
            break;
          case Use::triggers:
            trigger(number, firing);
            break;
          case Use::opens:
            opened_by(number, firing);
            break;
        }
      }
    }
  }
}

/// Another agent takes over: their predecessor's part ends before the event, theirs begins with it.
void Obligations::change_agent(Entry const& entry) {
  if (entry.current_agent == current_agent_) return;
  hand_over(entry.current_agent, entry.at_ms);
  agent_for_when_ = entry.current_agent;
  Start start;
  start.place = {entry.at_ms, entry.event, 0};
  start.opened_ms = entry.at_ms;
  start.bound_from_ms = entry.at_ms;
  start.counts = counts_;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    auto const number = static_cast<PatternNumber>(i);
    if (pattern(number).scope.kind == ScopeKind::agent_segment) open_scope(number, start);
  }
}

/// What is open goes the way its practice says; what was nobody's becomes the first agent's.
void Obligations::hand_over(domain::ParticipantIndex to, Millis at_ms) {
  bool const first = current_agent_ == domain::nobody;
  auto const pass_on = [&](ObligationNumber number, playbook::OnTransfer rule) {
    if (!is_open(number)) return;
    if (!first && rule == playbook::OnTransfer::drop) {
      settle(number, OccasionState::voided, at_ms);
    } else if (first || rule == playbook::OnTransfer::inherit) {
      occasions_[number].responsible = to;
    }
  };
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    Track& track = tracks_[i];
    auto const number = static_cast<PatternNumber>(i);
    bool const segment = pattern(number).scope.kind == ScopeKind::agent_segment;
    auto const rule = plan_->patterns()[i].owner->on_transfer;
    // Within an agent's part nothing is handed on: it ends with the part, unless it is dropped.
    if (!segment || rule == playbook::OnTransfer::drop) {
      if (track.obligation != none) pass_on(track.obligation, rule);
      for (ObligationNumber const waiting : track.waiting) pass_on(waiting, rule);
      for (ObligationNumber const outliving : track.outliving) pass_on(outliving, rule);
    }
    if (segment) close_scope(number, at_ms, true);
  }
  current_agent_ = to;
}

void Obligations::count(Entry const& entry) {
  counts_.speech_before_ms = counts_.speech_ms;
  counts_.speech_ms = entry.speech_ms;
  while (auto const alarm = deadlines_.take_speech(counts_.speech_ms)) {
    // The bound runs out while this event's speech goes on: from here it is a matter of time.
    Millis const out_ms = entry.at_ms + (alarm->when - counts_.speech_before_ms);
    if (alarm->limit == Limit::speech) running_[alarm->obligation].speech_out_ms = out_ms;
    deadlines_.at_time(out_ms, alarm->obligation, alarm->limit);
  }
  if (!entry.step.words || entry.step.backchannel) return;
  bool const agent = entry.step.role == Role::agent;
  bool const other_agent = agent && agents_turn_ && last_agent_speaker_ != entry.participant;
  if (agent) last_agent_speaker_ = entry.participant;
  if (entry.step.turn_started || other_agent) begin_turn(entry);
}

void Obligations::begin_turn(Entry const& entry) {
  end_reach(signals::Reach::turn, entry.at_ms);
  ++counts_.turn;
  agents_turn_ = entry.step.role == Role::agent;
  auto const run_out = [&](Side side, std::int32_t turn) {
    while (auto const alarm = deadlines_.take_turn(side, turn)) ring(*alarm, entry.at_ms);
  };
  if (agents_turn_) run_out(Side::agent, ++counts_.agent_turns);
  if (entry.step.role == Role::customer) run_out(Side::customer, ++counts_.customer_turns);
}

void Obligations::ring(Deadlines::Alarm alarm, Millis at_ms) {
  if (!is_open(alarm.obligation)) return;
  if (alarm.limit == Limit::cue) return cue(alarm.obligation, at_ms);
  Running& running = running_[alarm.obligation];
  running.limits &= static_cast<std::uint8_t>(~static_cast<unsigned>(alarm.limit));
  running.last_out_ms = std::max(running.last_out_ms, at_ms);
  if (running.limits == 0) lapse(alarm.obligation, running.last_out_ms);
}

}  // namespace rapport::evaluation
