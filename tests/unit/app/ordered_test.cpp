#include "app/ordered.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace rapport::app {
namespace {

std::vector<int> squares(std::size_t jobs, int count) {
  int handed_out = 0;
  std::vector<int> delivered;
  OrderedPipeline<int, int> pipeline{
      [&]() -> std::optional<int> { return handed_out < count ? std::optional{handed_out++} : std::nullopt; },
      [](int number) {
        if (number % 7 == 0) std::this_thread::yield();  // let later items overtake
        return number * number;
      },
      [&](int square) { delivered.push_back(square); }};
  pipeline.run(jobs);
  return delivered;
}

TEST(OrderedPipeline, DeliversInOrderAtAnyNumberOfJobs) {
  std::vector<int> const alone = squares(1, 5'000);
  ASSERT_EQ(alone.size(), 5'000U);
  EXPECT_EQ(alone[99], 99 * 99);
  for (std::size_t const jobs : {2U, 3U, 8U}) EXPECT_EQ(squares(jobs, 5'000), alone) << jobs << " jobs";
}

TEST(OrderedPipeline, EndsOnNothing) { EXPECT_TRUE(squares(4, 0).empty()); }

}  // namespace
}  // namespace rapport::app
