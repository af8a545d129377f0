#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of how a conversation ends.
namespace rapport::signals {

/// `vanished {goodbye: SIGNAL}`: fires (by customer) at the end if the last turn is the customer's
/// and holds no goodbye (the signal): the customer left, and no agent turn follows.
base::Result<std::unique_ptr<Detector>> make_vanished(Parameters const& parameters, Vocabulary const& vocabulary);

/// `ends_on {signal: SIGNAL}`: fires (by customer) at the end if the customer's last turn held the signal.
base::Result<std::unique_ptr<Detector>> make_ends_on(Parameters const& parameters, Vocabulary const& vocabulary);

/// `wrap_up_late {after: 120 s}`: fires (by agent) when no disposition was captured within `after`
/// of the event `ended`; where none tells when a call ended, at the timeline's end if the disposition
/// came that much later than the last words or hold.
base::Result<std::unique_ptr<Detector>> make_wrap_up_late(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
