#include "base/id.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/hash.hpp"

namespace rapport::base {
namespace {

TEST(IdGenerator, MakesUuidsOfVersion7) {
  IdGenerator ids{1};
  std::regex const version_7{"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"};
  EXPECT_TRUE(std::regex_match(ids.next({1'772'442'900'000}), version_7));
}

TEST(IdGenerator, SortsByTimeEvenWhereTheClockStandsOrStepsBack) {
  IdGenerator ids{2};
  std::string last;
  for (int index = 0; index < 20'000; ++index) {
    Instant const now{index < 10'000 ? 1'000'000 : 999'000};
    std::string const next = ids.next(now);
    ASSERT_LT(last, next) << index;
    last = next;
  }
}

TEST(IdGenerator, OfDifferentSeedsDiffer) {
  IdGenerator left{3};
  IdGenerator right{4};
  std::set<std::string> seen;
  for (int index = 0; index < 1'000; ++index) {
    seen.insert(left.next({5}));
    seen.insert(right.next({5}));
  }
  EXPECT_EQ(seen.size(), 2'000U);
}

TEST(IdGenerator, CarriesItsMoment) {
  IdGenerator ids{5};
  EXPECT_EQ(ids.next({0x0123456789AB}).substr(0, 13), "01234567-89ab");
}

TEST(Sha256, IsThatOfTheStandard) {  // FIPS 180-4, examples
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Fnv1a, IsThatOfItsAuthors) {
  EXPECT_EQ(fnv1a(""), 0xcbf29ce484222325ULL);
  EXPECT_EQ(fnv1a("a"), 0xaf63dc4c8601ec8cULL);
  EXPECT_EQ(fnv1a("foobar"), 0x85944171f73967e8ULL);
}

}  // namespace
}  // namespace rapport::base
