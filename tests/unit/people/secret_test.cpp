#include "people/secret.hpp"

#include <gtest/gtest.h>

#include <set>

namespace rapport::people {
namespace {

TEST(Secret, IsLongAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(seen.insert(random_secret()).second);
  EXPECT_EQ(seen.begin()->size(), 43U);
}

TEST(Secret, IdsAreUuidsThatSortByTime) {
  std::string const early = make_id({1'700'000'000'000});
  std::string const late = make_id({1'700'000'000'001});
  EXPECT_LT(early, late);
  EXPECT_EQ(early.size(), 36U);
  EXPECT_EQ(early.substr(0, 13), "018bcfe5-6800");
  EXPECT_EQ(early[14], '7');
  EXPECT_NE(std::string_view{"89ab"}.find(early[19]), std::string_view::npos);
}

TEST(Secret, Base64urlIsCanonical) {
  EXPECT_EQ(base64url("\xfb\xff"), "-_8");
  EXPECT_EQ(from_base64url("-_8"), "\xfb\xff");
  EXPECT_EQ(from_base64url(""), "");
  for (char const* const bad : {"-_8=", "+/8", "-_9", "-", " -_8", "-_8\n", "a", "\x80_8", "-\xff\x38"}) EXPECT_FALSE(from_base64url(bad)) << bad;
}

TEST(Secret, Base32AsInTheRfc) {  // RFC 4648, section 10, without padding
  EXPECT_EQ(base32("f"), "MY");
  EXPECT_EQ(base32("fo"), "MZXQ");
  EXPECT_EQ(base32("foo"), "MZXW6");
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(from_base32("MZXW6YTBOI"), "foobar");
  for (char const* const bad : {"M", "MZ", "mzxq", "MY======", "M1"}) EXPECT_FALSE(from_base32(bad)) << bad;
}

TEST(Secret, HmacAsInTheRfc) {  // RFC 4231, test case 2
  std::string const mac = hmac_sha256("Jefe", "what do ya want for nothing?");
  constexpr std::string_view expected{
      "\x5b\xdc\xc1\x46\xbf\x60\x75\x4e\x6a\x04\x24\x26\x08\x95\x75\xc7"
      "\x5a\x00\x3f\x08\x9d\x27\x39\x83\x9d\xec\x58\xb9\x64\xec\x38\x43",
      32};
  EXPECT_EQ(mac, expected);
}

TEST(Secret, ComparesAndWipes) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
  EXPECT_TRUE(equal_in_constant_time("", ""));
  std::string secret = "hidden";
  wipe(secret);
  EXPECT_TRUE(secret.empty());
}

}  // namespace
}  // namespace rapport::people
