#include "evaluation/deadlines.hpp"

#include <algorithm>
#include <functional>

namespace rapport::evaluation {

void Deadlines::push(Heap& heap, Alarm alarm) {
  heap.push_back(alarm);
  std::push_heap(heap.begin(), heap.end(), std::greater<>{});
}

std::optional<Deadlines::Alarm> Deadlines::take(Heap& heap, std::int64_t until) {
  if (heap.empty() || heap.front().when > until) return std::nullopt;
  std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
  Alarm const alarm = heap.back();
  heap.pop_back();
  return alarm;
}

}  // namespace rapport::evaluation
