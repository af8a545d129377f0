#include "phone/session_timer.hpp"

#include <gtest/gtest.h>

namespace rapport::phone {
namespace {

constexpr base::Instant start{1'000'000};
using Due = SessionTimer::Due;
using Refresher = SessionTimer::Refresher;

std::optional<SessionTimer> agreed(std::string_view expires, std::string_view least = "", bool supports = true) {
  auto const timer = SessionTimer::negotiate(expires, least, supports, start);
  EXPECT_TRUE(timer) << expires;
  return timer ? *timer : std::nullopt;
}

std::optional<SessionTimer::Refusal> refusal(std::string_view expires, std::string_view least = "", bool supports = true) {
  auto const timer = SessionTimer::negotiate(expires, least, supports, start);
  if (timer) return std::nullopt;
  return timer.error();
}

TEST(SessionTimer, IsNoneWhereNobodyAsks) { EXPECT_FALSE(agreed("")); }

TEST(SessionTimer, TheCallerRefreshesWhereItCan) {
  auto timer = agreed("1800");
  ASSERT_TRUE(timer);
  EXPECT_EQ(timer->refresher(), Refresher::caller);
  EXPECT_EQ(timer->headers(), "Require: timer\r\nSession-Expires: 1800;refresher=uac\r\n");
  // It is over a little before the interval is, so that both ends agree that it is.
  EXPECT_EQ(timer->due(start + 1'767 * base::second), Due::nothing);
  EXPECT_EQ(timer->due(start + 1'768 * base::second), Due::over);
  timer->refreshed(start + 1'000 * base::second);
  EXPECT_EQ(timer->due(start + 1'768 * base::second), Due::nothing);
  EXPECT_EQ(timer->due(start + 2'768 * base::second), Due::over);
}

TEST(SessionTimer, AShortOneIsOverAfterTwoThirds) {
  auto const timer = agreed("90;refresher=uac");
  ASSERT_TRUE(timer);
  EXPECT_EQ(timer->due(start + 59 * base::second), Due::nothing);
  EXPECT_EQ(timer->due(start + 60 * base::second), Due::over);
}

TEST(SessionTimer, WeRefreshWhereTheyLeaveItToUs) {
  for (auto const& timer : {agreed("600 ; Refresher=UAS"), agreed("600", "", false)}) {
    ASSERT_TRUE(timer);
    EXPECT_EQ(timer->refresher(), Refresher::us);
    EXPECT_EQ(timer->headers(), "Session-Expires: 600;refresher=uas\r\n");
    EXPECT_EQ(timer->due(start + 299 * base::second), Due::nothing);
    EXPECT_EQ(timer->due(start + 300 * base::second), Due::refresh);
    EXPECT_EQ(timer->due(start + base::hour), Due::refresh) << "what is left to us is never over by itself";
  }
}

TEST(SessionTimer, TheIntervalKeepsItsBounds) {
  EXPECT_EQ(refusal("89"), SessionTimer::Refusal::too_small);
  EXPECT_EQ(refusal("0"), SessionTimer::Refusal::too_small);
  EXPECT_EQ(agreed("30", "", false)->interval(), limits::session_ms_min);
  EXPECT_EQ(agreed("4294967295")->interval(), limits::session_ms_max);
  EXPECT_EQ(agreed("90000", "86400")->interval(), 86'400 * base::second) << "not below what they can bear";
}

TEST(SessionTimer, RefusesWhatIsNoNumber) {
  for (char const* const bad : {"soon", "-5", "1800s", ";refresher=uac", "4294967296", "18 00x"}) EXPECT_EQ(refusal(bad), SessionTimer::Refusal::malformed) << bad;
  EXPECT_EQ(refusal("1800", "never"), SessionTimer::Refusal::malformed);
}

}  // namespace
}  // namespace rapport::phone
