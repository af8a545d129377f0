#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors that compare an agent's words with the customer's. Words are compared by stem
/// (stems.hpp); function words, courtesies and the small change of such talk do not count.
namespace rapport::signals {

/// `refers_back {to: SIGNAL, shared: 2}`: a sentence of the agent shares at least so many different
/// content words with what the customer said in the events where the signal fired; without `to`, with
/// all that the customer said.
base::Result<std::unique_ptr<Detector>> make_refers_back(Parameters const& parameters, Vocabulary const& vocabulary);

/// `paraphrase {problem: SIGNAL, shared: 3}`: an agent says the customer's matter back. The words it
/// is compared with are those of the events where the signal fired, or all of the customer's while it
/// has not. Enough are:
/// - one content word that is no number in a text of eight words or more that asks whether it was
///   understood ("have I that right?", "is that it?", "if I understand you");
/// - two after an opener of saying back ("it sounds like", "to make sure I have this", "so you …");
/// - `shared`, or half of the matter's content words if that is fewer (two at least), in a sentence
///   that begins with "so", speaks of "you" or "your", or is sorry about it.
/// Not: what the agent will do or the customer should ("so I'll …", "you can …", "you need to"),
/// questions for a datum, and echoed numbers alone.
base::Result<std::unique_ptr<Detector>> make_paraphrase(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
