#include "people/totp.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

#include "people/secret.hpp"

namespace rapport::people {
namespace {

std::string const totp_key = "12345678901234567890";  // of the RFCs' vectors

TEST(Hotp, GivesTheVectorsOfItsRfc) {  // RFC 4226, appendix D
  std::array<std::string, 10> const codes{"755224", "287082", "359152", "969429", "338314",
                                          "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t counter = 0; counter < codes.size(); ++counter) EXPECT_EQ(hotp(totp_key, counter, 6), codes[counter]);
}

TEST(Totp, GivesTheVectorsOfItsRfc) {  // RFC 6238, appendix B, SHA-1
  struct Vector {
    std::int64_t seconds;
    char const* code;
  };
  for (Vector const& vector : {Vector{59, "94287082"}, Vector{1'111'111'109, "07081804"}, Vector{1'111'111'111, "14050471"},
                               Vector{1'234'567'890, "89005924"}, Vector{2'000'000'000, "69279037"},
                               Vector{20'000'000'000, "65353130"}}) {
    auto const step = totp_step_of({vector.seconds * base::second});
    EXPECT_EQ(hotp(totp_key, static_cast<std::uint64_t>(step), 8), vector.code);
  }
}

TEST(Totp, TakesTheStepBeforeAndAfter) {
  base::Instant const now{1'700'000'015'000};
  std::int64_t const step = totp_step_of(now);
  for (std::int64_t const near : {step - 1, step, step + 1}) {
    EXPECT_EQ(verify_totp(totp_key, hotp(totp_key, static_cast<std::uint64_t>(near), 6), now, 0), near);
  }
  for (std::int64_t const far : {step - 2, step + 2}) {
    EXPECT_FALSE(verify_totp(totp_key, hotp(totp_key, static_cast<std::uint64_t>(far), 6), now, 0));
  }
  EXPECT_FALSE(verify_totp(totp_key, "", now, 0));
  EXPECT_FALSE(verify_totp(totp_key, hotp(totp_key, static_cast<std::uint64_t>(step), 8), now, 0));
}

TEST(Totp, TakesNoStepTwiceNorAnEarlierOne) {
  base::Instant const now{1'700'000'015'000};
  std::int64_t const step = totp_step_of(now);
  std::string const code = hotp(totp_key, static_cast<std::uint64_t>(step), 6);
  EXPECT_FALSE(verify_totp(totp_key, code, now, step));
  EXPECT_FALSE(verify_totp(totp_key, hotp(totp_key, static_cast<std::uint64_t>(step - 1), 6), now, step));
  EXPECT_EQ(verify_totp(totp_key, hotp(totp_key, static_cast<std::uint64_t>(step + 1), 6), now, step), step + 1);
}

TEST(Totp, IsShownToAnAuthenticator) {
  EXPECT_EQ(otpauth_uri(totp_key, "Acme & Co", "ana@example.org"),
            "otpauth://totp/Acme%20%26%20Co:ana%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=Acme%20%26%20Co&algorithm=SHA1&digits=6&period=30");
  EXPECT_EQ(make_totp_key().size(), 20U);
}

TEST(RecoveryCodes, AreTenAndForgiveHowTheyAreTyped) {
  auto const codes = make_recovery_codes();
  EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10U);
  EXPECT_EQ(codes.front().size(), 19U);
  EXPECT_EQ(hash_recovery_code("ABCD-EFGH-IJKL-MNOP"), hash_recovery_code("abcdefgh ijklmnop"));
  EXPECT_NE(hash_recovery_code("ABCD-EFGH-IJKL-MNOP"), hash_recovery_code("ABCD-EFGH-IJKL-MNOQ"));
}

}  // namespace
}  // namespace rapport::people
