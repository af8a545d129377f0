#include "server/http/rate_limiter.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rapport::server::http {
namespace {

constexpr base::Instant start{1'000'000};

TEST(RateLimiter, AllowsABurstThenTheRate) {
  RateLimiter limiter{{3, 6}};  // one more each ten seconds
  for (int count = 0; count < 3; ++count) EXPECT_TRUE(limiter.take("a", start).allowed);
  auto const refused = limiter.take("a", start);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.retry_after_ms, 10'000);
  EXPECT_TRUE(limiter.take("b", start).allowed);
  EXPECT_FALSE(limiter.take("a", start + 9'999).allowed);
  EXPECT_TRUE(limiter.take("a", start + 10'000).allowed);
  EXPECT_FALSE(limiter.take("a", start + 10'000).allowed);
}

TEST(RateLimiter, FillsUpToTheBurstOnly) {
  RateLimiter limiter{{2, 60}};
  EXPECT_TRUE(limiter.take("a", start).allowed);
  base::Instant const years_later = start + 3000 * 365 * base::day;
  EXPECT_TRUE(limiter.take("a", years_later).allowed);
  EXPECT_TRUE(limiter.take("a", years_later).allowed);
  EXPECT_FALSE(limiter.take("a", years_later).allowed);
}

TEST(RateLimiter, AClockThatStepsBackGivesNothing) {
  RateLimiter limiter{{1, 60}};
  EXPECT_TRUE(limiter.take("a", start).allowed);
  EXPECT_FALSE(limiter.take("a", start + -base::hour).allowed);
  EXPECT_FALSE(limiter.take("a", start + 999).allowed);
  EXPECT_TRUE(limiter.take("a", start + 1000).allowed);
}

TEST(RateLimiter, ForgetsTheKeyAskedLongestAgo) {
  RateLimiter limiter{{1, 1}, 2};
  EXPECT_TRUE(limiter.take("a", start).allowed);
  EXPECT_TRUE(limiter.take("b", start).allowed);
  EXPECT_FALSE(limiter.take("a", start).allowed);
  EXPECT_TRUE(limiter.take("c", start).allowed);  // b goes
  EXPECT_EQ(limiter.keys(), 2U);
  EXPECT_FALSE(limiter.take("a", start).allowed);
  EXPECT_TRUE(limiter.take("b", start).allowed);
  limiter.forget("b");
  EXPECT_TRUE(limiter.take("b", start).allowed);
}

RC_GTEST_PROP(RateLimiterProperty, NeverMoreThanBurstAndRateAndRetryIsExact, ()) {
  auto const burst = *rc::gen::inRange<std::int64_t>(1, 20);
  auto const per_minute = *rc::gen::inRange<std::int64_t>(1, 1000);
  RateLimiter limiter{{burst, per_minute}};
  base::Instant now = start;
  std::int64_t allowed = 0;
  for (int step = 0; step < 200; ++step) {
    auto const verdict = limiter.take("a", now);
    allowed += verdict.allowed ? 1 : 0;
    RC_ASSERT(allowed * base::minute <= burst * base::minute + (now - start) * per_minute);
    now = now + (verdict.allowed ? *rc::gen::inRange<base::Millis>(0, 50) : verdict.retry_after_ms);
    if (!verdict.allowed) {
      RC_ASSERT(limiter.take("a", now).allowed);
      ++allowed;
    }
  }
}

}  // namespace
}  // namespace rapport::server::http
