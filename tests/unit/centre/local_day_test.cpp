// Midnight where the brand is, whatever its clocks do.
#include "centre/local_day.hpp"

#include <gtest/gtest.h>

#include "centre/zone_table.hpp"

namespace rapport::centre {
namespace {

base::Instant at(char const* text) { return *base::parse_rfc3339(text); }

base::Instant day(char const* zone, char const* moment) {
  auto const table = zone_table(zone, at("2026-06-01T00:00:00Z"));
  EXPECT_TRUE(table) << zone;
  return local_day(*table, at(moment));
}

TEST(LocalDay, BeginsAtMidnightThere) {
  EXPECT_EQ(day("UTC", "2026-03-02T23:59:59Z"), at("2026-03-02T00:00:00Z"));
  EXPECT_EQ(day("Europe/London", "2026-07-02T23:30:00Z"), at("2026-07-02T23:00:00Z"));
  EXPECT_EQ(day("Asia/Kathmandu", "2026-07-02T18:15:00Z"), at("2026-07-02T18:15:00Z"));
  EXPECT_EQ(day("America/New_York", "2026-01-02T03:00:00Z"), at("2026-01-01T05:00:00Z"));
}

TEST(LocalDay, OfTheDayOnWhichClocksChangeToo) {
  EXPECT_EQ(day("Europe/London", "2026-03-29T12:00:00Z"), at("2026-03-29T00:00:00Z"));
  EXPECT_EQ(day("Europe/London", "2026-10-25T12:00:00Z"), at("2026-10-24T23:00:00Z"));
  EXPECT_EQ(day("Europe/London", "2026-10-24T23:00:00Z"), at("2026-10-24T23:00:00Z"));
}

TEST(LocalDay, WithoutAMidnightItBeginsAfterTheGap) {
  // Beirut's clocks go from midnight to one on 29 March 2026.
  EXPECT_EQ(day("Asia/Beirut", "2026-03-29T10:00:00Z"), at("2026-03-28T22:00:00Z"));
}

}  // namespace
}  // namespace rapport::centre
