#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

namespace rapport::signals {

/// `model` {label, over, doubt}: fires at each sentence of which the shipped sentence model says that the
/// label holds, by the speaker whose label it is. `over`: thousandths of confidence from which it
/// does; default: the label's own threshold. A sentence longer than a window fires once, at the
/// tokens of its most confident window; every other one at all its tokens. Carries the confidence.
/// `doubt`: thousandths; phrases' firings of a sentence to which the model gives less keep a
/// confidence of at most 300; default 0, never.
/// All `model` detectors of a reader share one pass over the words (detectors::Analysis).
base::Result<std::unique_ptr<Detector>> make_model(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
