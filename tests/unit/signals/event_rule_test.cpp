#include "signals/event_rule.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace rapport::signals {
namespace {

using domain::Role;

EventSource message_where(std::vector<FieldTest> tests) { return {domain::EventKind::message, false, std::move(tests)}; }

domain::Event message(std::optional<Role> by, std::string text = "hello") {
  domain::Event event;
  event.kind = domain::EventKind::message;
  event.by = by;
  event.text = std::move(text);
  return event;
}

TEST(EventRule, KnowsWhoseEventsItWants) {
  EventRule const agents{1, message_where({{"", "by", {"agent", "supervisor"}, false}})};
  EXPECT_TRUE(agents.matches(message(Role::agent)));
  EXPECT_TRUE(agents.matches(message(Role::supervisor)));
  EXPECT_FALSE(agents.matches(message(Role::customer)));
  EXPECT_FALSE(agents.matches(message(std::nullopt)));
}

TEST(EventRule, TakesEverybodysWhereItDoesNotAsk) {
  EventRule const all{1, message_where({})};
  EXPECT_TRUE(all.matches(message(Role::bot)));
  EXPECT_TRUE(all.matches(message(std::nullopt)));
}

TEST(EventRule, AsksWhetherAnybodyIsNamed) {
  EventRule const named{1, message_where({{"", "by", {}, false}})};
  EXPECT_TRUE(named.matches(message(Role::customer)));
  EXPECT_FALSE(named.matches(message(std::nullopt)));
  EventRule const nobody{1, message_where({{"", "by", {}, true}})};
  EXPECT_FALSE(nobody.matches(message(Role::customer)));
  EXPECT_TRUE(nobody.matches(message(std::nullopt)));
}

TEST(EventRule, WantsAllOtherTestsPassedToo) {
  EventRule const said{1, message_where({{"", "by", {"customer"}, true}, {"", "text", {"hello"}, false}})};
  EXPECT_TRUE(said.matches(message(Role::agent)));
  EXPECT_FALSE(said.matches(message(Role::customer)));
  EXPECT_FALSE(said.matches(message(Role::agent, "goodbye")));
}

/// "by" of a group is a field like others.
TEST(EventRule, AFieldOfAGroupIsNotWhoDidIt) {
  EventRule const grouped{1, message_where({{"known", "by", {"agent"}, false}})};
  EXPECT_FALSE(grouped.matches(message(Role::agent)));
}

}  // namespace
}  // namespace rapport::signals
