#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "signals/model/word_list.hpp"
#include "signals/words.hpp"

/// What the sentence model sees of a text: features, each a 64-bit key. The trainer and the product
/// make them with the same code, so a model and its reading cannot drift apart unnoticed.
namespace rapport::signals::model {

/// A feature's identity: its kind and the words it is made of, mixed. Never 0.
using FeatureKey = std::uint64_t;

enum class FeatureKind : std::uint8_t {
  word = 1,
  stem,
  group,
  pair,
  group_pair,
  group_bag,
  skip_pair,
  triple,
  first,
  first_pair,
  last,
  asks,
  asks_first,
  length,
  place,
  previous_stem,
  previous_pair,
  previous_group,
  previous_asks,
};

constexpr std::uint64_t mixed(std::uint64_t state, std::uint64_t part) {
  std::uint64_t const product = (state ^ part) * 0x9E3779B97F4A7C15ULL;
  return product ^ product >> 29U;
}

/// The kind stands in the highest bits.
constexpr unsigned kind_shift = 59;

constexpr FeatureKey feature_key(FeatureKind kind, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) {
  constexpr std::uint64_t low = (std::uint64_t{1} << kind_shift) - 1;
  auto const number = static_cast<std::uint64_t>(kind);
  return (mixed(mixed(mixed(number, a), b), c) & low) | number << kind_shift;
}

constexpr FeatureKind kind_of(FeatureKey key) { return static_cast<FeatureKind>(key >> kind_shift); }

/// A run of tokens that is judged by itself: a sentence, or a part of a long one.
struct Window {
  std::uint32_t first_token = 0;
  std::uint32_t token_count = 0;
  std::uint16_t sentence = 0;
  bool begins = true;  ///< at the sentence's start …
  bool ends = true;    ///< … and end
};

/// Speech without punctuation comes as one long sentence with several acts in it. Beyond this many
/// tokens a sentence is judged in windows of so many, each half over the one before.
inline constexpr std::uint32_t window_tokens = 24;

/// No window has more features: the sums of so many 8-bit weights fit 16 bits.
inline constexpr std::size_t features_max = 256;

/// The windows of a text, in order. Appends.
void cut_windows(Words const& words, std::vector<Window>& windows);

/// Features of one window, those that occur twice listed twice. `codes` are those of all tokens of
/// the text. Appends.
void window_features(Words const& words, std::span<WordCode const> codes, Window const& window,
                     std::vector<FeatureKey>& keys);

/// The same in two parts, whose order is not that of `window_features`: of a word, what it counts as by
/// itself, wherever it stands, and of a window all else.
void word_features(WordCode const& code, std::vector<FeatureKey>& keys);
void context_features(Words const& words, std::span<WordCode const> codes, Window const& window,
                      std::vector<FeatureKey>& keys);

/// The other side's last words are seen to this many tokens from their end.
inline constexpr std::uint32_t previous_tokens = 12;

/// Features of what the other side said just before: of its last `previous_tokens` words, and
/// whether its last sentence asks. Appends; nothing where there were no words.
void previous_features(std::span<WordCode const> codes, bool asks, std::vector<FeatureKey>& keys);

/// The same in two parts, as above; `codes` are no more than `previous_tokens`.
void previous_word_features(WordCode const& code, std::vector<FeatureKey>& keys);
void previous_context_features(std::span<WordCode const> codes, bool asks, std::vector<FeatureKey>& keys);

}  // namespace rapport::signals::model
