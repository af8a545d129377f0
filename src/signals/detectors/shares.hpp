#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Measures of how the two sides speak and of the time on hold. Values are thousandths.
namespace rapport::signals {

/// `talk_share {after: 20 s}`: voice: agent speech / (agent + customer speech), silence excluded,
/// once both together have spoken for `after` and each has spoken.
base::Result<std::unique_ptr<Detector>> make_talk_share(Parameters const& parameters, Vocabulary const& vocabulary);

/// `pace`: voice: the agent's words a minute of speaking time, once they have spoken 20 words and 5 s.
base::Result<std::unique_ptr<Detector>> make_pace(Parameters const& parameters, Vocabulary const& vocabulary);

/// `pace_distance`: voice: |agent's pace − customer's pace| in words a minute, once both have spoken
/// 20 words and 5 s.
base::Result<std::unique_ptr<Detector>> make_pace_distance(Parameters const& parameters, Vocabulary const& vocabulary);

/// `turn_words {aggregate: longest|mean}`: words in the agent's turns (voice) or messages (text);
/// backchannels are no turns.
base::Result<std::unique_ptr<Detector>> make_turn_words(Parameters const& parameters, Vocabulary const& vocabulary);

/// `hold_longest`, `hold_total`: seconds on hold, sampled from the first hold on.
base::Result<std::unique_ptr<Detector>> make_hold_longest(Parameters const& parameters, Vocabulary const& vocabulary);
base::Result<std::unique_ptr<Detector>> make_hold_total(Parameters const& parameters, Vocabulary const& vocabulary);

/// `hold_over {over: 120 s}`: fires at a hold that lasts longer than `over`, at the moment it does.
base::Result<std::unique_ptr<Detector>> make_hold_over(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
