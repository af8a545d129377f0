#include "playbook/quantity.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/decimal.hpp"
#include "base/limits.hpp"

namespace rapport::playbook {
namespace {

RC_GTEST_PROP(Thousandths, AreWrittenAsTheyAreRead, ()) {
  auto const value = *rc::gen::inRange<std::int64_t>(-999'999'999'999, 999'999'999'999);
  RC_ASSERT(base::parse_thousandths(write_thousandths(value)) == value);
}

TEST(Millis, KnowTheirUnits) {
  EXPECT_EQ(parse_millis("500 ms"), 500);
  EXPECT_EQ(parse_millis("20 s"), 20'000);
  EXPECT_EQ(parse_millis("20s"), 20'000);
  EXPECT_EQ(parse_millis("0.5 s"), 500);
  EXPECT_EQ(parse_millis("1.5 min"), 90'000);
  EXPECT_EQ(parse_millis("24 h"), 24 * base::hour);
  EXPECT_EQ(parse_millis("0 s"), 0);
}

TEST(Millis, RefuseOtherUnitsPartsAndExcess) {
  for (char const* text : {"", "20", "s", "20 S", "20 sec", "-1 s", "0.5 ms", "0.0001 s", "87601 h", "99999999999999 h", "20 s s"}) {
    EXPECT_EQ(parse_millis(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_millis("87600 h"), limits::interaction_span_max);
}

RC_GTEST_PROP(Millis, AreWrittenAsTheyAreRead, ()) {
  auto const span = *rc::gen::inRange<base::Millis>(0, limits::interaction_span_max + 1);
  RC_ASSERT(parse_millis(write_millis(span)) == span);
}

TEST(Band, IsInThousandthsOfItsMeasure) {
  auto const band = [](char const* text) { return parse_band(text).value_or(Band{-1, -1}); };
  EXPECT_EQ(band("..120 s").high, 120'000);
  EXPECT_EQ(band("..120 s").low, std::nullopt);
  EXPECT_EQ(band("2 s..").low, 2'000);
  EXPECT_EQ(band("2 s..").high, std::nullopt);
  EXPECT_EQ(band("30..70 %").low, 300);
  EXPECT_EQ(band("30..70 %").high, 700);
  EXPECT_EQ(band("500 ms..2 min").low, 500);
  EXPECT_EQ(band("500 ms..2 min").high, 120'000);
  EXPECT_EQ(band("110..220 wpm").high, 220'000);
  EXPECT_EQ(band("..60 words").high, 60'000);
  EXPECT_EQ(band("-0.2..0.3").low, -200);
  EXPECT_EQ(band("3..3").high, 3'000);
  EXPECT_EQ(band("..24 h").high, 24 * base::hour);
}

TEST(Band, RefusesWhatIsNone) {
  for (char const* text : {"", "..", "5", "5 s", "a..b", "7..3", "1..2 apples", "1...2", "..0.05 %", "..0.5 ms", "1 s..2 s..3 s"}) {
    EXPECT_FALSE(parse_band(text)) << text;
  }
}

TEST(CountBand, IsOfWholeNumbers) {
  EXPECT_EQ(parse_count_band("5")->low, 5);
  EXPECT_EQ(parse_count_band("5")->high, 5);
  EXPECT_EQ(parse_count_band("1..6")->high, 6);
  EXPECT_EQ(parse_count_band("6..")->high, std::nullopt);
  EXPECT_EQ(parse_count_band("..6")->low, std::nullopt);
  for (char const* text : {"", "..", "1.5", "-1..2", "6..1", "2 words", "1..x", "x..1", "2000000..x"}) EXPECT_FALSE(parse_count_band(text)) << text;
}

}  // namespace
}  // namespace rapport::playbook
