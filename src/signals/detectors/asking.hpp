#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of questions.
namespace rapport::signals {

/// `question {kind: any|open|closed|value|choice}`: a clause that asks, of that kind.
base::Result<std::unique_ptr<Detector>> make_question(Parameters const& parameters, Vocabulary const& vocabulary);

/// `problem_question`: the agent asks about the matter: a question that neither proves identity nor
/// asks for a name or contact datum, and is no pleasantry, offer of help or further help, request to
/// wait, or asking what the customer thinks of a proposal.
base::Result<std::unique_ptr<Detector>> make_problem_question(Parameters const& parameters,
                                                              Vocabulary const& vocabulary);

/// `asks_known`: the agent asks for a data item whose value the customer gave on an earlier turn (in
/// answer to the agent, or unasked), or that the record holds, proofs of identity excepted: those
/// only if they were given in this conversation. Asking to repeat what was not heard, and reading a
/// value back, are none. item: the data item.
base::Result<std::unique_ptr<Detector>> make_asks_known(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
