#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/time.hpp"

namespace rapport::routing {

/// One moment for each of many numbered things, the earliest first. Ties go by `high`, then `low` (an
/// id). A moment can be changed or taken back, as most are before they come: so those further ahead
/// lie unsorted in buckets of a second each, where that costs next to nothing, and only the next
/// bucket (and what is set before its end) is a heap. Both know where each number lies. One owner.
class Alarms {
 public:
  struct Alarm {
    base::Instant when;
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::uint32_t number = 0;
  };

  bool empty() const { return heap_.empty(); }  // the heap is filled again as soon as it is empty
  /// REQUIRES: not empty.
  Alarm const& first() const { return heap_.front(); }
  /// Sets or changes the moment of `alarm.number`.
  void set(Alarm const& alarm);
  /// Takes a number's moment back, if it has one.
  void clear(std::uint32_t number);

 private:
  static constexpr std::uint32_t nowhere = 0xFFFF'FFFF;
  static bool before(Alarm const& left, Alarm const& right);
  static std::int64_t bucket_of(Alarm const& alarm) { return alarm.when.since_epoch >> 10; }
  void add(Alarm const& alarm);
  void refill();
  void take_out(std::uint32_t number);
  void put(std::size_t at, Alarm const& alarm);
  void rise(std::size_t at, Alarm const& alarm);
  void sink(std::size_t at, Alarm const& alarm);

  struct Place {
    std::uint32_t at = nowhere;
    bool in_heap = false;
    std::int64_t bucket = 0;
  };

  std::vector<Alarm> heap_;  ///< all moments up to the end of bucket `next_`
  std::int64_t next_ = INT64_MIN;
  std::map<std::int64_t, std::vector<Alarm>> later_;  ///< by bucket; never an empty one
  std::vector<Place> places_;                         ///< by number
};

}  // namespace rapport::routing
