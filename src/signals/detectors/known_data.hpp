#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

namespace rapport::signals {

/// `asks_known`: an agent asks for a data item (data_items.hpp) whose value the customer gave earlier
/// in this conversation, to this agent or another, or that is on record: the customer's name, known
/// facts and verified identifiers of the head or the context, a fact_known. A value on record is not
/// known where the agent verifies who the customer is ("for security", "confirm your …", together
/// with a proof of identity), and proofs of identity themselves never are.
/// None: asking to repeat or spell what was just said or not heard, reading the value back, asking
/// for another one ("a new address", "the best number"), asking for the last name after the first.
/// item: 1 + the data item's place.
base::Result<std::unique_ptr<Detector>> make_asks_known(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
