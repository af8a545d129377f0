#pragma once

#include <cstdint>
#include <vector>

#include "signals/detectors/data_items.hpp"
#include "signals/detectors/token_view.hpp"

namespace rapport::signals::detectors {

/// A clause that asks.
struct Question {
  enum class Kind : std::uint8_t {
    open,    ///< leaves the answer free: "what happened", "tell me more"
    closed,  ///< yes or no: "is it plugged in"
    value,   ///< a datum: "what's your postcode", "when did it start", "account number please"
    choice,  ///< one of those named: "morning or afternoon?"
  };
  std::uint32_t first = 0;  ///< tokens, both inclusive
  std::uint32_t last = 0;
  Kind kind = Kind::closed;
  DataItems items;      ///< the data items it names
  bool marked = false;  ///< its sentence ends in a question mark
};

/// Finds every clause that asks, sentence by sentence, in English with or without punctuation:
/// question words and inversions where a clause begins ("okay and what is", "thank you can you"),
/// inversions that can be nothing else anywhere, requests for a datum ("give me your", "i'll need
/// your", "postcode please"), and any sentence with a question mark. Not: relative clauses ("which
/// is fine", "what i can do"), indirect speech ("let me check what is wrong"), conditions ("should
/// you need"), "so do i".
void find_questions(TokenView view, std::vector<Question>& questions);

}  // namespace rapport::signals::detectors
