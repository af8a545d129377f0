#include "signals/signal_order.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace rapport::signals {
namespace {

/// One cycle among signals that are not decided: follow dependencies until one comes again.
std::vector<SignalId> cycle_from(SignalId start, std::span<std::vector<SignalId> const> depends_on, std::vector<bool> const& decided) {
  std::vector<SignalId> path{start};
  for (;;) {
    auto const& next = depends_on[path.back()];
    auto const undecided = std::ranges::find_if(next, [&](SignalId signal) { return !decided[signal]; });
    auto const before = std::ranges::find(path, *undecided);
    if (before != path.end()) return {before, path.end()};
    path.push_back(*undecided);
  }
}

}  // namespace

SignalOrder order_signals(std::span<std::vector<SignalId> const> depends_on, std::vector<bool> const& has_detector) {
  std::size_t const count = depends_on.size();
  std::vector<std::vector<SignalId>> dependents(count);
  std::vector<std::size_t> waiting_for(count);
  for (std::size_t signal = 0; signal < count; ++signal) {
    waiting_for[signal] = depends_on[signal].size();
    for (SignalId const other : depends_on[signal]) dependents[other].push_back(static_cast<SignalId>(signal));
  }
  using Entry = std::pair<bool, SignalId>;  // detectors last, then by number
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> ready;
  for (std::size_t signal = 0; signal < count; ++signal) {
    if (waiting_for[signal] == 0) ready.push({has_detector[signal], static_cast<SignalId>(signal)});
  }
  SignalOrder result;
  std::vector<bool> decided(count);
  while (!ready.empty()) {
    SignalId const signal = ready.top().second;
    ready.pop();
    decided[signal] = true;
    result.order.push_back(signal);
    for (SignalId const other : dependents[signal]) {
      if (--waiting_for[other] == 0) ready.push({has_detector[other], other});
    }
  }
  std::vector<bool> told(count);
  for (std::size_t signal = 0; signal < count; ++signal) {
    if (decided[signal] || told[signal]) continue;
    std::vector<SignalId> cycle = cycle_from(static_cast<SignalId>(signal), depends_on, decided);
    bool const again = told[cycle.front()];
    for (SignalId const member : cycle) told[member] = true;
    if (!again) result.cycles.push_back(std::move(cycle));
  }
  return result;
}

}  // namespace rapport::signals
