#include "phone/replaces.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rapport::phone {
namespace {

TEST(Replaces, NamesADialogByItsCallIdAndBothTags) {
  Replaces const meant{"12@host", "t", "f"};
  EXPECT_EQ(read_replaces("?Replaces=12%40host%3Bto-tag%3Dt%3Bfrom-tag%3Df"), meant);
  EXPECT_EQ(read_replaces("replaces=12@host;from-tag=f;to-tag=t"), meant);
  EXPECT_EQ(read_replaces("?Require=replaces&REPLACES=12%40host%3bTo-Tag%3dt%3bFROM-TAG%3df%3bx%3dy"), meant);
}

TEST(Replaces, IsNothingWhereItIsMissingBrokenOrTold) {
  for (char const* const headers : {"", "?", "?Subject=hello", "Replaces", "Replaces=", "Replaces=12", "Replaces=12;to-tag=t", "Replaces=12;from-tag=f;to-tag=",
                                    "Replaces=;to-tag=t;from-tag=f", "Replaces=1%4;to-tag=t;from-tag=f", "Replaces=1%zz;to-tag=t;from-tag=f", "Replaces=1%00;to-tag=t;from-tag=f",
                                    "Replaces=1%0d%0a;to-tag=t;from-tag=f", "Replaces=1;to-tag=t;to-tag=u;from-tag=f"}) {
    EXPECT_FALSE(read_replaces(headers)) << headers;
  }
}

TEST(Replaces, IsNothingOfWhatNobodyAnsweredOfTwoAndOfWhatIsTooLong) {
  std::string const one = "Replaces=1;to-tag=t;from-tag=f";
  EXPECT_TRUE(read_replaces(one));
  EXPECT_FALSE(read_replaces(one + ";early-only"));
  EXPECT_FALSE(read_replaces(one + "&" + one));
  EXPECT_FALSE(read_replaces(one + "&Subject=" + std::string(2'000, 'a')));
}

}  // namespace
}  // namespace rapport::phone
