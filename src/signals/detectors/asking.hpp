#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of questions.
namespace rapport::signals {

/// `question {kind: any|open|closed|value|choice}`: a clause that asks, of that kind.
base::Result<std::unique_ptr<Detector>> make_question(Parameters const& parameters, Vocabulary const& vocabulary);

/// `problem_question {problem: SIGNAL}`: an agent asks about the matter: once the customer has said
/// what it is about (the signal fired, or four content words), a question that is no pleasantry, no
/// offer of help or of anything else, no request to wait or to speak, no proposal ("would you like me
/// to"), does not ask what the customer thinks of one ("does that work") or whether something was
/// understood, and asks for no datum by which people and records are found (name, number, address …).
base::Result<std::unique_ptr<Detector>> make_problem_question(Parameters const& parameters,
                                                              Vocabulary const& vocabulary);

}  // namespace rapport::signals
