#include "signals/model/feature_table.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/random.hpp"

namespace rapport::signals::model {
namespace {

constexpr std::size_t label_count = 3;

/// A feature of two groups of few: keys that differ in their kinds alone are among them.
FeatureKey some_key(base::Random& random) {
  auto const kind = static_cast<FeatureKind>(random.between(1, 19));
  return feature_key(kind, static_cast<std::uint64_t>(random.between(1, 60)), static_cast<std::uint64_t>(random.between(1, 60)));
}

std::int8_t weight(FeatureKey key, std::size_t label) { return static_cast<std::int8_t>(key >> (8 * label)); }

std::vector<std::int32_t> sums_of(FeatureTable const& table, std::vector<FeatureKey> const& features) {
  FeatureTable::Found found;
  std::vector<std::int32_t> scores(label_count);
  table.look_up(features, found);
  table.add(found, scores);
  return scores;
}

TEST(FeatureTable, FindsEachOfItsKeysAndNoOther) {
  base::Random random{3};
  std::set<FeatureKey> held;
  while (held.size() < 20'000) held.insert(some_key(random));
  std::vector<FeatureKey> const keys{held.begin(), held.end()};
  std::vector<std::int8_t> weights;
  for (FeatureKey const key : keys) {
    for (std::size_t label = 0; label < label_count; ++label) weights.push_back(weight(key, label));
  }
  FeatureTable const table{keys, weights, label_count};
  for (FeatureKey const key : keys) {
    auto const sums = sums_of(table, {key});
    for (std::size_t label = 0; label < label_count; ++label) ASSERT_EQ(sums[label], weight(key, label));
  }
  for (std::size_t times = 0; times < 500; ++times) {
    std::vector<FeatureKey> features;
    std::vector<std::int32_t> expected(label_count);
    while (features.size() < features_max) {
      features.push_back(some_key(random));
      if (!held.contains(features.back())) continue;
      for (std::size_t label = 0; label < label_count; ++label) expected[label] += weight(features.back(), label);
    }
    ASSERT_EQ(sums_of(table, features), expected);
  }
}

TEST(FeatureTable, OfNothingHasNothing) {
  EXPECT_EQ(sums_of({{}, {}, label_count}, {0, 1, feature_key(FeatureKind::asks, 1)}), std::vector<std::int32_t>(label_count));
}

}  // namespace
}  // namespace rapport::signals::model
