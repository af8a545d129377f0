#pragma once

#include <string_view>

#include "signals/word_table.hpp"
#include "signals/words.hpp"

namespace rapport::signals {

/// Cuts texts into words and sentences, in one pass. Borrows the vocabulary, holds nothing else:
/// any number of threads may use one.
///
/// **Words** are runs of letters and digits of any script, lower-cased. Contractions are spelt out
/// ("I'm" and "im" are i, am; "don't" and "dont" are do, not), spoken short forms too ("gonna" is
/// going, to), British and American spellings made one. A possessive loses its ending ("John's" is john), while "it's", "that's", "name's" and the like hold an "is".
/// Hyphens separate ("follow-up" is follow, up) except after a single letter ("e-mail" is email).
/// "%" is percent and "&" is and.
/// **Numbers** keep their points, colons and slashes and lose their thousands' commas ("1,250.50"
/// is 1250.50, "10:30", "24/7"); a unit at their end is a word of its own ("3pm" is 3, pm).
/// **E-mail addresses, URLs and hosts** are one word each. Dotted letters are one ("e.g." is eg).
/// Noise marks ("[noise]", "<unk>") are no words.
/// **Sentences** end at . ! ? ; … and line ends, not within the above nor after "Mr.". Beyond
/// 65 535 sentences the rest of a text belongs to the last one.
///
/// Tokens that were spelt out of one share its range. Bytes that are no UTF-8 separate words.
class Tokeniser {
 public:
  explicit Tokeniser(WordTable const& table) : table_(&table) {}

  /// Fills `words` from `text`, which must outlive it. REQUIRES: text has fewer than 2^32 bytes.
  void tokenise(std::string_view text, Words& words) const;

 private:
  WordTable const* table_;
};

/// The same, and takes every word that is new into the vocabulary. For compiling phrases.
void tokenise_and_learn(std::string_view text, Words& words, WordTable& table);

/// Whether the token begins with a digit in its text: a number, a date, a time.
inline bool begins_with_digit(Token const& token, std::string_view text) {
  return token.begin < text.size() && text[token.begin] >= '0' && text[token.begin] <= '9';
}

}  // namespace rapport::signals
