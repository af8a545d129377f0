#include "base/decimal.hpp"

#include <gtest/gtest.h>

namespace rapport::base {
namespace {

TEST(Decimal, ReadsThousandths) {
  EXPECT_EQ(parse_thousandths("0"), 0);
  EXPECT_EQ(parse_thousandths("12"), 12'000);
  EXPECT_EQ(parse_thousandths("1.5"), 1'500);
  EXPECT_EQ(parse_thousandths("-0.001"), -1);
  EXPECT_EQ(parse_thousandths("999999999999999.999"), 999'999'999'999'999'999);
}

TEST(Decimal, RefusesAllElse) {
  for (std::string_view const text : {"", "-", ".5", "5.", "1.2345", "1e3", " 1", "1 ", "+1", "1,5", "0x1", "1000000000000000"}) {
    EXPECT_EQ(parse_thousandths(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace rapport::base
