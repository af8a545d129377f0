#include "insight/intervals.hpp"

#include <algorithm>

namespace rapport::insight {

base::Instant interval_of(base::Instant at) {
  base::Millis const into = (at.since_epoch % interval_ms + interval_ms) % interval_ms;
  return {at.since_epoch - into};
}

namespace {

/// Of whom the leg counts: the brand, its queue and its agent. A consultation is no contact of the queue
/// in which it waited.
template <typename Count>
void for_each_scope(Leg const& leg, Count&& count) {
  count(Scope::brand, std::string{});
  if (!leg.queue.empty() && !leg.consult) count(Scope::queue, leg.queue);
  if (!leg.agent.empty()) count(Scope::agent, leg.agent);
}

}  // namespace

void IntervalBook::add(std::span<Leg const> legs, Leg const& leg, Targets const& targets) {
  add_wait(leg, targets);
  add_work(legs, leg);
}

void IntervalBook::add_wait(Leg const& leg, Targets const& targets) {
  base::Instant const start = interval_of(leg.entered_at);
  auto const missed = static_cast<std::int64_t>(leg.missed_offers.size());
  if (missed == 0 && (leg.consult || !leg.waited_in_queue())) return;
  for_each_scope(leg, [&](Scope scope, std::string const& id) {
    Counters& counters = intervals_[{leg.brand, scope, id, start}];
    count_wait(counters, leg, targets);
    if (scope != Scope::agent) counters.missed_offers += missed;
  });
  for (MissedOffer const& offer : leg.missed_offers) ++intervals_[{leg.brand, Scope::agent, offer.agent, start}].missed_offers;
}

void IntervalBook::add_work(std::span<Leg const> legs, Leg const& leg) {
  if (!leg.answered()) return;
  base::Instant const start = interval_of(leg.entered_at);
  for_each_scope(leg, [&](Scope scope, std::string const& id) {
    count_work(intervals_[{leg.brand, scope, id, start}], legs, leg, scope);
  });
}

void IntervalBook::add(StateSpan const& span) {
  if (span.state == AgentState::offline) return;
  for (base::Instant from = span.from; from < span.to;) {
    base::Instant const start = interval_of(from);
    base::Instant const to = std::min(span.to, start + interval_ms);
    intervals_[{span.brand, Scope::agent, span.agent, start}].states.of(span.state) += to - from;
    intervals_[{span.brand, Scope::brand, {}, start}].states.of(span.state) += to - from;
    from = to;
  }
}

void IntervalBook::add(IntervalBook const& other) {
  for (auto const& [key, counters] : other.intervals_) intervals_[key] += counters;
}

Counters IntervalBook::sum(std::string_view brand, Scope scope, std::string_view id, base::Instant from, base::Instant to) const {
  Counters total;
  IntervalKey key{std::string{brand}, scope, std::string{id}, from};
  auto const begin = intervals_.lower_bound(key);
  key.start = std::max(from, to);
  for (auto it = begin; it != intervals_.end() && it->first < key; ++it) total += it->second;
  return total;
}

}  // namespace rapport::insight
