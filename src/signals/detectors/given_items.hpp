#pragma once

#include "signals/detector.hpp"
#include "signals/detectors/data_items.hpp"

namespace rapport::signals::detectors {

/// The data items whose value the customer's words of this event give: unasked ("order 40917", "my
/// name is …", an e-mail address, "I live at …"), or in answer to what the agent asked for, unless
/// the customer says that they have it not or asks for a moment.
DataItems given_items(Moment const& moment, DataItems asked);

}  // namespace rapport::signals::detectors
