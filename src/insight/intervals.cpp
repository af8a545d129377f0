#include "insight/intervals.hpp"

#include <algorithm>

namespace rapport::insight {

base::Instant interval_of(base::Instant at) {
  base::Millis const into = (at.since_epoch % interval_ms + interval_ms) % interval_ms;
  return {at.since_epoch - into};
}

void IntervalBook::add(std::span<Leg const> legs, Leg const& leg, Targets const& targets) {
  base::Instant const start = interval_of(leg.entered_at);
  auto const book = [&](Scope scope, std::string const& id) {
    Counters& counters = intervals_[{leg.brand, scope, id, start}];
    count_wait(counters, leg, targets);
    count_work(counters, legs, leg, scope);
    return &counters;
  };
  Counters& brand = *book(Scope::brand, {});
  // A consultation is no contact of the queue in which it waited.
  Counters* const queue = leg.queue.empty() || leg.consult ? nullptr : book(Scope::queue, leg.queue);
  if (!leg.agent.empty()) book(Scope::agent, leg.agent);
  for (MissedOffer const& missed : leg.missed_offers) {
    Counters& agent = intervals_[{leg.brand, Scope::agent, missed.agent, start}];
    ++agent.missed_offers;
    ++brand.missed_offers;
    if (queue != nullptr) ++queue->missed_offers;
  }
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
