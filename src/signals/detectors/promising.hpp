#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of promises and the times that go with them.
namespace rapport::signals {

/// `time_frame`: any stated time by or in which something is to be. due_ms: when it has run out.
base::Result<std::unique_ptr<Detector>> make_time_frame(Parameters const& parameters, Vocabulary const& vocabulary);

/// `promise`: the agent commits to a future act: "I, we, someone, a colleague … will (am going to)"
/// and a verb that is not of this very moment ("check", "see", "put you through"), or "you will
/// receive / hear / get". due_ms: from the first time frame of the same utterance. item: the verb.
base::Result<std::unique_ptr<Detector>> make_promise(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
