#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.hpp"
#include "insight/counters.hpp"
#include "insight/report.hpp"

namespace rapport::insight {

inline constexpr std::size_t live_minutes = 30;

/// One point of the sparkline.
struct LivePoint {
  base::Instant minute;                       ///< its start
  std::uint32_t waiting_max = 0;              ///< the most that waited at one moment of it
  std::optional<std::int32_t> service_level;  ///< of those that entered in it, as far as decided

  bool operator==(LivePoint const&) const = default;
};

struct LiveReading {
  Report report;  ///< of the legs that entered in the window
  std::uint32_t waiting = 0;
  std::array<LivePoint, live_minutes> points{};  ///< oldest first; the last is the running minute
};

/// The numbers of one queue over the running minute and the 29 before, kept as things happen, so that
/// a reading costs the same however busy the queue was. Legs count in the minute of their queue entry.
/// A value; one thread at a time. Moments come in order.
class LiveQueue {
 public:
  explicit LiveQueue(Targets targets) : targets_(targets) {}

  /// So many wait from now on.
  void waiting(base::Instant at, std::uint32_t number);
  /// A leg's waiting ended: it was answered (and runs on), or is over.
  void wait_ended(base::Instant at, Leg const& leg);
  /// A leg is finished, wrap-up included; `legs` as for count_work.
  void finished(base::Instant at, std::span<Leg const> legs, Leg const& leg);

  /// `formula` as asked; the targets are the queue's.
  LiveReading reading(base::Instant now, ServiceLevelFormula formula);

 private:
  struct Minute {
    std::int64_t number = 0;  ///< minutes since the epoch
    Counters counters;
    std::uint32_t waiting_max = 0;
  };

  /// Moves the window on; new minutes begin with those who wait.
  void move_to(base::Instant now);
  /// The minute that holds the moment, or null where it has left the window.
  Minute* minute_of(base::Instant at);

  Targets targets_;
  std::uint32_t waiting_ = 0;
  std::int64_t latest_ = 0;      ///< minute number
  std::vector<Minute> minutes_;  ///< a ring by minute number; empty until something happened
};

}  // namespace rapport::insight
