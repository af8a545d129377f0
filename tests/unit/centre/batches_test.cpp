#include "centre/batches.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace rapport::centre {
namespace {

constexpr std::size_t most = limits::batch_changes_max;

records::Change batch_event() { return records::AppendFloor{"{}"}; }
records::Change counters() { return records::AddCounters{"k", {}, {1}}; }

/// Decisions of so many events each, with what was counted from them.
Step decisions(std::size_t count, std::size_t events) {
  Step step;
  for (std::size_t number = 0; number < count; ++number) {
    for (std::size_t one = 0; one < events; ++one) step.changes.push_back(batch_event());
    step.changes.push_back(counters());
    step.seams.push_back(step.changes.size());
  }
  return step;
}

std::vector<std::size_t> sizes(std::vector<records::Batch> const& batches) {
  std::vector<std::size_t> sizes;
  for (records::Batch const& batch : batches) sizes.push_back(batch.changes.size());
  return sizes;
}

TEST(Batches, AStepIsOne) {
  EXPECT_EQ(sizes(batches_of({}, {}, {5})), std::vector<std::size_t>{0});
  auto const batches = batches_of(decisions(10, 2), {batch_event()}, {5});
  EXPECT_EQ(sizes(batches), std::vector<std::size_t>{31});
  EXPECT_EQ(batches[0].at, base::Instant{5});
  EXPECT_TRUE(batches[0].must_last);
  EXPECT_EQ(sizes(batches_of(decisions(most / 2, 1), {}, {})), std::vector<std::size_t>{most});
}

TEST(Batches, CountersStayWithTheEventsThatTheyWereCountedFrom) {
  auto const batches = batches_of(decisions(2 * most / 3, 6), {}, {});
  std::size_t all = 0;
  for (records::Batch const& batch : batches) {
    EXPECT_LE(batch.changes.size(), most);
    EXPECT_TRUE(std::holds_alternative<records::AppendFloor>(batch.changes.front()));
    EXPECT_TRUE(std::holds_alternative<records::AddCounters>(batch.changes.back()));
    EXPECT_EQ(batch.changes.size() % 7, 0U);
    all += batch.changes.size();
  }
  EXPECT_EQ(all, 2 * most / 3 * 7);
}

TEST(Batches, WhatHasNoSeamIsCutAnywhere) {
  EXPECT_EQ(sizes(batches_of(decisions(1, 2 * most), {}, {})), (std::vector<std::size_t>{most, most, 1}));
  EXPECT_EQ(sizes(batches_of(decisions(1, most - 2), {batch_event(), batch_event(), batch_event()}, {})), (std::vector<std::size_t>{most, 2}));
}

}  // namespace
}  // namespace rapport::centre
