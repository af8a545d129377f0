#include <gtest/gtest.h>

#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using domain::Role;
using domain::Value;
using test::DetectorScene;

/// What the customer says first, what the agent asks then, whether it was known.
struct Case {
  std::string before;
  std::string ask;
  bool known;
};

TEST(AsksKnown, KnowsWhatTheCustomerSaid) {
  std::vector<Case> const cases = {
      {"hi my name is mary smith", "and what is your name", true},
      {"my waybill ZX-20419 has been at the depot since monday", "Send your waybill number", true},
      {"order G-77120 never came", "Can I get your order number?", true},
      {"Please write to mary@example.com", "What is your email address?", true},
      {"my name is mary", "and your last name please", false},
      {"hi my name is mary smith", "could you spell your last name", false},
      {"my phone is broken", "what is your phone number", false},
      {"i have an account", "what is your account number", false},
      {"order G-77120 never came", "Is it order G-77120?", false},
      {"i want a new one", "what is your name", false},
  };
  for (Case const& one : cases) {
    DetectorScene scene("asks_known");
    scene.customer(one.before);
    EXPECT_EQ(scene.agent(one.ask) != "", one.known) << one.before << " / " << one.ask;
  }
}

TEST(AsksKnown, KnowsTheAnswerToAnEarlierQuestion) {
  DetectorScene scene("asks_known");
  EXPECT_EQ(scene.agent("can i have your account number please"), "");
  scene.customer("four four oh one six six two nine");
  EXPECT_EQ(scene.agent("and your date of birth"), "");
  scene.customer("june second nineteen eighty");
  EXPECT_EQ(scene.agent("what was the account number"), "what was the account number");
}

TEST(AsksKnown, AsksAgainAfterNoAnswer) {
  DetectorScene scene("asks_known");
  scene.agent("can i have your account number please");
  scene.customer("hang on i do not have it to hand");
  EXPECT_EQ(scene.agent("what is your account number"), "");
}

TEST(AsksKnown, LetsTheAgentHearBadly) {
  for (std::string const ask : {"sorry the line is bad what was your postcode", "could you repeat your postcode", "i did not catch that what is your postcode"}) {
    DetectorScene scene("asks_known");
    scene.agent("what is your postcode");
    scene.customer("h x three nine p l");
    EXPECT_EQ(scene.agent(ask), "") << ask;
  }
}

TEST(AsksKnown, ReadsTheRecord) {
  auto const ask = [](std::string const& text, domain::Direction direction) {
    DetectorScene scene("asks_known");
    scene.head().direction = direction;
    auto& customer = scene.participant(Role::customer, "Pat Brown");
    customer.known = {{"", "account_number", Value::of_text("88123")}, {"", "postcode", Value::of_text("HX3 9PL")}};
    return scene.agent(text);
  };
  using enum domain::Direction;
  EXPECT_NE(ask("what is your account number", inbound), "");
  EXPECT_NE(ask("can i take your name", inbound), "");
  EXPECT_EQ(ask("for security can you confirm your account number", inbound), "");
  EXPECT_EQ(ask("can you give me your name and your postcode", inbound), "");  // who are you
  EXPECT_EQ(ask("what is your postcode", inbound), "");                        // proves identity
  EXPECT_EQ(ask("who am i speaking with", outbound), "");
  EXPECT_EQ(ask("what is the best number to reach you", inbound), "");
}

TEST(AsksKnown, NamesTheItem) {
  DetectorScene scene("asks_known");
  scene.customer("my name is mary smith order 40917");
  scene.agent("what is your name");
  scene.agent("what is your order number");
  ASSERT_EQ(scene.fired().size(), 2U);
  EXPECT_NE(scene.fired()[0].item, scene.fired()[1].item);
  EXPECT_NE(scene.fired()[0].item, 0U);
}

}  // namespace
}  // namespace rapport::signals
