// What kind of number somebody wants to call.
#include "customers/callee.hpp"

#include <gtest/gtest.h>

namespace rapport::customers {
namespace {

using Kind = Callee::Kind;

Kind kind_of(std::string_view text, std::string_view region = "GB") {
  auto const read = read_callee(text, region);
  return read ? read->kind : Kind::unknown;
}

TEST(Callee, OrdinaryNumbersAreE164WithTheirCountry) {
  auto const read = read_callee("020 7946 0123", "GB");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->kind, Kind::ordinary);
  EXPECT_EQ(read->number, "+442079460123");
  EXPECT_EQ(read->region, "GB");
  EXPECT_EQ(read_callee("+1 212 555 0123", "GB")->region, "US");
  EXPECT_EQ(kind_of("07400 123456"), Kind::ordinary);
  EXPECT_EQ(kind_of("0800 123 4567"), Kind::ordinary);
}

TEST(Callee, EmergencyNumbersAreSoInEveryWritingAndEverywhere) {
  for (std::string_view const text : {"999", "112", "911", "1 1 2", "tel:999"}) EXPECT_EQ(kind_of(text), Kind::emergency) << text;
  EXPECT_EQ(kind_of("110", "DE"), Kind::emergency);
  EXPECT_EQ(kind_of("112", {}), Kind::emergency);
  EXPECT_EQ(read_callee("99 9", "GB")->number, "999");
}

TEST(Callee, WhatCostsMoreAndWhatNoPlanKnows) {
  EXPECT_EQ(kind_of("0909 879 0000"), Kind::premium);
  EXPECT_EQ(kind_of("+44 20 7946 01234"), Kind::unknown);
  EXPECT_EQ(kind_of("+44 20 7946 01234567"), Kind::unknown);
  EXPECT_FALSE(read_callee("nobody", "GB"));
  EXPECT_FALSE(read_callee("020 7946 0123", {}));
}

}  // namespace
}  // namespace rapport::customers
