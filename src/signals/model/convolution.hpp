#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "signals/model/features.hpp"
#include "signals/model/row_sums.hpp"
#include "signals/model/word_list.hpp"

namespace rapport::signals::model {

/// Filters over runs of three words, as they stand in a model's file. A word counts as its vector, so that words which
/// are used alike are heard alike, and the order of the three tells.
struct ConvolutionData {
  std::vector<std::uint64_t> words;  ///< rising, none 0; WordCode::word
  std::vector<std::int8_t> vectors;  ///< words.size() rows of `dimensions`
  std::uint16_t filters = 0;         ///< 0: none of all this; a multiple of `filter_block`
  std::vector<std::int8_t> taps;     ///< `dimensions` rows of `run_words` times `filters`
  std::vector<std::int16_t> biases;  ///< by filter, within `filter_bias_max`

  bool operator==(ConvolutionData const&) const = default;
};

inline constexpr std::size_t dimensions = 100;  ///< even: they are multiplied two by two
inline constexpr std::size_t run_words = 3;
inline constexpr std::size_t labels_max = 128;  ///< of a role
inline constexpr std::size_t filters_max = 256;
/// A row keeps products of a vector's and a filter's bytes in so many parts less, within `tap_max` either way.
inline constexpr unsigned tap_shift = 8;
inline constexpr std::int16_t tap_max = 127;
inline constexpr std::int16_t filter_bias_max = 1'000;
/// Weights of what filters found are in so many parts of a score's unit.
inline constexpr unsigned pooled_shift = 11;
/// No label's weights sum up to more, regardless of sign: scores stay within 32 bits.
inline constexpr std::int32_t pooled_weights_max = 1'500'000;
static_assert(std::int64_t{pooled_weights_max} * (run_words * tap_max + filter_bias_max) <= 0x7FFFFFFF);

/// What the filters found in a run of words: each at the place where it found most, 0 for nothing.
using Pooled = std::array<std::int16_t, filters_max>;

/// What each filter's find says for or against the labels. A value, only read once made: any thread may.
class PooledWeights {
 public:
  PooledWeights() = default;
  /// REQUIRES: rows of `labels` weights, no label's sum beyond `pooled_weights_max`; no more rows than `filters_max`.
  PooledWeights(std::span<std::int16_t const> weights, std::size_t labels);

  /// Adds what was found times its weights to the scores, one for each label.
  void add(Pooled const& found, std::span<std::int32_t> scores) const;

 private:
  std::size_t filters_ = 0;
  Rows pairs_;  ///< of two filters, by label
};

/// Reads windows with the filters. What a word says to each filter at each of the three places is worked out when the word is
/// first met and then kept, so that a window costs additions alone. Integers only: the same answers in every build.
/// Any number of threads may share it; a thread may wait some 10 µs for another that works out the same word.
class Convolution {
 public:
  Convolution(ConvolutionData const& data, WordList const& words);

  std::size_t filters() const { return filters_; }
  /// Has the words' rows fetched into the caches meanwhile. REQUIRES: the codes are from the word list.
  void expect(std::span<WordCode const> codes) const;
  /// REQUIRES: the codes are from the word list, no more than `window_tokens`, and there are filters.
  void pool(std::span<WordCode const> codes, Pooled& pooled) const;

 private:
  struct Slot {
    std::uint64_t word = 0;
    std::uint32_t row = 0;
  };
  enum class State : std::uint8_t { unmade,
                                    making,
                                    made };

  static std::uint32_t row_of_listed(WordCode const& code) { return code.number + 1; }
  std::uint32_t row_of(WordCode const& code) const;
  std::uint32_t find(std::uint64_t word) const;
  std::uint8_t const* row(std::uint32_t index) const;
  void make(std::uint32_t index, std::uint8_t* out) const;

  std::size_t filters_;
  std::size_t stride_;                    ///< of a row: three places of all filters
  std::vector<Slot> slots_;               ///< open addressing by word; word 0 is free
  std::vector<std::int8_t> vectors_;      ///< row 0 is that of words that nobody knows: zeros; the list's words follow
  Rows taps_;                             ///< of two dimensions, by place in a row: numbers of 16 bits, in turn
  std::vector<std::int16_t> biases_;      ///< less what the bytes of a row are more than they mean
  std::unique_ptr<std::uint8_t[]> rows_;  ///< untouched memory until a word is met; `byte_bias` added to each, in `place_in_block`
  std::unique_ptr<std::atomic<State>[]> states_;
};

}  // namespace rapport::signals::model
