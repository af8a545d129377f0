#include "base/result.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace rapport::base {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return Error{"odd"};
  return value / 2;
}

TEST(Result, HoldsAValueOrAnError) {
  auto const good = half(4);
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, 2);
  auto const bad = half(3);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().message, "odd");
}

TEST(Result, MovesItsValueOut) {
  Result<std::unique_ptr<int>> result{std::make_unique<int>(7)};
  std::unique_ptr<int> const value = *std::move(result);
  EXPECT_EQ(*value, 7);
}

TEST(Result, OfNothingIsSuccessUnlessItHoldsAnError) {
  Result<void> const good;
  EXPECT_TRUE(good);
  Result<void> const bad{Error{"why"}};
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().message, "why");
}

TEST(ResultDeathTest, ReadingWhatIsNotThereIsABrokenInvariant) {
  EXPECT_DEATH({ [[maybe_unused]] int const value = *half(3); }, "broken invariant");
  EXPECT_DEATH({ [[maybe_unused]] auto const error = half(4).error(); }, "broken invariant");
}

}  // namespace
}  // namespace rapport::base
