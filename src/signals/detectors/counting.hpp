#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors that only count: firings, seconds, and the end itself.
namespace rapport::signals {

/// `nth {of: SIGNAL, n: 3}`: fires with the n-th firing of the signal, once. Errors: no such
/// signal, n below 1.
base::Result<std::unique_ptr<Detector>> make_nth(Parameters const& parameters, Vocabulary const& vocabulary);

/// `at_once {of: SIGNAL, n: 4, gap: 2 s}`: the signal fires n times in one breath: by one speaker, with no pause of
/// `gap` and no turn of the other between the first and the last. Fires at the n-th, once a breath. In text a message
/// is a breath. Errors: no such signal, n below 1.
base::Result<std::unique_ptr<Detector>> make_at_once(Parameters const& parameters, Vocabulary const& vocabulary);

/// `adds_up {of: SIGNAL, to: 1000}`: fires once, in the event in which the confidences of the signal's
/// firings reach `to` thousandths in sum; of each event the surest firing counts. Weak signs that
/// prove nothing one by one prove something together. Carries that sum, at most 1,000, as its
/// confidence. Errors: no such signal, `to` below 1.
base::Result<std::unique_ptr<Detector>> make_adds_up(Parameters const& parameters, Vocabulary const& vocabulary);

/// `elapsed {since: SIGNAL, after: 10 s}`: fires once, so long after the signal's first firing, if the
/// timeline reaches that moment. Errors: no such signal.
base::Result<std::unique_ptr<Detector>> make_elapsed(Parameters const& parameters, Vocabulary const& vocabulary);

/// `speech_block {each: 120 s}`: fires (by customer) each time the customer's speech, summed over
/// the conversation, has filled another whole block; at the event that fills it. item: the block's number.
base::Result<std::unique_ptr<Detector>> make_speech_block(Parameters const& parameters, Vocabulary const& vocabulary);

/// `ends {after: SIGNAL}`: fires (by agent) once at the end of the timeline; with `after` only if that
/// signal has fired. Behind all else that fires then: what is asked of the end finds it before.
base::Result<std::unique_ptr<Detector>> make_ends(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
