#include "signals/model/row_sums.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace rapport::signals::model {
namespace {

using ByteRows = std::span<std::uint8_t const* const>;
using Scores = std::span<std::int32_t>;

/// Numbers that one instruction takes together, so many bytes of them.
template <typename Number, std::size_t bytes>
struct Together {
  using Lanes [[gnu::vector_size(bytes)]] = Number;
};

constexpr std::size_t narrow_bytes = 16;  ///< any processor
constexpr std::size_t wide_bytes = 32;    ///< AVX2
// What is written for both is inlined into a function for either, and passes no vectors but in memory.

/// A part of the rows, of `count` vectors from byte `first` on.
template <std::size_t width, std::size_t count>
[[gnu::always_inline]] inline void add_byte_part(ByteRows rows, std::size_t first, Scores scores) {
  using Lanes = typename Together<std::uint16_t, width>::Lanes;
  Lanes whole[count] = {};  // the sum of the whole, less that of the high bytes, is that of the low ones
  Lanes high[count] = {};
  for (std::uint8_t const* const row : rows) {
    for (std::size_t at = 0; at < count; ++at) {
      Lanes two;
      std::memcpy(&two, row + first + at * width, width);
      whole[at] += two;
      high[at] += two >> 8;
    }
  }
  auto const biases = static_cast<std::uint16_t>(rows.size() * byte_bias);
  std::array<std::uint16_t, count * width / 2> even;
  std::array<std::uint16_t, count * width / 2> odd;
  for (std::size_t at = 0; at < count; ++at) {
    Lanes const low = whole[at] - (high[at] << 8) - biases;
    high[at] -= biases;
    std::memcpy(even.data() + at * width / 2, &low, width);
    std::memcpy(odd.data() + at * width / 2, &high[at], width);
  }
  std::array<std::int16_t, count * width> sums;
  for (std::size_t at = 0; at < even.size(); ++at) {
    sums[2 * at] = static_cast<std::int16_t>(even[at]);
    sums[2 * at + 1] = static_cast<std::int16_t>(odd[at]);
  }
  std::size_t const labels = std::min(scores.size() - first, sums.size());
  for (std::size_t label = 0; label < labels; ++label) scores[first + label] += sums[label];
}

template <std::size_t width>
[[gnu::always_inline]] inline void add_bytes(ByteRows rows, Scores scores) {
  constexpr std::size_t most = 64 / width;
  std::size_t first = 0;
  for (; first + 64 - width < scores.size(); first += 64) add_byte_part<width, most>(rows, first, scores);
  for (; first < scores.size(); first += width) add_byte_part<width, 1>(rows, first, scores);
}

template <std::size_t width, std::size_t count>
[[gnu::always_inline]] inline void add_word_part(ByteRows rows, std::size_t first, Scores scores) {
  using Lanes = typename Together<std::int16_t, width>::Lanes;
  Lanes sums[count] = {};
  for (std::uint8_t const* const row : rows) {
    for (std::size_t at = 0; at < count; ++at) {
      Lanes some;
      std::memcpy(&some, row + first * sizeof(std::int16_t) + at * width, width);
      sums[at] += some;
    }
  }
  std::array<std::int16_t, count * width / sizeof(std::int16_t)> all;
  std::memcpy(all.data(), sums, sizeof all);
  std::size_t const labels = std::min(scores.size() - first, all.size());
  for (std::size_t label = 0; label < labels; ++label) scores[first + label] += all[label];
}

template <std::size_t width>
[[gnu::always_inline]] inline void add_words(ByteRows rows, Scores scores) {
  constexpr std::size_t lanes = width / sizeof(std::int16_t);
  std::size_t first = 0;
  for (; first + 3 * lanes < scores.size(); first += 4 * lanes) add_word_part<width, 4>(rows, first, scores);
  for (; first < scores.size(); first += lanes) add_word_part<width, 1>(rows, first, scores);
}

template <std::size_t width>
[[gnu::always_inline]] inline void find_best(ByteRows rows, std::span<std::int16_t const> biases, std::span<std::int16_t> found) {
  using Lanes = typename Together<std::int16_t, width>::Lanes;
  constexpr std::size_t count = filter_block / width;
  constexpr std::int16_t low = 0xFF;
  std::size_t const filters = biases.size();
  for (std::size_t first = 0; first < filters; first += filter_block) {
    Lanes even[count] = {};
    Lanes odd[count] = {};
    for (std::size_t at = 0; at + 2 < rows.size(); ++at) {
      for (std::size_t part = 0; part < count; ++part) {
        Lanes one;
        Lanes two;
        Lanes three;
        std::memcpy(&one, rows[at] + first + part * width, width);
        std::memcpy(&two, rows[at + 1] + filters + first + part * width, width);
        std::memcpy(&three, rows[at + 2] + 2 * filters + first + part * width, width);
        Lanes const of_even = (one & low) + (two & low) + (three & low);
        Lanes const of_odd = (one >> 8 & low) + (two >> 8 & low) + (three >> 8 & low);
        even[part] = of_even > even[part] ? of_even : even[part];
        odd[part] = of_odd > odd[part] ? of_odd : odd[part];
      }
    }
    for (std::size_t part = 0; part < 2 * count; ++part) {
      std::size_t const filter = first + part * width / sizeof(std::int16_t);
      Lanes best;
      std::memcpy(&best, biases.data() + filter, width);
      best += part < count ? even[part] : odd[part - count];
      best = best > 0 ? best : Lanes{};
      std::memcpy(found.data() + filter, &best, width);
    }
  }
}

/// Sums of neighbours' products.
template <std::size_t width>
struct Products {
  using Numbers = typename Together<std::int16_t, width>::Lanes;
  using Sums = typename Together<std::int32_t, width>::Lanes;
  static void add(Sums& sums, Numbers const& weights, Numbers const& values) {
    for (std::size_t at = 0; at < width / sizeof(std::int32_t); ++at) {
      sums[at] += weights[2 * at] * values[2 * at] + weights[2 * at + 1] * values[2 * at + 1];
    }
  }
};

#if defined(__x86_64__)
template <>
inline void Products<narrow_bytes>::add(Sums& sums, Numbers const& weights, Numbers const& values) {
  sums += __builtin_ia32_pmaddwd128(weights, values);
}
template <>
[[gnu::target("avx2")]] inline void Products<wide_bytes>::add(Sums& sums, Numbers const& weights, Numbers const& values) {
  sums += __builtin_ia32_pmaddwd256(weights, values);
}
#endif

template <std::size_t width, std::size_t count>
[[gnu::always_inline]] inline void add_pairs_part(std::span<WeightedPair const> pairs, unsigned shift, std::size_t first, Scores scores) {
  using Numbers = typename Products<width>::Numbers;
  using Sums = typename Products<width>::Sums;
  Sums sums[count] = {};
  for (WeightedPair const& pair : pairs) {
    Sums const each = Sums{} + pair.values;
    Numbers values;
    std::memcpy(&values, &each, width);
    for (std::size_t at = 0; at < count; ++at) {
      Numbers weights;
      std::memcpy(&weights, pair.rows + first * 2 * sizeof(std::int16_t) + at * width, width);
      Products<width>::add(sums[at], weights, values);
    }
  }
  std::array<std::int32_t, count * width / sizeof(std::int32_t)> all;
  std::memcpy(all.data(), sums, sizeof all);
  std::size_t const labels = std::min(scores.size() - first, all.size());
  for (std::size_t label = 0; label < labels; ++label) scores[first + label] += all[label] >> shift;
}

template <std::size_t width>
[[gnu::always_inline]] inline void add_pairs(std::span<WeightedPair const> pairs, unsigned shift, Scores scores) {
  constexpr std::size_t lanes = width / sizeof(std::int32_t);
  std::size_t first = 0;
  for (; first + 3 * lanes < scores.size(); first += 4 * lanes) add_pairs_part<width, 4>(pairs, shift, first, scores);
  for (; first < scores.size(); first += lanes) add_pairs_part<width, 1>(pairs, shift, first, scores);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void add_bytes_wide(ByteRows rows, Scores scores) { add_bytes<wide_bytes>(rows, scores); }
[[gnu::target("avx2")]] void add_words_wide(ByteRows rows, Scores scores) { add_words<wide_bytes>(rows, scores); }
[[gnu::target("avx2")]] void add_pairs_wide(std::span<WeightedPair const> pairs, unsigned shift, Scores scores) { add_pairs<wide_bytes>(pairs, shift, scores); }
[[gnu::target("avx2")]] void find_best_wide(ByteRows rows, std::span<std::int16_t const> biases, std::span<std::int16_t> found) {
  find_best<wide_bytes>(rows, biases, found);
}
#endif

void add_bytes_narrow(ByteRows rows, Scores scores) { add_bytes<narrow_bytes>(rows, scores); }
void add_words_narrow(ByteRows rows, Scores scores) { add_words<narrow_bytes>(rows, scores); }
void add_pairs_narrow(std::span<WeightedPair const> pairs, unsigned shift, Scores scores) { add_pairs<narrow_bytes>(pairs, shift, scores); }
void find_best_narrow(ByteRows rows, std::span<std::int16_t const> biases, std::span<std::int16_t> found) { find_best<narrow_bytes>(rows, biases, found); }

constexpr RowSums narrow_sums{add_bytes_narrow, add_words_narrow, add_pairs_narrow, find_best_narrow};

std::vector<RowSums> sums_here() {
  std::vector<RowSums> all{narrow_sums};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) all.push_back({add_bytes_wide, add_words_wide, add_pairs_wide, find_best_wide});
#endif
  return all;
}

}  // namespace

Rows::Rows(std::size_t rows, std::size_t bytes) : stride_((bytes + unit - 1) / unit * unit), lines_((rows * stride_ + sizeof(Line) - 1) / sizeof(Line)) {}

std::span<RowSums const> row_sums_here() {
  static std::vector<RowSums> const all = sums_here();
  return all;
}

}  // namespace rapport::signals::model
