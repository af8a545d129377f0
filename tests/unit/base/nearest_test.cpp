#include "base/nearest.hpp"

#include <gtest/gtest.h>

#include <array>

namespace rapport::base {
namespace {

constexpr std::array<std::string_view, 4> names{"agent.asks_to_hold", "agent.thanks", "customer.thanks", "hold"};

TEST(Nearest, FindsTheWordThatAFewSlipsMadeOtherwise) {
  EXPECT_EQ(nearest("agent.ask_to_hold", names), "agent.asks_to_hold");
  EXPECT_EQ(nearest("hodl", names), "hold");
  EXPECT_EQ(nearest("agent.thanks", names), "agent.thanks");
}

TEST(Nearest, PrefersTheSameNameOfAnotherOwner) {
  EXPECT_EQ(nearest("supervisor.thanks", names), "agent.thanks");
}

TEST(Nearest, FindsNothingWhereNothingIsNear) {
  EXPECT_EQ(nearest("greeting", names), std::nullopt);
  EXPECT_EQ(nearest("", names), std::nullopt);
  EXPECT_EQ(nearest("hold", {}), std::nullopt);
}

}  // namespace
}  // namespace rapport::base
