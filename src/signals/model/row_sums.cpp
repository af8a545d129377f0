#include "signals/model/row_sums.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/assert.hpp"

namespace rapport::signals::model {
namespace {

/// Numbers that one instruction takes together, so many bytes of them.
template <typename Number, std::size_t bytes>
struct Together {
  using Lanes [[gnu::vector_size(bytes)]] = Number;
};

constexpr std::size_t narrow = 16;  ///< bytes; any processor
constexpr std::size_t wide = 32;    ///< AVX2
// What is written for both is inlined into a function for either, and passes no vectors but in memory.


/// A part of the rows, of `count` vectors from byte `first` on.
template <std::size_t width, std::size_t count>
[[gnu::always_inline]] inline void add_byte_part(std::span<std::uint8_t const* const> rows, std::size_t first, std::span<std::int32_t> scores) {
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
[[gnu::always_inline]] inline void add_bytes(std::span<std::uint8_t const* const> rows, std::span<std::int32_t> scores) {
  constexpr std::size_t most = 64 / width;
  std::size_t first = 0;
  for (; first + 64 - width < scores.size(); first += 64) add_byte_part<width, most>(rows, first, scores);
  for (; first < scores.size(); first += width) add_byte_part<width, 1>(rows, first, scores);
}

template <std::size_t width, std::size_t count>
[[gnu::always_inline]] inline void add_word_part(std::span<std::uint8_t const* const> rows, std::size_t first, std::span<std::int32_t> scores) {
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
[[gnu::always_inline]] inline void add_words(std::span<std::uint8_t const* const> rows, std::span<std::int32_t> scores) {
  constexpr std::size_t lanes = width / sizeof(std::int16_t);
  std::size_t first = 0;
  for (; first + 3 * lanes < scores.size(); first += 4 * lanes) add_word_part<width, 4>(rows, first, scores);
  for (; first < scores.size(); first += lanes) add_word_part<width, 1>(rows, first, scores);
}

template <std::size_t width>
[[gnu::always_inline]] inline void find_best(std::span<std::uint8_t const* const> rows, std::span<std::int16_t const> biases, std::span<std::int16_t> found) {
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
inline void Products<narrow>::add(Sums& sums, Numbers const& weights, Numbers const& values) {
  sums += __builtin_ia32_pmaddwd128(weights, values);
}
template <>
[[gnu::target("avx2")]] inline void Products<wide>::add(Sums& sums, Numbers const& weights, Numbers const& values) {
  sums += __builtin_ia32_pmaddwd256(weights, values);
}
#endif

template <std::size_t width, std::size_t count>
[[gnu::always_inline]] inline void add_pairs_part(std::span<WeightedPair const> pairs, unsigned shift, std::size_t first, std::span<std::int32_t> scores) {
  using Numbers = typename Products<width>::Numbers;
  using Sums = typename Products<width>::Sums;
  Sums sums[count] = {};
  for (WeightedPair const& pair : pairs) {
    Sums const twice = Sums{} + pair.values;
    Numbers values;
    std::memcpy(&values, &twice, width);
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
[[gnu::always_inline]] inline void add_pairs(std::span<WeightedPair const> pairs, unsigned shift, std::span<std::int32_t> scores) {
  constexpr std::size_t lanes = width / sizeof(std::int32_t);
  std::size_t first = 0;
  for (; first + 3 * lanes < scores.size(); first += 4 * lanes) add_pairs_part<width, 4>(pairs, shift, first, scores);
  for (; first < scores.size(); first += lanes) add_pairs_part<width, 1>(pairs, shift, first, scores);
}

#if defined(__x86_64__)
bool const has_wide = __builtin_cpu_supports("avx2");

[[gnu::target("avx2")]] void add_bytes_wide(std::span<std::uint8_t const* const> rows, std::span<std::int32_t> scores) { add_bytes<wide>(rows, scores); }
[[gnu::target("avx2")]] void add_words_wide(std::span<std::uint8_t const* const> rows, std::span<std::int32_t> scores) { add_words<wide>(rows, scores); }
[[gnu::target("avx2")]] void add_pairs_wide(std::span<WeightedPair const> pairs, unsigned shift, std::span<std::int32_t> scores) {
  add_pairs<wide>(pairs, shift, scores);
}
[[gnu::target("avx2")]] void find_best_wide(std::span<std::uint8_t const* const> rows, std::span<std::int16_t const> biases, std::span<std::int16_t> found) {
  find_best<wide>(rows, biases, found);
}
#else
constexpr bool has_wide = false;
constexpr auto add_bytes_wide = add_bytes<wide>;
constexpr auto add_words_wide = add_words<wide>;
constexpr auto add_pairs_wide = add_pairs<wide>;
constexpr auto find_best_wide = find_best<wide>;
#endif

}  // namespace

Rows::Rows(std::size_t rows, std::size_t bytes)
    : stride_((bytes + unit - 1) / unit * unit), lines_((rows * stride_ + sizeof(Line) - 1) / sizeof(Line)) {}

void add_byte_rows(std::span<std::uint8_t const* const> rows, std::span<std::int32_t> scores) {
  RAPPORT_ASSERT(rows.size() <= 256);
  has_wide ? add_bytes_wide(rows, scores) : add_bytes<narrow>(rows, scores);
}

void add_word_rows(std::span<std::uint8_t const* const> rows, std::span<std::int32_t> scores) {
  has_wide ? add_words_wide(rows, scores) : add_words<narrow>(rows, scores);
}

void add_weighted_pairs(std::span<WeightedPair const> pairs, unsigned shift, std::span<std::int32_t> scores) {
  has_wide ? add_pairs_wide(pairs, shift, scores) : add_pairs<narrow>(pairs, shift, scores);
}

void find_best_places(std::span<std::uint8_t const* const> rows, std::span<std::int16_t const> biases, std::span<std::int16_t> found) {
  RAPPORT_ASSERT(rows.size() >= 3 && biases.size() % filter_block == 0 && found.size() == biases.size());
  has_wide ? find_best_wide(rows, biases, found) : find_best<narrow>(rows, biases, found);
}

}  // namespace rapport::signals::model
