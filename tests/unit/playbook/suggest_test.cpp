#include "playbook/suggest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace rapport::playbook {
namespace {

constexpr std::array<std::string_view, 5> signals{"agent.asks_to_hold", "agent.asks_name", "agent.thanks", "customer.thanks_agent", "hold.start"};

TEST(Nearest, FindsOneSlip) {
  EXPECT_EQ(nearest("agent.ask_to_hold", signals), "agent.asks_to_hold");    // missing
  EXPECT_EQ(nearest("agent.askss_name", signals), "agent.asks_name");        // too many
  EXPECT_EQ(nearest("agent.thamks", signals), "agent.thanks");               // wrong
  EXPECT_EQ(nearest("hold.satrt", signals), "hold.start");                   // swapped
}

TEST(Nearest, PrefersTheSameNameOfAnotherSpeaker) {
  EXPECT_EQ(nearest("customer.asks_to_hold", signals), "agent.asks_to_hold");
  EXPECT_EQ(nearest("asks_to_hold", signals), "agent.asks_to_hold");
}

TEST(Nearest, CompletesABeginning) { EXPECT_EQ(nearest("customer.thanks", std::array<std::string_view, 1>{signals[3]}), "customer.thanks_agent"); }

TEST(Nearest, StaysSilentWhereNothingIsNear) {
  EXPECT_EQ(nearest("agent.polite", signals), std::nullopt);
  EXPECT_EQ(nearest("x", signals), std::nullopt);
  EXPECT_EQ(nearest("", signals), std::nullopt);
  EXPECT_EQ(nearest("agent.thanks", {}), std::nullopt);
  EXPECT_EQ(nearest(std::string(10'000, 'a'), signals), std::nullopt);
}

TEST(Nearest, TakesTheFirstOfEquals) {
  constexpr std::array<std::string_view, 2> words{"weight", "weighs"};
  EXPECT_EQ(nearest("weigh", words), "weight");
}

}  // namespace
}  // namespace rapport::playbook
