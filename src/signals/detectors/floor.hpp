#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of who talks over whom. Voice only.
namespace rapport::signals {

/// `interruption {overlap: 500 ms}`: fires (by agent) at an onset that talks over the customer, who
/// holds the floor, for longer than `overlap`, and who stops before the agent does. An onset that
/// is a backchannel is none.
base::Result<std::unique_ptr<Detector>> make_interruption(Parameters const& parameters, Vocabulary const& vocabulary);

/// `first_statement {words: 4}`: fires (by customer), once, at the first utterance of more than so
/// many words beside greetings (the class `greeting`, where the playbook has it).
base::Result<std::unique_ptr<Detector>> make_first_statement(Parameters const& parameters,
                                                             Vocabulary const& vocabulary);

/// `first_statement_cut {words: 4}`: fires (by agent) at each onset, no backchannel, that falls
/// inside that utterance.
base::Result<std::unique_ptr<Detector>> make_first_statement_cut(Parameters const& parameters,
                                                                 Vocabulary const& vocabulary);

}  // namespace rapport::signals
