#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace rapport::signals {

/// A word of the vocabulary (a playbook's words); `unknown_word` for all others.
using WordId = std::uint32_t;
inline constexpr WordId unknown_word = 0;

/// One word after normalisation: lower case, contractions spelt out ("I'm" → i, am; "dont" → do,
/// not; "gonna" → going, to), British and American spellings made one, recogniser's noise marks
/// ("[noise]", "<unk>") left out.
struct Token {
  std::uint64_t hash = 0;  ///< of the normalised spelling: equality between unknown words
  WordId word = unknown_word;
  std::uint32_t begin = 0;  ///< bytes of the original text
  std::uint32_t end = 0;
  std::uint16_t sentence = 0;  ///< index into Words::sentences
};

/// A run of tokens up to . ! ? ; or a line's end (an utterance without punctuation is one).
struct Sentence {
  std::uint32_t first_token = 0;
  std::uint32_t token_count = 0;
  bool asks = false;  ///< ends in "?" or, without any punctuation, is built as a question
};

/// The words of one event, tokenised once. Reused from event to event to save allocations.
struct Words {
  std::string_view text;  ///< borrowed from the event
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
};

}  // namespace rapport::signals
