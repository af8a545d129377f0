#include "app/seen_ids.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rapport::app {
namespace {

TEST(SeenIds, KnowsEachIdOnceThroughManyGrowths) {
  SeenIds ids;
  for (int number = 0; number < 20'000; ++number) EXPECT_TRUE(ids.insert("i-" + std::to_string(number)));
  for (int number = 0; number < 20'000; ++number) EXPECT_FALSE(ids.insert("i-" + std::to_string(number)));
  EXPECT_TRUE(ids.insert(""));
  EXPECT_FALSE(ids.insert(""));
}

}  // namespace
}  // namespace rapport::app
