#include "routing/alarms.hpp"

#include <algorithm>
#include <tuple>

namespace rapport::routing {
namespace {

/// Children of a node: a flatter heap reads fewer cache lines.
constexpr std::size_t children = 4;

}  // namespace

bool Alarms::before(Alarm const& left, Alarm const& right) {
  if (left.when != right.when) return left.when < right.when;
  return std::tie(left.high, left.low) < std::tie(right.high, right.low);
}

void Alarms::put(std::size_t at, Alarm const& alarm) {
  heap_[at] = alarm;
  places_[alarm.number] = {static_cast<std::uint32_t>(at), true, 0};
}

void Alarms::rise(std::size_t at, Alarm const& alarm) {
  while (at > 0 && before(alarm, heap_[(at - 1) / children])) {
    put(at, heap_[(at - 1) / children]);
    at = (at - 1) / children;
  }
  put(at, alarm);
}

void Alarms::sink(std::size_t at, Alarm const& alarm) {
  for (;;) {
    std::size_t const first = at * children + 1;
    if (first >= heap_.size()) break;
    std::size_t const end = std::min(first + children, heap_.size());
    std::size_t least = first;
    for (std::size_t child = first + 1; child < end; ++child) {
      if (before(heap_[child], heap_[least])) least = child;
    }
    if (!before(heap_[least], alarm)) break;
    put(at, heap_[least]);
    at = least;
  }
  put(at, alarm);
}

void Alarms::add(Alarm const& alarm) {
  std::int64_t const bucket = bucket_of(alarm);
  if (bucket <= next_) {
    heap_.push_back(alarm);
    return rise(heap_.size() - 1, alarm);
  }
  auto& alarms = later_[bucket];
  places_[alarm.number] = {static_cast<std::uint32_t>(alarms.size()), false, bucket};
  alarms.push_back(alarm);
}

void Alarms::refill() {
  if (!heap_.empty() || later_.empty()) return;
  auto const bucket = later_.extract(later_.begin());
  next_ = bucket.key();
  for (Alarm const& alarm : bucket.mapped()) add(alarm);
}

void Alarms::set(Alarm const& alarm) {
  if (alarm.number >= places_.size()) places_.resize(alarm.number + 1);
  Place const place = places_[alarm.number];
  if (place.at != nowhere && place.in_heap && bucket_of(alarm) <= next_) {
    if (before(alarm, heap_[place.at]))
      rise(place.at, alarm);
    else
      sink(place.at, alarm);
    return;
  }
  take_out(alarm.number);
  add(alarm);
  refill();
}

void Alarms::clear(std::uint32_t number) {
  take_out(number);
  refill();
}

void Alarms::take_out(std::uint32_t number) {
  if (number >= places_.size() || places_[number].at == nowhere) return;
  Place const place = places_[number];
  places_[number] = {};
  if (!place.in_heap) {
    auto const found = later_.find(place.bucket);
    auto& alarms = found->second;
    Alarm const last = alarms.back();
    alarms.pop_back();
    if (place.at < alarms.size()) {
      alarms[place.at] = last;
      places_[last.number].at = place.at;
    }
    if (alarms.empty()) later_.erase(found);
    return;
  }
  Alarm const last = heap_.back();
  heap_.pop_back();
  if (place.at == heap_.size()) return;
  if (place.at > 0 && before(last, heap_[(place.at - 1) / children]))
    rise(place.at, last);
  else
    sink(place.at, last);
}

}  // namespace rapport::routing
