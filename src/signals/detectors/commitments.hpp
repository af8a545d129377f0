#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "signals/detectors/time_frames.hpp"
#include "signals/detectors/token_view.hpp"

namespace rapport::signals::detectors {

/// A clause by which a speaker binds their side to a future act.
struct Commitment {
  std::uint32_t first = 0;  ///< tokens, both inclusive: from who will act to the verb
  std::uint32_t last = 0;
  std::uint32_t verb = 0;
};

/// Finds commitments, sentence by sentence:
/// - "I will, we'll, I'm going to, my colleague will …" and a verb of doing something for the
///   customer ("ring", "send", "refund", "sort", "make sure"), also after a first act of the moment
///   ("I'll check and ring you back"); with a time frame, any verb;
/// - "you will receive, hear, get …", "the refund will be processed", "it'll go out";
/// - what is under way or fixed, with a time frame: "I'm sending it today", "the engineer comes on
///   Thursday";
/// - "I promise", "you have my word".
/// Not: questions; acts of this very moment ("I'll just check", "put you on hold"); hedged forecasts
/// ("should arrive", "hopefully", "I'll try"); offers ("I can", "if you like I'll"); refusals ("I
/// won't"); what the customer must do ("you will need"); figures of speech ("I'll be honest").
void find_commitments(TokenView view, std::span<TimeFrame const> frames, std::vector<Commitment>& commitments);

}  // namespace rapport::signals::detectors
