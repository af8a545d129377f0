#include "base/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rapport::base {
namespace {

struct Moment {
  char const* text;
  Millis since_epoch;
};

class Rfc3339 : public testing::TestWithParam<Moment> {};

TEST_P(Rfc3339, IsRead) {
  auto const instant = parse_rfc3339(GetParam().text);
  ASSERT_TRUE(instant) << instant.error().message;
  EXPECT_EQ(instant->since_epoch, GetParam().since_epoch);
}

INSTANTIATE_TEST_SUITE_P(Moments, Rfc3339,
                         testing::Values(Moment{"1970-01-01T00:00:00Z", 0}, Moment{"2026-03-02T09:15:00Z", 1'772'442'900'000},
                                         Moment{"2026-03-02T10:15:00+01:00", 1'772'442'900'000},
                                         Moment{"2026-03-02t09:15:00.25z", 1'772'442'900'250},
                                         Moment{"2026-03-02 09:15:00.2509Z", 1'772'442'900'250},
                                         Moment{"1969-12-31T23:59:59.999Z", -1}, Moment{"2024-02-29T00:00:00Z", 1'709'164'800'000},
                                         Moment{"2016-12-31T23:59:60Z", 1'483'228'800'000}));

class NoRfc3339 : public testing::TestWithParam<char const*> {};

TEST_P(NoRfc3339, IsRefusedWithWhatWasExpected) {
  auto const instant = parse_rfc3339(GetParam());
  ASSERT_FALSE(instant);
  EXPECT_NE(instant.error().message.find("RFC 3339"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Texts, NoRfc3339,
                         testing::Values("", "yesterday", "2026-03-02", "2026-03-02T09:15Z", "2026-03-02T09:15:00", "2026-13-02T09:15:00Z",
                                         "2026-02-29T09:15:00Z", "2026-03-02T24:15:00Z", "2026-03-02T09:60:00Z", "2026-03-02T09:15:61Z",
                                         "2026-03-02T09:15:00.Z", "2026-03-02T09:15:00+1:00", "2026-03-02T09:15:00Zx", "0000-01-01T00:00:00Z"));

RC_GTEST_PROP(Time, WrittenIsReadBack, ()) {
  constexpr Millis first = -62'135'596'800'000;  // 0001-01-01
  constexpr Millis last = 253'402'300'799'999;   // 9999-12-31
  Instant const instant{*rc::gen::inRange<Millis>(first, last)};
  auto const read = parse_rfc3339(format_rfc3339(instant));
  RC_ASSERT(static_cast<bool>(read));
  RC_ASSERT(*read == instant);
}

TEST(Clock, IsMinutesAndSeconds) {
  EXPECT_EQ(format_clock(75'250), "01:15");
  EXPECT_EQ(format_clock(0), "00:00");
  EXPECT_EQ(format_clock(-5), "00:00");
  EXPECT_EQ(format_clock(3'600'000), "60:00");
}

}  // namespace
}  // namespace rapport::base
