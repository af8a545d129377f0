#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors that compare the agent's words with what the customer said or is known of them. Words
/// are compared by stem; stop words do not count.
namespace rapport::signals {

/// `refers_back {shared: 2}`: a sentence of the agent shares at least so many different content words
/// with what the customer has said.
base::Result<std::unique_ptr<Detector>> make_refers_back(Parameters const& parameters, Vocabulary const& vocabulary);

/// `paraphrase {shared: 3}`: the agent says the customer's matter back: a sentence that shares content
/// words with what the customer said: two of them after an opener of saying back ("so", "if I
/// understand", "it sounds like", "just to be sure I have it"), else `shared`, in a sentence that asks
/// or speaks to "you".
base::Result<std::unique_ptr<Detector>> make_paraphrase(Parameters const& parameters, Vocabulary const& vocabulary);

/// `mentions_known`: the agent uses the customer's name where it was known beforehand, or a word of a
/// known fact's value that the customer has not said.
base::Result<std::unique_ptr<Detector>> make_mentions_known(Parameters const& parameters,
                                                            Vocabulary const& vocabulary);

/// `mentions_history`: the agent says two content words of an earlier contact's summary that the
/// customer has not said before.
base::Result<std::unique_ptr<Detector>> make_mentions_history(Parameters const& parameters,
                                                              Vocabulary const& vocabulary);

}  // namespace rapport::signals
