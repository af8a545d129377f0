#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "signals/occurrence.hpp"

namespace rapport::signals {

/// In which order the signals of one event are decided: each after those it depends on, and those
/// with a detector as late as that allows, so that a detector sees what phrases and events fired.
struct SignalOrder {
  std::vector<SignalId> order;
  /// Signals that depend on themselves by way of others, one cycle each: a, b, …, a again implied.
  std::vector<std::vector<SignalId>> cycles;
};

/// `depends_on` and `has_detector` are by signal. Ties go by the signals' own order. A direct
/// dependence on itself counts as a cycle.
SignalOrder order_signals(std::span<std::vector<SignalId> const> depends_on, std::vector<bool> const& has_detector);

}  // namespace rapport::signals
