#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signals/word_table.hpp"

/// The words that every vocabulary knows: those the tokeniser spells in another way, and those by
/// which numbers, abbreviations and questions are told. English; words of other languages pass
/// through untouched unless they are spelt like one of the respellings, and then the same way in
/// phrases and in texts, so that they still meet.
namespace rapport::signals {

/// Words (separated by single spaces) that share a flag.
struct FlaggedWords {
  WordFlag flag;
  std::string_view words;
};
std::span<FlaggedWords const> flagged_words();

/// A lower-case spelling and the words it stands for: "don't" → "do not".
struct Respelling {
  std::string spelling;
  std::string words;
};
/// Contractions with and without apostrophe, spoken short forms ("gonna"), and British and American
/// spellings. Left alone, because they are words of their own: ill, well, were, wed, hell, shell,
/// shed, id, its, lets, cheque, mum; and the shorthand of chats ("u", "pls"), so that phrases can
/// tell it.
std::vector<Respelling> respellings();

/// "-ize" spelt "-ise" ("apologized" → "apologised"), also of a stem ("apologiz"). False where the
/// word has no such ending or is no such verb ("size").
bool respell_ize(std::string& word);

}  // namespace rapport::signals
