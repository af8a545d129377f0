#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"

namespace rapport::routing {

/// One moment for each of many numbered things, the earliest first: a heap that knows where each
/// number lies, so that a moment can be changed or taken back. Ties go by `high`, then `low` (an id).
class Alarms {
 public:
  struct Alarm {
    base::Instant when;
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::uint32_t number = 0;
  };

  bool empty() const { return heap_.empty(); }
  /// REQUIRES: not empty.
  Alarm const& first() const { return heap_.front(); }
  /// Sets or changes the moment of `alarm.number`.
  void set(Alarm const& alarm);
  /// Takes a number's moment back, if it has one.
  void clear(std::uint32_t number);

 private:
  static constexpr std::uint32_t nowhere = 0xFFFF'FFFF;
  static bool before(Alarm const& left, Alarm const& right);
  void put(std::size_t at, Alarm const& alarm);
  void rise(std::size_t at, Alarm const& alarm);
  void sink(std::size_t at, Alarm const& alarm);

  std::vector<Alarm> heap_;
  std::vector<std::uint32_t> place_;   ///< by number
};

}  // namespace rapport::routing
