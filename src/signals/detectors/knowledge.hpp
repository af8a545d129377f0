#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of what an agent shows to know that the customer did not tell in this conversation.
namespace rapport::signals {

/// `mentions_known`: the agent uses the customer's name where it was on record, or a fact on record (the head's or the context's known facts, earlier contacts): the
/// figures of its value (three or more, or the last four of a longer number), or of its words two, or
/// all if it has fewer and the sentence names the fact or speaks of "your". Words and figures that the
/// customer said in this conversation do not count.
base::Result<std::unique_ptr<Detector>> make_mentions_known(Parameters const& parameters, Vocabulary const& vocabulary);

/// `mentions_history`: the agent speaks of an earlier contact: "I see you called", "when you wrote to
/// us", "your last call", "the third time", or two content words of an earlier contact's summary that
/// the customer has not said.
base::Result<std::unique_ptr<Detector>> make_mentions_history(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
