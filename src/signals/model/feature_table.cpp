#include "signals/model/feature_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/assert.hpp"

namespace rapport::signals::model {
namespace {

constexpr std::size_t places_a_key = 16;  ///< at least: so few features that are none seem to be there

/// Where a key's place is, in the lowest bits. Features of the same groups in several ways have keys that differ in the kind
/// alone, which stands in the highest.
std::uint64_t spread(FeatureKey key) { return (key ^ key >> 32U) * 0xD6E8FEB86659FD93ULL >> 32U; }

/// What tells a key from others of the same place: the half that is not used for places.
std::uint32_t check_of_key(FeatureKey key) { return static_cast<std::uint32_t>(key >> 32U); }

}  // namespace

FeatureTable::FeatureTable(std::span<FeatureKey const> keys, std::span<std::int8_t const> weights, std::size_t labels)
    : taken_(std::bit_ceil(keys.size() * places_a_key / 64 + 1)), before_(taken_.size()), mask_(taken_.size() * 64 - 1), rows_(keys.size(), labels + sizeof(std::uint32_t)) {
  RAPPORT_ASSERT(weights.size() == keys.size() * labels);
  std::vector<std::size_t> place_of;
  for (FeatureKey const key : keys) {
    std::size_t place = spread(key) & mask_;
    while (taken(place)) place = (place + 1) & mask_;
    taken_[place / 64] |= std::uint64_t{1} << place % 64;
    place_of.push_back(place);
  }
  std::uint32_t before = 0;
  for (std::size_t at = 0; at < taken_.size(); ++at) {
    before_[at] = before;
    before += static_cast<std::uint32_t>(std::popcount(taken_[at]));
  }
  for (std::size_t index = 0; index < keys.size(); ++index) {
    std::uint8_t* const row = rows_[row_at(place_of[index])];
    for (std::size_t label = 0; label < labels; ++label) row[label] = static_cast<std::uint8_t>(weights[index * labels + label] + byte_bias);
    std::uint32_t const check = check_of_key(keys[index]);
    std::memcpy(row + rows_.stride() - sizeof check, &check, sizeof check);
  }
}

/// Which row is the place's. REQUIRES: it is taken.
[[gnu::always_inline]] inline std::size_t FeatureTable::row_at(std::size_t place) const {
  std::uint64_t const below = taken_[place / 64] & ((std::uint64_t{1} << place % 64) - 1);
  return before_[place / 64] + static_cast<std::size_t>(__builtin_popcountll(below));
}

[[gnu::always_inline]] inline std::uint32_t FeatureTable::check_of(std::uint8_t const* row) const {
  std::uint32_t check = 0;
  std::memcpy(&check, row + rows_.stride() - sizeof check, sizeof check);
  return check;
}

/// The key's row where another key has its first place, or null.
std::uint8_t const* FeatureTable::next_row(FeatureKey key) const {
  for (std::size_t place = (spread(key) + 1) & mask_; taken(place); place = (place + 1) & mask_) {
    std::uint8_t const* const row = rows_[row_at(place)];
    if (check_of(row) == check_of_key(key)) return row;
  }
  return nullptr;
}

/// What need not be there is passed over without a jump: which way it would go cannot be foretold.
[[gnu::always_inline]] inline void FeatureTable::look_up_by_bits(std::span<FeatureKey const> features, Found& found) const {
  std::array<std::size_t, features_max> places;
  found.count = 0;
  for (FeatureKey const key : features) {
    std::size_t const place = spread(key) & mask_;
    found.keys[found.count] = key;
    places[found.count] = place;
    found.count += taken(place) ? 1U : 0U;
  }
  for (std::size_t at = 0; at < found.count; ++at) {
    std::uint8_t const* const row = rows_[row_at(places[at])];
    __builtin_prefetch(row);
    // Where the next place is taken too, the key's row may be that one, which follows.
    __builtin_prefetch(row + (taken_[places[at] / 64] >> places[at] % 64 >> 1 & 1U) * rows_.stride());
    found.rows[at] = row;
  }
}

#if defined(__x86_64__)
namespace {
bool const has_popcount = __builtin_cpu_supports("popcnt");
}  // namespace
[[gnu::target("popcnt")]]
#else
namespace {
constexpr bool has_popcount = false;
}  // namespace
#endif
void FeatureTable::look_up_counting(std::span<FeatureKey const> features, Found& found) const {
  look_up_by_bits(features, found);
}

void FeatureTable::look_up(std::span<FeatureKey const> features, Found& found) const {
  RAPPORT_ASSERT(features.size() <= features_max);
  has_popcount ? look_up_counting(features, found) : look_up_by_bits(features, found);
}

void FeatureTable::add(Found const& found, std::span<std::int32_t> scores) const {
  static_assert(features_max <= 256);  // what RowSums::add_byte_rows adds
  std::array<std::uint8_t const*, features_max> rows;
  std::size_t count = 0;
  for (std::size_t at = 0; at < found.count; ++at) {
    std::uint8_t const* row = found.rows[at];
    if (check_of(row) != check_of_key(found.keys[at])) row = next_row(found.keys[at]);
    rows[count] = row;
    count += row != nullptr ? 1U : 0U;
  }
  row_sums().add_byte_rows(std::span{rows}.first(count), scores);
}

}  // namespace rapport::signals::model
