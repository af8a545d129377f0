#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals {

/// A phrase as written, read into a tree. An optional part is a choice with an empty sequence; a
/// class is the choice of its alternatives; `<any>` is a gap of exactly one word.
struct Expression {
  enum class Kind : std::uint8_t {
    word,            ///< `word`, which may be a stem
    number,          ///< one or several tokens that make a number
    gap,             ///< `low` to `high` words, whatever they are
    sequence,        ///< `parts` one after another
    choice,          ///< one of `parts`
    sentence_start,  ///< no word: nothing of the sentence before
    sentence_end,    ///< no word: nothing of the sentence after
  };
  Kind kind = Kind::sequence;
  WordId word = unknown_word;
  std::uint16_t low = 0;
  std::uint16_t high = 0;
  std::vector<Expression> parts;

  bool operator==(Expression const&) const = default;
};

/// Gives the alternatives of a word class, or says why not (no such class, none in the language).
/// The pointer is good until the next call.
using FindClass = std::function<base::Result<Expression const*>(std::string_view name)>;

/// Reads the notation of phrases (spec.hpp, docs/playbook-language.md) and takes the words into
/// the vocabulary. Words are read by the tokeniser's rules, so "i'm" and "i am" are one phrase.
/// Errors name the column, what was found there and what was expected; an error of `find_class`
/// without a message is passed on as such.
base::Result<Expression> parse_phrase(std::string_view phrase, WordTable& words, FindClass const& find_class);

}  // namespace rapport::signals
