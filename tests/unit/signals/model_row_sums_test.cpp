#include "signals/model/row_sums.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "base/random.hpp"

namespace rapport::signals::model {
namespace {

constexpr std::size_t row_count = 24;

/// Rows of random bytes between the bounds, and pointers to them.
struct SomeRows {
  SomeRows(std::size_t bytes, std::int64_t low, std::int64_t high, std::uint64_t seed) : rows(row_count, bytes) {
    base::Random random{seed};
    for (std::size_t row = 0; row < row_count; ++row) {
      for (std::size_t at = 0; at < rows.stride(); ++at) rows[row][at] = static_cast<std::uint8_t>(random.between(low, high));
      all.push_back(rows[row]);
    }
  }
  std::int16_t word(std::size_t row, std::size_t at) const {
    std::int16_t value = 0;
    std::memcpy(&value, all[row] + at * sizeof value, sizeof value);
    return value;
  }

  Rows rows;
  std::vector<std::uint8_t const*> all;
};

constexpr std::array<std::size_t, 9> label_counts{0, 1, 15, 16, 17, 33, 54, 64, 128};

TEST(RowSums, OfBytesAreThoseOfWhatTheyMeanByWhicheverInstructions) {
  for (RowSums const& sums : row_sums_here()) {
    for (std::size_t const labels : label_counts) {
      SomeRows const some{labels, 0, 255, labels};
      std::vector<std::int32_t> scores(labels, 1'000'000);
      sums.add_byte_rows(some.all, scores);
      for (std::size_t label = 0; label < labels; ++label) {
        std::int32_t expected = 1'000'000;
        for (std::uint8_t const* const row : some.all) expected += row[label] - byte_bias;
        ASSERT_EQ(scores[label], expected) << labels << ", " << label;
      }
    }
  }
}

TEST(RowSums, OfAsManyBytesAsThereMayBeFit) {
  std::vector<std::uint8_t> const least(Rows::unit, 0);
  std::vector<std::uint8_t> const most(Rows::unit, 255);
  for (RowSums const& sums : row_sums_here()) {
    for (auto const* const row : {&least, &most}) {
      std::vector<std::uint8_t const*> const rows(256, row->data());
      std::vector<std::int32_t> scores(20);
      sums.add_byte_rows(rows, scores);
      EXPECT_EQ(std::ranges::count(scores, 256 * (row->front() - byte_bias)), 20);
    }
  }
}

TEST(RowSums, OfWordsAndOfWeightedPairsAreThoseOfTheirNumbers) {
  for (RowSums const& sums : row_sums_here()) {
    for (std::size_t const labels : label_counts) {
      SomeRows const few{2 * labels, 0, 2, labels};  // numbers of at most 514
      std::vector<std::int32_t> scores(labels, -7);
      sums.add_word_rows(few.all, scores);
      SomeRows const pairs{4 * labels, 0, 255, labels + 1};
      std::vector<WeightedPair> weighted;
      std::vector<std::int32_t> found(labels, 5);
      for (std::size_t row = 0; row < row_count; ++row) weighted.push_back({static_cast<std::int32_t>(row * 40 << 16U | (1'300 - row)), pairs.all[row]});
      sums.add_weighted_pairs(weighted, 11, found);
      for (std::size_t label = 0; label < labels; ++label) {
        std::int32_t expected = -7;
        std::int64_t products = 0;
        for (std::size_t row = 0; row < row_count; ++row) {
          expected += few.word(row, label);
          products += pairs.word(row, 2 * label) * static_cast<std::int64_t>(1'300 - row) + pairs.word(row, 2 * label + 1) * static_cast<std::int64_t>(row * 40);
        }
        ASSERT_EQ(scores[label], expected) << labels << ", " << label;
        ASSERT_EQ(found[label], 5 + (products >> 11)) << labels << ", " << label;
      }
    }
  }
}

TEST(RowSums, FindTheBestPlaceOfThreeRowsInTurn) {
  constexpr std::size_t filters = 3 * filter_block;
  SomeRows const some{3 * filters, 1, 255, 9};
  base::Random random{10};
  std::vector<std::int16_t> biases;
  for (std::size_t filter = 0; filter < filters; ++filter) biases.push_back(static_cast<std::int16_t>(-random.between(300, 800)));
  for (RowSums const& sums : row_sums_here()) {
    for (std::size_t const words : {std::size_t{3}, std::size_t{4}, row_count}) {
      std::vector<std::int16_t> found(filters);
      sums.find_best_places(std::span{some.all}.first(words), biases, found);
      for (std::size_t filter = 0; filter < filters; ++filter) {
        std::size_t const byte = filter / filter_block * filter_block + place_in_block(filter % filter_block);
        int best = 0;
        for (std::size_t at = 0; at + 3 <= words; ++at) best = std::max(best, some.all[at][byte] + some.all[at + 1][filters + byte] + some.all[at + 2][2 * filters + byte]);
        ASSERT_EQ(found[filter], std::max(0, best + biases[filter])) << words << ", " << filter;
      }
    }
  }
}

}  // namespace
}  // namespace rapport::signals::model
