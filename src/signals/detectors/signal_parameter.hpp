#pragma once

#include <algorithm>
#include <string_view>

#include "base/result.hpp"
#include "signals/detector.hpp"

namespace rapport::signals::detectors {

/// The signal that a parameter names. Errors: no such parameter, no such signal.
base::Result<SignalId> signal_parameter(Parameters const& parameters, Vocabulary const& vocabulary, std::string_view name);

/// The same where the parameter may be left out: `no_signal` then.
base::Result<SignalId> optional_signal(Parameters const& parameters, Vocabulary const& vocabulary, std::string_view name);

/// Whether the signal fired in this event.
inline bool fired(Moment const& moment, SignalId signal) {
  return std::ranges::any_of(moment.fired, [signal](Occurrence const& occurrence) { return occurrence.signal == signal; });
}

}  // namespace rapport::signals::detectors
