#include "domain/interaction.hpp"

#include <gtest/gtest.h>

namespace rapport::domain {
namespace {

Interaction with_participants() {
  Interaction head;
  head.participants.resize(3);
  head.participants[0].id = "p1";
  head.participants[0].role = Role::customer;
  head.participants[1].id = "p2";
  head.participants[1].role = Role::agent;
  head.participants[2].id = "p3";
  head.participants[2].role = Role::agent;
  return head;
}

TEST(Interaction, FindsParticipantsByIdAndRole) {
  Interaction const head = with_participants();
  EXPECT_EQ(head.find("p3"), 2);
  EXPECT_EQ(head.find("p4"), nobody);
  EXPECT_EQ(head.first_of(Role::agent), 1);
  EXPECT_EQ(head.first_of(Role::bot), nobody);
}

TEST(Interaction, WithoutADateIsThatOfTheEpoch) {
  Interaction head;
  EXPECT_FALSE(head.has_date());
  head.started_at = {1};
  EXPECT_TRUE(head.has_date());
}

TEST(Event, FindsAttributesByGroupAndName) {
  Event event;
  event.attributes = {{"known", "name", Value::of_text("Pat")}, {{}, "name", Value::of_thousandths(2'500)}};
  ASSERT_NE(event.find("known", "name"), nullptr);
  EXPECT_EQ(event.find("known", "name")->text, "Pat");
  EXPECT_EQ(event.find("name")->number, 2'500);
  EXPECT_EQ(event.find("absent"), nullptr);
  EXPECT_EQ(event.text_of("name"), "");  // a number is no text
}

TEST(Event, WithoutAnEndEndsWhereItBegins) {
  Event event;
  event.at_ms = 7;
  EXPECT_EQ(event.end(), 7);
  event.end_ms = 9;
  EXPECT_EQ(event.end(), 9);
}

}  // namespace
}  // namespace rapport::domain
