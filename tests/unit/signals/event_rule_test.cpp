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

TEST(EventRule, ReadsTheTimeAtWhichAPromiseIsDue) {
  domain::Interaction head;
  domain::Event promise;
  promise.kind = domain::EventKind::promise;
  auto const due = [&](std::string text) {
    promise.attributes = {{"", "due", domain::Value::of_text(std::move(text))}};
    return due_of(promise, head);
  };
  EXPECT_EQ(due("2026-03-02T10:00:00Z"), -1) << "an interaction without a date places no moment";
  head.started_at = *base::parse_rfc3339("2026-03-02T09:00:00Z");
  EXPECT_EQ(due("2026-03-02T10:00:00Z"), 3'600'000);
  EXPECT_EQ(due("2026-03-02T10:00:00+01:00"), 0);
  EXPECT_EQ(due("2026-03-01T09:00:00Z"), -1);
  EXPECT_EQ(due("Tuesday"), -1);
  promise.attributes.clear();
  EXPECT_EQ(due_of(promise, head), -1);
}

}  // namespace
}  // namespace rapport::signals
