#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

namespace rapport::signals {

/// `same_phrase {signal: SIGNAL, times: 3}`: the signal fired the given number of times in a row with
/// the same words (after normalisation), with no firing of other words between; fires again after as
/// many more. Firings without words of their own do not count.
base::Result<std::unique_ptr<Detector>> make_same_phrase(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
