#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace rapport::base {
namespace {

TEST(CutUtf8, NeverEndsInsideACharacter) {
  EXPECT_EQ(cut_utf8("plain", 10), "plain");
  EXPECT_EQ(cut_utf8("plain", 5), "plain");
  EXPECT_EQ(cut_utf8("plain", 3), "pla");
  EXPECT_EQ(cut_utf8("a\u20ac", 4), "a\u20ac");
  EXPECT_EQ(cut_utf8("a\u20acb", 4), "a\u20ac");
  EXPECT_EQ(cut_utf8("a\u20ac", 3), "a");
  EXPECT_EQ(cut_utf8("a\u20ac", 2), "a");
  EXPECT_EQ(cut_utf8("\U0001F600", 3), "");
  EXPECT_EQ(cut_utf8("\x80\x80\x80", 2), "") << "no UTF-8 at all";
}

}  // namespace
}  // namespace rapport::base
