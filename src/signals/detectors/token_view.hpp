#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "signals/detectors/word_traits.hpp"
#include "signals/word_table.hpp"
#include "signals/words.hpp"

namespace rapport::signals::detectors {

inline namespace literals {
/// A word's hash at compile time: `view.is(at, "tomorrow"_w)`. In the tokeniser's spelling.
consteval std::uint64_t operator""_w(char const* text, std::size_t size) { return word_hash({text, size}); }
}  // namespace literals

/// Replaces `traits` by those of the words, in their order: what lists say of them and how they are
/// written.
void read_traits(Words const& words, std::vector<Traits>& traits);

/// The words of one event with their traits, asked about by position. A position outside is no
/// word: every question about it is answered no. Borrows; cheap to copy.
class TokenView {
 public:
  TokenView(Words const& words, std::span<Traits const> traits) : words_(&words), traits_(traits) {}

  Words const& words() const { return *words_; }
  std::span<Token const> tokens() const { return words_->tokens; }
  std::size_t size() const { return traits_.size(); }
  std::uint64_t hash(std::size_t at) const { return at < size() ? words_->tokens[at].hash : 0; }

  bool is(std::size_t at, std::uint64_t word) const { return at < size() && words_->tokens[at].hash == word; }
  template <std::size_t count>
  bool is_any(std::size_t at, std::uint64_t const (&words)[count]) const {
    return at < size() && is_one_of(words_->tokens[at].hash, words, std::make_index_sequence<count>{});
  }
  bool has(std::size_t at, Trait trait) const { return at < size() && traits_[at].has(trait); }
  bool has_any(std::size_t at, Traits traits) const { return at < size() && traits_[at].any(traits); }

  /// What the text says for this token, as written.
  std::string_view written(std::size_t at) const {
    Token const& token = words_->tokens[at];
    return words_->text.substr(token.begin, token.end - token.begin);
  }
  /// The text between the token before and this one (before the first: from the text's start).
  std::string_view gap_before(std::size_t at) const;
  /// The text after the token up to the next (after the last: to the text's end).
  std::string_view gap_after(std::size_t at) const;
  /// A comma, colon, dash or bracket stands before the token.
  bool pause_before(std::size_t at) const { return has(at, Trait::pause); }
  /// The word is written with a capital first letter.
  bool capitalised(std::size_t at) const { return has(at, Trait::capital); }
  /// The word holds a digit.
  bool has_digit(std::size_t at) const { return has(at, Trait::digit); }
  /// Whether any token of [first, end) has any of the traits.
  bool any_has(std::size_t first, std::size_t end, Traits traits) const {
    for (std::size_t at = first; at < end; ++at) {
      if (traits_[at].any(traits)) return true;
    }
    return false;
  }

 private:
  /// Of many words first a bit each is asked, which is one constant for all: most words end there.
  template <std::size_t count, std::size_t... index>
  static bool is_one_of(std::uint64_t hash, std::uint64_t const (&words)[count], std::index_sequence<index...>) {
    constexpr std::size_t few = 3;
    if constexpr (count > few) {
      std::uint64_t const bits = ((std::uint64_t{1} << words[index] % 64) | ...);
      if ((bits >> hash % 64 & 1U) == 0) return false;
    }
    return ((words[index] == hash) || ...);
  }

  Words const* words_;
  std::span<Traits const> traits_;
};

/// Whether the text uses capitals at all (a recogniser often writes none).
bool uses_capitals(std::string_view text);

}  // namespace rapport::signals::detectors
