#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors over the desk's events: what an agent gave or asked leave for, and the channel.
namespace rapport::signals {

/// `remedy_within_limit`: a remedy whose amount does not exceed its own `limit`, or the context's
/// `limits/<what>` (or `limits/default`). A remedy without an amount or limit is within.
base::Result<std::unique_ptr<Detector>> make_remedy_within_limit(Parameters const& parameters,
                                                                 Vocabulary const& vocabulary);
/// `remedy_over_limit`: a remedy that exceeds it.
base::Result<std::unique_ptr<Detector>> make_remedy_over_limit(Parameters const& parameters,
                                                               Vocabulary const& vocabulary);
/// `needless_approval`: approval asked for an amount that is known not to exceed the agent's limit.
base::Result<std::unique_ptr<Detector>> make_needless_approval(Parameters const& parameters,
                                                               Vocabulary const& vocabulary);
/// `channel_match`: fires at the first event if the customer's preferred channel is known and is the
/// interaction's; names of one family ("phone", "voice", "call"; "message", "sms", "whatsapp") match.
base::Result<std::unique_ptr<Detector>> make_channel_match(Parameters const& parameters,
                                                           Vocabulary const& vocabulary);

/// `channel_mismatch`: the same where the preferred channel is another.
base::Result<std::unique_ptr<Detector>> make_channel_mismatch(Parameters const& parameters,
                                                              Vocabulary const& vocabulary);

}  // namespace rapport::signals
