#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "signals/words.hpp"

namespace rapport::signals::model {

/// Words that a person put together because they mean alike to a contact centre ("feeling",
/// "remedy"); 0 is none. Ids belong to one model.
using GroupId = std::uint8_t;

/// A word as the features take it.
struct WordCode {
  static constexpr std::uint32_t unlisted = 0xFFFFFFFF;

  std::uint64_t word = 0;           ///< Token::hash; one for all numbers of a shape
  std::uint64_t stem = 0;           ///< of its stem (detectors::stem_of), or the same as `word`
  std::array<GroupId, 2> groups{};  ///< the first is the narrower one
  std::uint32_t number = unlisted;  ///< the list's that gave it: the words of a list are numbered from 0

  bool operator==(WordCode const& other) const { return word == other.word && stem == other.stem && groups == other.groups; }
};

/// What a model knows of words: their stems, worked out once, and their groups. Filled by the
/// trainer or from a model file, then only read, by any thread.
class WordList {
 public:
  WordList() : slots_(16) {}

  /// Takes the word in, or replaces what was known of it. REQUIRES: code.word is not 0.
  void put(WordCode const& code);
  /// What is known of the word with this hash, or null.
  WordCode const* find(std::uint64_t word) const;
  /// The token's code. A number is known by its shape; a word that is not in the list is stemmed
  /// from its spelling and takes its stem's groups, if the list has the stem as a word.
  WordCode code(Token const& token, std::string_view text) const;
  /// Codes of all tokens, parallel to them. Replaces `codes`.
  void codes(Words const& words, std::vector<WordCode>& codes) const;

  /// All words in the order of their hashes, for the model file.
  std::vector<WordCode> sorted() const;
  std::size_t size() const { return used_; }

 private:
  std::size_t slot_of(std::uint64_t word) const;
  WordCode unlisted(Token const& token, std::string_view text) const;

  std::vector<WordCode> slots_;  ///< open addressing; word 0 is a free slot
  std::size_t used_ = 0;
};

}  // namespace rapport::signals::model
