#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of promises and the times that go with them.
namespace rapport::signals {

/// `time_frame`: any stated time by or in which something is to be (time_frames.hpp), by whoever
/// says it. due_ms: when it has run out, in the interaction's time zone; none where a day is named and
/// the interaction has no date. A date that has passed is no frame.
base::Result<std::unique_ptr<Detector>> make_time_frame(Parameters const& parameters, Vocabulary const& vocabulary);

/// `promise`: an agent commits to a future act (commitments.hpp). due_ms: from the time frame of the
/// same sentence, or the only one of the utterance. item: the verb.
base::Result<std::unique_ptr<Detector>> make_promise(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
