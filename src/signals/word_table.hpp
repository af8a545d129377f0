#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "signals/words.hpp"

namespace rapport::signals {

namespace hashing {
inline constexpr std::uint64_t seed = 0x27D4EB2F165667C5ULL;
/// One step over eight bytes, little-endian, zero-padded. One-to-one for a given state, so words
/// of up to eight bytes never collide.
constexpr std::uint64_t mix(std::uint64_t state, std::uint64_t chunk) {
  std::uint64_t const product = (state ^ chunk) * 0x9E3779B97F4A7C15ULL;
  return product ^ product >> 32U;
}
/// Up to eight bytes from the text's start, the first in the lowest place.
constexpr std::uint64_t chunk_of(std::string_view text) {
  std::uint64_t chunk = 0;
  for (std::size_t index = 0; index < 8 && index < text.size(); ++index) {
    chunk |= std::uint64_t{static_cast<unsigned char>(text[index])} << 8U * index;
  }
  return chunk;
}
/// The next eight bytes of a text that ends at `end`, the first in the lowest place; zero beyond it.
inline std::uint64_t chunk_at(char const* at, char const* end) {
  auto const left = static_cast<std::size_t>(end - at);
  if (left < 8 || std::endian::native == std::endian::big) return chunk_of({at, left});
  std::uint64_t chunk = 0;
  std::memcpy(&chunk, at, 8);
  return chunk;
}
/// The first `count` bytes of a chunk (1 to 8).
constexpr std::uint64_t first_bytes(std::uint64_t chunk, std::size_t count) {
  return chunk & (~std::uint64_t{0} >> (64 - 8 * count));
}
}  // namespace hashing

/// The hash of a word's normalised spelling, as in Token::hash. Constant expressions may use it, so
/// that code compares words by `token.hash == word_hash("tomorrow")`.
constexpr std::uint64_t word_hash(std::string_view normalised) {
  std::uint64_t state = hashing::seed;
  for (; !normalised.empty(); normalised.remove_prefix(normalised.size() < 8 ? normalised.size() : 8)) {
    state = hashing::mix(state, hashing::chunk_of(normalised));
  }
  return state;
}

/// What a built-in word is for the reading of numbers, sentences and questions; bits of a set.
enum class WordFlag : std::uint16_t {
  number = 1U << 0U,         ///< "seven", "hundred"
  number_inside = 1U << 1U,  ///< "oh", "point", "and": only between parts of a number
  abbreviation = 1U << 2U,   ///< "mr": its full stop ends no sentence
  filler = 1U << 3U,         ///< "okay", "so": may stand before a question
  question_word = 1U << 4U,  ///< "what", "how"
  auxiliary = 1U << 5U,      ///< "can", "is": asks where its subject follows
  pronoun = 1U << 6U,        ///< a subject by itself: "you"
  determiner = 1U << 7U,     ///< begins a subject: "your", "the"
  asks_anywhere = 1U << 8U,  ///< an auxiliary that, inverted, asks even in mid-utterance: "can"
  measure = 1U << 9U,        ///< after "how": "much", "long"
};

/// The vocabulary: spelling to id, the words that are spelt in another way, and stems. Filled while
/// a lexicon is compiled, then only read, by any thread.
///
/// Every table knows the built-in words (question_words.cpp, spelling.cpp). A word is looked up by
/// the hash of its spelling; of two spellings with the same 64 bits the first would stand for both.
class WordTable {
 public:
  WordTable();

  /// Any token made of digits (and . : /) that is not in the vocabulary itself.
  static constexpr WordId number_word = 1;

  /// The spelling's entry: its id, or how it is spelt out (never both).
  struct Entry {
    std::uint64_t hash = 0;
    WordId word = unknown_word;
    std::uint32_t rewrite = 0;  ///< index into rewrites; 0: none
  };
  /// Up to three words that one spelling stands for.
  struct Rewrite {
    std::array<WordId, 3> words{};
    std::uint32_t count = 0;
  };

  /// The id of the word, made if it is new. REQUIRES: the spelling is normalised.
  WordId intern(std::string_view normalised);
  /// The id that stands for all words outside the vocabulary that begin with `prefix` (and with no
  /// longer stem). Its spelling is the prefix with a star.
  WordId intern_stem(std::string_view prefix);

  /// The entry, or null. In the hot path of the tokeniser.
  Entry const* find(std::uint64_t hash) const {
    for (std::size_t slot = hash & mask_;; slot = (slot + 1) & mask_) {
      Entry const& entry = entries_[slot];
      if (entry.hash == hash) return &entry;
      if (entry.hash == 0) return nullptr;
    }
  }
  /// The longest stem that an unknown word begins with, or `unknown_word`.
  WordId find_stem(std::string_view normalised) const;
  /// The same for a word of up to eight bytes, as `hashing::mix` takes it.
  WordId find_stem(std::uint64_t chunk, std::size_t size) const;

  Rewrite const& rewrite(Entry const& entry) const { return rewrites_[entry.rewrite]; }
  std::uint64_t hash_of(WordId word) const { return hashes_[word]; }
  std::string_view spelling(WordId word) const { return spellings_[word]; }
  bool is_stem(WordId word) const { return spellings_[word].ends_with('*'); }
  bool has(WordId word, WordFlag flag) const { return (flags_[word] & static_cast<unsigned>(flag)) != 0; }
  /// The flags as bits; words that are not built in have none.
  unsigned flags(WordId word) const { return flags_[word]; }
  /// Ids are 0 to size() - 1; 0 is the unknown word.
  std::size_t size() const { return spellings_.size(); }

 private:
  Entry& place(std::uint64_t hash);
  template <typename HashOfPrefix>
  WordId find_stem(std::size_t size, std::uint64_t chunk, HashOfPrefix hash_of_prefix) const;
  void add_rewrite(std::string_view spelling, std::string_view words);
  void add_flag(std::string_view words, WordFlag flag);

  std::vector<Entry> entries_;
  std::size_t mask_ = 0;
  std::size_t used_ = 0;
  std::vector<std::string> spellings_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint16_t> flags_;
  std::vector<Rewrite> rewrites_;
  std::vector<Entry> stems_;  ///< open addressing like entries_, by the prefix's hash
  std::size_t stem_count_ = 0;
  std::uint64_t short_stem_lengths_ = 0;     ///< bit n: there is a stem of n bytes, fewer than a beginning
  std::vector<std::uint64_t> stem_lengths_;  ///< the same for longer stems, by place of their beginning
};

}  // namespace rapport::signals
