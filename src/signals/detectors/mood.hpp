#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of the customer's mood from words. They read the word classes `negative`,
/// `very-negative`, `positive`, `very-positive`, `intensifier` and `negation` of the playbook.
namespace rapport::signals {

/// `sentiment {sign: negative|positive, level: strong|any}`: an utterance whose score passes 1 000
/// (any) or 2 000 (strong) on that side. A word counts 1 000, a very-word 2 000; an intensifier
/// within the two words before adds half of it; a negation within the three words before turns a
/// positive word negative and takes a negative word out. An exclamation mark adds 300 to the side
/// that leads, capitals throughout 500. Value: the score, thousandths, the sign its own.
base::Result<std::unique_ptr<Detector>> make_sentiment(Parameters const& parameters, Vocabulary const& vocabulary);

/// `calmer`: after an utterance of the customer that scores −2 000 or less, a later one scores above
/// 0 (or thanks: a positive word). Fires at each such.
base::Result<std::unique_ptr<Detector>> make_calmer(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
