#include "server/http/byte_range.hpp"

#include <gtest/gtest.h>

namespace rapport::server::http {
namespace {

using Kind = RangeAsked::Kind;

RangeAsked part(std::uint64_t first, std::uint64_t last) { return {Kind::part, {first, last}}; }

TEST(ByteRange, IsReadAsTheStandardSays) {
  EXPECT_EQ(range_asked("bytes=0-0", 100), part(0, 0));
  EXPECT_EQ(range_asked("bytes=10-19", 100), part(10, 19));
  EXPECT_EQ(range_asked("bytes=10-", 100), part(10, 99));
  EXPECT_EQ(range_asked("bytes=10-1000", 100), part(10, 99));
  EXPECT_EQ(range_asked("bytes=-30", 100), part(70, 99));
  EXPECT_EQ(range_asked("bytes=-300", 100), part(0, 99));
}

TEST(ByteRange, BeyondTheFileIsNone) {
  for (char const* header : {"bytes=100-", "bytes=100-200", "bytes=-0"}) EXPECT_EQ(range_asked(header, 100).kind, Kind::beyond) << header;
  EXPECT_EQ(range_asked("bytes=0-", 0).kind, Kind::beyond);
  EXPECT_EQ(range_asked("bytes=-5", 0).kind, Kind::beyond);
}

TEST(ByteRange, WhatIsNotUnderstoodIsIgnored) {
  EXPECT_EQ(range_asked(std::nullopt, 100).kind, Kind::whole);
  for (char const* header : {"", "bytes=", "bytes=-", "bytes=5", "bytes=9-3", "bytes=1-2,5-6", "bytes=a-b", "bytes= 1-2", "bytes=+1-2", "lines=1-2", "bytes=99999999999999999999-"}) {
    EXPECT_EQ(range_asked(header, 100).kind, Kind::whole) << header;
  }
}

}  // namespace
}  // namespace rapport::server::http
