#include "people/password.hpp"

#include <gtest/gtest.h>

namespace rapport::people {
namespace {

TEST(Password, VerifiesItsOwnHashOnly) {
  auto const hash = hash_password("four little yellow birds", least_cost);
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$argon2id$"));
  EXPECT_TRUE(verify_password("four little yellow birds", *hash));
  EXPECT_FALSE(verify_password("four little yellow bird", *hash));
  EXPECT_FALSE(verify_password("", *hash));
  EXPECT_FALSE(verify_password("", ""));
  EXPECT_FALSE(verify_password("x", "$argon2id$broken"));
  EXPECT_NE(*hash, *hash_password("four little yellow birds", least_cost)) << "salted";
}

TEST(Password, IsHashedAgainWhenTheCostChanges) {
  auto const hash = hash_password("four little yellow birds", least_cost);
  EXPECT_FALSE(needs_rehash(*hash, least_cost));
  EXPECT_TRUE(needs_rehash(*hash, {.passes = 2, .memory_bytes = 8'192}));
  EXPECT_TRUE(needs_rehash(*hash, {.passes = 1, .memory_bytes = 16'384}));
}

TEST(Password, TheDefaultCostIsAboveTheCommonMinimum) {
  HashCost const cost;
  EXPECT_GE(cost.passes, 2U);
  EXPECT_GE(cost.memory_bytes, std::size_t{19} << 20U);
}

TEST(Password, MustBeLongEnough) {
  EXPECT_EQ(password_problem("elevensigns", "ana"), "shorter than 12 characters");
  EXPECT_FALSE(password_problem("twelve signs", "ana"));
  EXPECT_EQ(password_problem("ééééééééabc", "ana"), "shorter than 12 characters") << "characters, not bytes";
  EXPECT_FALSE(password_problem("éàüöñçßøåæœþ", "ana"));
  std::string const long_one = "abcdefgh" + std::string(120, 'x');
  EXPECT_FALSE(password_problem(long_one, "ana"));
  EXPECT_EQ(password_problem(long_one + "x", "ana"), "longer than 128 characters");
  EXPECT_EQ(password_problem(std::string(1U << 20U, 'x'), "ana"), "longer than 128 characters");
}

TEST(Password, MustNotBeTheLogin) {
  EXPECT_EQ(password_problem("ana.rodrigues", "Ana.Rodrigues"), "the login");
  EXPECT_EQ(password_problem("ANA.rodrigues1!", "ana.rodrigues"), "the login");
  EXPECT_FALSE(password_problem("ana.rodrigues went home", "ana.rodrigues"));
}

TEST(Password, MustNotBeCommon) {
  EXPECT_EQ(password_problem("PasswordPassword", "ana"), "one of the commonest passwords");
  EXPECT_EQ(password_problem("123456789012", "ana"), "one of the commonest passwords");
  EXPECT_EQ(password_problem("aaaaaaaaaaaaaaab", "ana"), "fewer than five different characters");
}

}  // namespace
}  // namespace rapport::people
