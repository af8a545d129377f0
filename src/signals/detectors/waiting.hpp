#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of silence and waiting.
namespace rapport::signals {

/// `silence {over: 10 s}`: voice, off hold: nobody spoke for longer than `over`; from `over` after
/// the last words to the next. Known when the next words begin.
base::Result<std::unique_ptr<Detector>> make_silence(Parameters const& parameters, Vocabulary const& vocabulary);

/// `response_gap`: measure, seconds in thousandths (milliseconds): the longest that a customer
/// waited for the agent's next words: on voice from the end of the customer's last words, in text
/// from the first unanswered message. Time on hold is left out. Sampled at each answer.
base::Result<std::unique_ptr<Detector>> make_response_gap(Parameters const& parameters, Vocabulary const& vocabulary);

/// `search_long {starts: SIGNAL, looks: SIGNAL, over: 20 s}`: voice, off hold: the agent looks for something and says nothing for
/// longer than `over`; fires at that moment, again for each such silence. A search was announced (the signal) and
/// goes on until the agent says more than 14 words or the customer more than 6; or nobody announced it: the customer
/// spoke last but for a nod of the agent's, and it is the agent who ends the silence (then it is known at the agent's words, and fires as one of the
/// customer's last words). `looks` names what the customer says who looks for something: theirs is no search of the agent.
base::Result<std::unique_ptr<Detector>> make_search_long(Parameters const& parameters, Vocabulary const& vocabulary);

/// `search_told {starts: SIGNAL, over: 20 s}`: voice, off hold: an announced search (as above) has gone on for at
/// least `over`, half of it silent, and the agent spoke in between. Fires at the agent's words after that time.
base::Result<std::unique_ptr<Detector>> make_search_told(Parameters const& parameters, Vocabulary const& vocabulary);

/// `instruction_pause {after: SIGNAL, gap: 2 s}`: after the agent's instruction (the signal) the
/// customer takes a turn, or the agent pauses for at least `gap` before going on. Fires (by agent)
/// once for all instructions waiting.
base::Result<std::unique_ptr<Detector>> make_instruction_pause(Parameters const& parameters,
                                                               Vocabulary const& vocabulary);

}  // namespace rapport::signals
