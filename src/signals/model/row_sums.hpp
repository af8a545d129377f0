#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// What judging a sentence is made of: rows of small numbers that are added up. Each sum is compiled for any processor and for
/// those with AVX2, and which is used is asked of the processor once. Integers only: both answer the same.
namespace rapport::signals::model {

/// Rows of one length, side by side, none across more lines of the caches than it must be.
class Rows {
 public:
  static constexpr std::size_t unit = 32;  ///< bytes; what is read at once at most

  Rows() = default;
  /// So many rows of that many bytes, all 0.
  Rows(std::size_t rows, std::size_t bytes);

  std::size_t stride() const { return stride_; }  ///< bytes from row to row: whole units
  std::uint8_t const* operator[](std::size_t row) const { return reinterpret_cast<std::uint8_t const*>(lines_.data()) + row * stride_; }
  std::uint8_t* operator[](std::size_t row) { return reinterpret_cast<std::uint8_t*>(lines_.data()) + row * stride_; }

 private:
  struct alignas(64) Line {
    std::uint8_t bytes[64];
  };
  std::size_t stride_ = unit;
  std::vector<Line> lines_;
};

/// Has the bytes fetched into the caches, without waiting for them.
inline void fetch(std::uint8_t const* first, std::size_t bytes) {
  for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(first + at);
}

/// In a row of bytes each number is so much more than it means: it has no sign and is widened in one step.
inline constexpr std::uint8_t byte_bias = 128;

/// Two numbers in the halves of one, the first in the lower, and two rows of 16-bit numbers in turn, that belong to them.
struct WeightedPair {
  std::int32_t values;
  std::uint8_t const* rows;
};

inline constexpr std::size_t filter_block = 32;

/// Where a block of filters' bytes lie in a row: those of the first half in even places, those of the second in odd ones.
constexpr std::size_t place_in_block(std::size_t filter) { return filter < filter_block / 2 ? 2 * filter : 2 * filter - filter_block + 1; }

/// The sums, as one kind of processor makes them. Rows are of whole units.
struct RowSums {
  /// Adds rows of bytes to the scores. REQUIRES: no more than 256 rows, with a byte for each score.
  void (*add_byte_rows)(std::span<std::uint8_t const* const> rows, std::span<std::int32_t> scores);
  /// Adds rows of 16-bit numbers to the scores. REQUIRES: a number for each score; no sum of them passes 16 bits.
  void (*add_word_rows)(std::span<std::uint8_t const* const> rows, std::span<std::int32_t> scores);
  /// Adds the rows times their values to the scores, in so many parts less (2 to the `shift`, rounded down).
  /// REQUIRES: two numbers for each score; no sum passes 32 bits.
  void (*add_weighted_pairs)(std::span<WeightedPair const> pairs, unsigned shift, std::span<std::int32_t> scores);
  /// What filters find at their best place of words, each of which has a row of bytes: what it says to all filters as the first
  /// of three, as the second, as the third, by blocks. `found` is the largest of the places' sums, with `biases`, no less than 0.
  /// What bytes are more than they mean is for `biases` to take away.
  /// REQUIRES: `biases` and `found` are of one size, whole blocks; the rows hold three times as many bytes; three rows or more.
  void (*find_best_places)(std::span<std::uint8_t const* const> rows, std::span<std::int16_t const> biases, std::span<std::int16_t> found);
};

/// Those that this processor can make, the quickest last.
std::span<RowSums const> row_sums_here();
inline RowSums const& row_sums() {
  static RowSums const sums = row_sums_here().back();
  return sums;
}

}  // namespace rapport::signals::model
