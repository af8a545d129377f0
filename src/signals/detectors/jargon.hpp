#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

namespace rapport::signals {

/// `jargon`: fires (by agent) at a term of the playbook's glossary that the customer has not used
/// before and that the same utterance does not explain ("that is", "which means", or the glossary's
/// plain words). Terms are matched word for word after normalisation. item: the term.
base::Result<std::unique_ptr<Detector>> make_jargon(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
