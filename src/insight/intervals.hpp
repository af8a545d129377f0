#pragma once

#include <compare>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "insight/agent_time.hpp"
#include "insight/counters.hpp"
#include "insight/leg.hpp"

namespace rapport::insight {

inline constexpr base::Millis interval_ms = 15 * base::minute;

/// The start of the interval that holds the moment; intervals begin at full quarters of an hour, UTC.
base::Instant interval_of(base::Instant at);

struct IntervalKey {
  std::string brand;
  Scope scope = Scope::brand;
  std::string id;  ///< of the queue or agent; empty for the brand
  base::Instant start;

  auto operator<=>(IntervalKey const&) const = default;
};

/// Counters by interval. Everything about a leg counts in the interval of its queue entry, were it
/// hours before its end; agents' time counts in the interval in which it passed. A value.
class IntervalBook {
 public:
  /// Books a finished leg, each once, in any order; `legs` are the interaction's in order, up to
  /// this one at least. `targets` are those of the leg's queue.
  void add(std::span<Leg const> legs, Leg const& leg, Targets const& targets);
  /// The two halves of that: its waiting, which may be booked as soon as it is over (`count_wait`), and
  /// its work.
  void add_wait(Leg const& leg, Targets const& targets);
  void add_work(std::span<Leg const> legs, Leg const& leg);
  /// Books agents' time, cut where intervals meet.
  void add(StateSpan const& span);
  /// Adds what another book, or the store, has counted.
  void add(IntervalKey const& key, Counters const& counters) { intervals_[key] += counters; }
  void add(IntervalBook const& other);

  /// The sum of the intervals that begin in [from, to).
  Counters sum(std::string_view brand, Scope scope, std::string_view id, base::Instant from, base::Instant to) const;
  std::map<IntervalKey, Counters> const& intervals() const { return intervals_; }
  /// Hands out what was counted, and is empty.
  std::map<IntervalKey, Counters> take() { return std::exchange(intervals_, {}); }

  bool operator==(IntervalBook const&) const = default;

 private:
  std::map<IntervalKey, Counters> intervals_;
};

}  // namespace rapport::insight
