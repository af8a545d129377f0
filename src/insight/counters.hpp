#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.hpp"
#include "insight/agent_time.hpp"
#include "insight/leg.hpp"

namespace rapport::insight {

/// Waits in fixed buckets, so that distributions of any intervals add up. A bucket holds the waits up
/// to its bound, the bound included, that are over the one before.
class WaitHistogram {
 public:
  static constexpr std::size_t bucket_count = 94;
  /// The bound of a bucket: steps of 5 s to a minute, 15 s to five, 1 min to half an hour, 5 min to two
  /// hours, an hour to a day; the last bucket has none.
  static std::optional<base::Millis> bound(std::size_t bucket);

  void add(base::Millis wait_ms);
  std::int64_t count() const;
  std::int64_t in_bucket(std::size_t bucket) const { return buckets_[bucket]; }
  /// Puts back what was stored. REQUIRES: bucket < bucket_count.
  void set(std::size_t bucket, std::int64_t count) { buckets_[bucket] = count; }
  /// The bound that at least this share (thousandths) of the waits kept, nothing without waits or
  /// beyond a day. The true value is at most one step below.
  std::optional<base::Millis> percentile(std::int32_t share) const;

  WaitHistogram& operator+=(WaitHistogram const& other);
  bool operator==(WaitHistogram const&) const = default;

 private:
  std::array<std::int64_t, bucket_count> buckets_{};
};

/// The limits that decide how a wait counts, by queue.
struct Targets {
  base::Millis answer_ms = 20 * base::second;        ///< T of the service level
  base::Millis short_abandon_ms = 5 * base::second;  ///< an abandoned wait up to this is a short one

  bool operator==(Targets const&) const = default;
};

/// What is counted of one brand, queue or agent in one interval. Additive: counters of intervals,
/// queues or machines may be added in any order.
struct Counters {
  std::int64_t offered = 0;  ///< legs that waited; answered + abandoned + passed_on
  std::int64_t answered = 0;
  std::int64_t answered_in_time = 0;
  std::int64_t abandoned_short = 0;
  std::int64_t abandoned_long = 0;
  std::int64_t abandoned_in_time = 0;  ///< within T, short or long
  std::int64_t passed_on = 0;          ///< waited, and left neither answered nor abandoned (overflow, failure)
  std::int64_t missed_offers = 0;
  std::int64_t wait_ms = 0;      ///< of answered legs
  std::int64_t handled = 0;      ///< contacts with an answered leg here
  std::int64_t transferred = 0;  ///< of these, contacts transferred away from here at least once
  std::int64_t placed = 0;       ///< contacts that an agent began
  std::int64_t talk_ms = 0;
  std::int64_t hold_ms = 0;
  std::int64_t wrap_up_ms = 0;
  std::int64_t consults = 0;    ///< answered legs between agents; in no other number
  std::int64_t consult_ms = 0;  ///< their talk and hold
  std::int64_t wait_max_ms = 0;
  WaitHistogram waits;  ///< of answered legs
  StateTimes states;    ///< agents' time

  std::int64_t abandoned() const { return abandoned_short + abandoned_long; }

  Counters& operator+=(Counters const& other);
  bool operator==(Counters const&) const = default;
};

/// The counters as a row of numbers, the way they are kept: of the first `row_maxima` the greater one
/// stands, the others add up. Zeros at the end are left out. The places never change: kept rows rest on it.
inline constexpr std::size_t row_maxima = 1;
std::vector<std::int64_t> row_of(Counters const& counters);
/// What `row_of` gave; places beyond are not read.
Counters counters_of(std::span<std::int64_t const> row);

/// What counters are about.
enum class Scope : std::uint8_t { brand,
                                  queue,
                                  agent };

/// Counts how the waiting of a leg ended. The leg may still be running if it is answered. A leg in
/// which nobody waited, or that is a consultation, counts nothing.
void count_wait(Counters& counters, Leg const& leg, Targets const& targets);

/// Counts the work of a finished leg. `legs` are the interaction's in order up to this one at least:
/// a contact that comes by the same scope again is handled, and transferred, once.
void count_work(Counters& counters, std::span<Leg const> legs, Leg const& leg, Scope scope);

}  // namespace rapport::insight
