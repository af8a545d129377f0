// Opening hours on local clocks: days, holidays, summer time.
#include "routing/hours.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace rapport::routing {
namespace {

base::Instant at(char const* text) { return *base::parse_rfc3339(text); }
std::int32_t day_number(char const* date) {
  return static_cast<std::int32_t>(at((std::string{date} + "T00:00:00Z").c_str()).since_epoch / base::day);
}

/// London in 2026: an hour ahead from 29 March to 25 October. Monday to Friday nine to five, Saturday
/// until midnight; Christmas closed, Boxing Day for two hours.
OpeningHours london() {
  OpeningHours hours;
  hours.zone = {{at("2025-10-26T01:00:00Z"), 0},
                {at("2026-03-29T01:00:00Z"), base::hour},
                {at("2026-10-25T01:00:00Z"), 0},
                {at("2027-03-28T01:00:00Z"), base::hour}};
  for (std::int32_t day = 0; day < 5; ++day) hours.week.push_back({day, 9 * 60, 17 * 60});
  hours.week.push_back({5, 20 * 60, 24 * 60});
  hours.holidays.push_back({day_number("2026-12-25"), 0, 0});
  hours.holidays.push_back({day_number("2026-12-26"), 10 * 60, 12 * 60});
  return hours;
}

TEST(OpeningHours, NoneAtAllIsAlwaysOpen) {
  EXPECT_TRUE(is_open({}, at("2026-03-02T03:00:00Z")));
  EXPECT_EQ(next_change({}, at("2026-03-02T03:00:00Z")), std::nullopt);
}

TEST(OpeningHours, OpenFromTheFirstMinuteToBeforeTheLast) {
  EXPECT_FALSE(is_open(london(), at("2026-03-02T08:59:59.999Z")));
  EXPECT_TRUE(is_open(london(), at("2026-03-02T09:00:00Z")));
  EXPECT_TRUE(is_open(london(), at("2026-03-02T16:59:59.999Z")));
  EXPECT_FALSE(is_open(london(), at("2026-03-02T17:00:00Z")));
  EXPECT_TRUE(is_open(london(), at("2026-03-07T23:59:59.999Z")));  // Saturday to its end
  EXPECT_FALSE(is_open(london(), at("2026-03-08T00:00:00Z")));
}

TEST(OpeningHours, FollowTheLocalClock) {
  EXPECT_FALSE(is_open(london(), at("2026-07-06T07:59:00Z")));
  EXPECT_TRUE(is_open(london(), at("2026-07-06T08:00:00Z")));
  EXPECT_FALSE(is_open(london(), at("2026-07-06T16:00:00Z")));
}

TEST(OpeningHours, BeforeTheTableItsFirstOffsetHolds) {
  EXPECT_TRUE(is_open(london(), at("2024-01-02T09:00:00Z")));
  EXPECT_TRUE(is_open(london(), at("1969-12-30T10:00:00Z")));  // a Tuesday, before the epoch
  EXPECT_FALSE(is_open(london(), at("1969-12-28T10:00:00Z")));
}

TEST(OpeningHours, HolidaysReplaceTheWeek) {
  EXPECT_FALSE(is_open(london(), at("2026-12-25T10:00:00Z")));  // a Friday
  EXPECT_TRUE(is_open(london(), at("2026-12-26T10:00:00Z")));
  EXPECT_FALSE(is_open(london(), at("2026-12-26T21:00:00Z")));  // though a Saturday evening
}

/// Minute by minute through the weeks around both changes of the clock and Christmas.
TEST(OpeningHours, NextChangeIsTheFirstMinuteThatDiffers) {
  OpeningHours const hours = london();
  for (char const* from : {"2026-03-23T00:00:00Z", "2026-10-19T00:00:00Z", "2026-12-21T00:00:00Z"}) {
    base::Instant const begin = at(from);
    base::Instant const end = begin + 13 * base::day;
    std::optional<base::Instant> later;  // the first change after the minute looked at
    for (base::Instant now = end; now >= begin; now = now + -base::minute) {
      bool const changes = is_open(hours, now) != is_open(hours, now + base::minute);
      if (changes) later = now + base::minute;
      if (later && now.since_epoch % (37 * base::minute) == 0) {
        ASSERT_EQ(next_change(hours, now), later) << base::format_rfc3339(now);
      }
    }
  }
}

TEST(OpeningHours, NeverOpenNeverChanges) {
  OpeningHours hours;
  hours.holidays.push_back({day_number("2020-01-01"), 0, 0});
  EXPECT_FALSE(is_open(hours, at("2026-03-02T09:00:00Z")));
  EXPECT_EQ(next_change(hours, at("2026-03-02T09:00:00Z")), std::nullopt);
}

TEST(OpeningHours, WhatIsOutOfOrderIsNotValid) {
  EXPECT_TRUE(valid(london()));
  auto const broken = [](auto&& spoil) {
    OpeningHours hours = london();
    spoil(hours);
    return !valid(hours);
  };
  EXPECT_TRUE(broken([](OpeningHours& h) { h.week[0].day = 7; }));
  EXPECT_TRUE(broken([](OpeningHours& h) { h.week[0].to_minute = 1441; }));
  EXPECT_TRUE(broken([](OpeningHours& h) { h.week[0].from_minute = -1; }));
  EXPECT_TRUE(broken([](OpeningHours& h) { h.week[0].to_minute = h.week[0].from_minute; }));
  EXPECT_TRUE(broken([](OpeningHours& h) { std::swap(h.zone[0], h.zone[1]); }));
  EXPECT_TRUE(broken([](OpeningHours& h) { h.zone[0].offset_ms = base::day; }));
  EXPECT_TRUE(broken([](OpeningHours& h) { h.week.resize(limits::opening_spans_max + 1, h.week[0]); }));
  EXPECT_TRUE(broken([](OpeningHours& h) { h.zone.resize(limits::zone_changes_max + 1, h.zone[3]); }));
}

}  // namespace
}  // namespace rapport::routing
