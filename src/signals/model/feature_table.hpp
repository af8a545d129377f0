#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "signals/model/features.hpp"
#include "signals/model/row_sums.hpp"

namespace rapport::signals::model {

/// The features of a role with the weights that each has for its labels. A value, only read once made: any thread may.
/// It is larger than the caches, and most of its cost is waiting for memory. So it is open addressing in which a free place is
/// one bit, which tells of most features that they are none, and the bits before a taken one count which row is its own:
/// two places in memory are looked up for a feature that is there.
class FeatureTable {
 public:
  FeatureTable() = default;
  /// REQUIRES: a row of so many weights for each key, no key twice.
  FeatureTable(std::span<FeatureKey const> keys, std::span<std::int8_t const> weights, std::size_t labels);

  /// What was looked up: rows that are on their way from memory, and whose each should be.
  struct Found {
    std::size_t count = 0;
    std::array<FeatureKey, features_max> keys;
    std::array<std::uint8_t const*, features_max> rows;
  };

  /// Looks up features. REQUIRES: no more than `features_max`.
  void look_up(std::span<FeatureKey const> features, Found& found) const;
  /// Adds the weights of what was looked up to the scores, best after something else was done meanwhile.
  /// REQUIRES: a score for each label.
  void add(Found const& found, std::span<std::int32_t> scores) const;

 private:
  bool taken(std::size_t place) const { return (taken_[place / 64] >> place % 64 & 1U) != 0; }
  std::size_t row_at(std::size_t place) const;
  void look_up_by_bits(std::span<FeatureKey const> features, Found& found) const;
  void look_up_counting(std::span<FeatureKey const> features, Found& found) const;  ///< where bits are counted in one step
  std::uint8_t const* next_row(FeatureKey key) const;
  std::uint32_t check_of(std::uint8_t const* row) const;

  std::vector<std::uint64_t> taken_;   ///< a bit for each place
  std::vector<std::uint32_t> before_;  ///< by 64 places: how many are taken before them
  std::size_t mask_ = 0;               ///< of places
  Rows rows_;                          ///< by place: a byte for each label, `byte_bias` more than its weight; at the end, the key's check
};

}  // namespace rapport::signals::model
