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
  place_[alarm.number] = static_cast<std::uint32_t>(at);
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

void Alarms::set(Alarm const& alarm) {
  if (alarm.number >= place_.size()) place_.resize(alarm.number + 1, nowhere);
  std::size_t at = place_[alarm.number];
  if (at == nowhere) {
    heap_.push_back(alarm);
    return rise(heap_.size() - 1, alarm);
  }
  if (before(alarm, heap_[at])) rise(at, alarm);
  else sink(at, alarm);
}

void Alarms::clear(std::uint32_t number) {
  if (number >= place_.size() || place_[number] == nowhere) return;
  std::size_t const at = place_[number];
  place_[number] = nowhere;
  Alarm const last = heap_.back();
  heap_.pop_back();
  if (at == heap_.size()) return;
  if (at > 0 && before(last, heap_[(at - 1) / children])) rise(at, last);
  else sink(at, last);
}

}  // namespace rapport::routing
