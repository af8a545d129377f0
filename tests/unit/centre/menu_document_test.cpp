// A menu as it is written becomes a menu, and back; what is wrong is named with its place.
#include "centre/menu_document.hpp"

#include <gtest/gtest.h>

namespace rapport::centre {
namespace {

constexpr base::Instant now{1'772'442'000'000};  // 2026-03-02

std::string error_of(std::string_view text) {
  auto const menu = parse_menu(text, now);
  return menu ? "read" : menu.error().message;
}

constexpr std::string_view whole = R"({"label": "Main menu", "numbers": ["+442079460000"], "language": "en-GB", "start": "welcome", "steps": {
  "welcome": {"do": "say", "text": "Welcome.", "next": "recorded"},
  "recorded": {"do": "consent", "text": "Press one to be recorded.", "tries": 1, "next": "hours", "otherwise": "hours"},
  "hours": {"do": "hours", "hours": {"zone": "Europe/London", "week": {"mon": ["09:00-17:00"]}}, "next": "choose", "otherwise": "closed"},
  "choose": {"do": "menu", "text": "Press one.", "wrong": "Sorry?", "keys": {"1": "account", "#": "closed"}, "patience_seconds": 2.5, "tries": 2, "otherwise": "support"},
  "account": {"do": "ask", "text": "Your number.", "field": "account_number", "digits_min": 4, "digits_max": 8, "next": "support", "otherwise": "support"},
  "support": {"do": "queue", "queue": "support", "otherwise": "night"},
  "night": {"do": "voicemail", "text": "Please leave a message.", "sound": "greeting", "queue": "support", "longest_seconds": 90},
  "closed": {"do": "hang_up", "sound": "goodbye"}}})";

TEST(MenuDocument, IsReadWholeAndComesBackAsItWas) {
  auto const menu = parse_menu(whole, now);
  ASSERT_TRUE(menu) << menu.error().message;
  EXPECT_EQ((*menu).steps.size(), 8U);
  EXPECT_EQ((*menu).steps.at("choose").patience_ms, 2'500);
  EXPECT_EQ((*menu).steps.at("choose").keys.at('#'), "closed");
  EXPECT_EQ((*menu).steps.at("account").digits_max, 8);
  EXPECT_EQ((*menu).steps.at("night").longest_ms, 90'000);
  EXPECT_EQ((*menu).steps.at("closed").sound, "goodbye");
  auto const again = read_menu(menu_json(*menu), now);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, *menu);
}

TEST(MenuDocument, WhatIsWrongIsNamedWithItsPlaceAndWhatWasExpected) {
  EXPECT_EQ(error_of("{"), "menu: not valid JSON: incomplete JSON");
  EXPECT_EQ(error_of(R"({"steps": {}})"), "field \"start\" is missing");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {}})"), "start: found \"a\"; expected the name of a step");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {"a": {"do": "sing"}}})"), "steps.a.do: found \"sing\"; expected one of say, menu, ask, hours, consent, queue, hang_up, callback, voicemail, transfer");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {"a": {"do": "voicemail"}}})"), "steps.a: field \"queue\" is missing");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {"a": {"do": "say", "next": "a"}}})"), "steps.a.text: missing; expected text, or the id of a sound in \"sound\"");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {"a": {"do": "say", "text": "Hi", "next": "b"}}})"), "steps.a.next: found \"b\"; expected the name of a step");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {"a": {"do": "menu", "keys": {"A": "a"}, "otherwise": "a"}}})"), "steps.a.keys.A: expected one of the keys 0123456789*#");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {"a": {"do": "menu", "keys": {"1": "b"}, "otherwise": "a"}}})"), "steps.a.keys.1: found \"b\"; expected the name of a step");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {"a": {"do": "hang_up"}, "b": {"do": "hang_up"}}})"), "steps.b: no way leads here from \"a\"; expected every step to be reached");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {"a": {"do": "queue", "queue": "q", "keys": {}}}})").substr(0, 7), "steps.a");
  EXPECT_EQ(error_of(R"({"start": "a", "steps": {"a": {"do": "ask", "field": "pin", "digits_min": 6, "digits_max": 4, "next": "a", "otherwise": "a"}}})"),
            "steps.a.digits_max: found 4; expected a whole number from 6 to 32");
}

}  // namespace
}  // namespace rapport::centre
