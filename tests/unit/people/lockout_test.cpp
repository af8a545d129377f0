#include "people/lockout.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace rapport::people {
namespace {

base::Instant at(base::Millis since) { return {1'700'000'000'000 + since}; }

TEST(Lockout, PausesGrowFromTheFifthFailure) {
  Lockout lockout{100};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(0)), 0);
  EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(0)), 15 * base::second);
  EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(5'000)), 10 * base::second) << "waiting is not counted";
  EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(15'000)), 0);
  EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(15'000)), 30 * base::second);
}

TEST(Lockout, TheRulesSayHowMany) {
  Lockout lockout{100, {.attempts = 3, .pause_max = 20 * base::second}};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(0)), 0);
  EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(0)), 15 * base::second);
  EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(15'000)), 0);
  EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(15'000)), 20 * base::second);
}

TEST(Lockout, ThePauseHasAnEnd) {
  Lockout lockout{100};
  base::Instant now = at(0);
  base::Millis wait = 0;
  for (int i = 0; i < 60; ++i) {
    wait = lockout.attempt("ana", "10.0.0." + std::to_string(i), now);
    now = now + wait;
  }
  EXPECT_EQ(lockout.attempt("ana", "10.0.1.1", now) + wait, 15 * base::minute);
}

TEST(Lockout, SuccessForgetsTheAccount) {
  Lockout lockout{100};
  for (int i = 0; i < 5; ++i) lockout.attempt("ana", "10.0.0.1", at(0));
  lockout.succeeded("ana", "10.0.0.1");
  EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(1)), 0);
}

TEST(Lockout, OneAddressDoesNotTryManyAccounts) {
  Lockout lockout{1'000};
  for (int i = 0; i < 30; ++i) EXPECT_EQ(lockout.attempt("user" + std::to_string(i), "10.0.0.1", at(i)), 0);
  EXPECT_GT(lockout.attempt("another", "10.0.0.1", at(30)), 0);
  EXPECT_EQ(lockout.attempt("another", "10.0.0.2", at(30)), 0);
}

TEST(Lockout, AnOfficeThatLogsInIsNotLocked) {
  Lockout lockout{1'000};
  for (int i = 0; i < 200; ++i) {
    std::string const user = "user" + std::to_string(i);
    ASSERT_EQ(lockout.attempt(user, "10.0.0.1", at(i)), 0);
    lockout.succeeded(user, "10.0.0.1");
  }
}

TEST(Lockout, ADayForgets) {
  Lockout lockout{100};
  for (int i = 0; i < 5; ++i) lockout.attempt("ana", "10.0.0.1", at(0));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(base::day)), 0);
  EXPECT_EQ(lockout.attempt("ana", "10.0.0.1", at(base::day)), 0) << "the fifth of the new day";
  EXPECT_GT(lockout.attempt("ana", "10.0.0.1", at(base::day)), 0);
}

RC_GTEST_PROP(Lockout, IsBounded, (std::vector<std::uint8_t> const& accounts)) {
  Lockout lockout{8};
  for (auto const account : accounts) lockout.attempt(std::to_string(account), std::to_string(account % 7), at(0));
  RC_ASSERT(lockout.size() <= 8U);
}

TEST(AddressKey, TakesAnIpv6NetworkForOne) {
  EXPECT_EQ(address_key("2001:db8:1:2:3::1"), address_key("2001:db8:1:2:ffff::2"));
  EXPECT_NE(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:3::1"));
  EXPECT_EQ(address_key("::ffff:10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(address_key("10.0.0.1"), "10.0.0.1");
}

}  // namespace
}  // namespace rapport::people
