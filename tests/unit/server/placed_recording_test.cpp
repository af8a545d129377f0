#include "server/api/placed_recording.hpp"

#include <gtest/gtest.h>

namespace rapport::server::api {
namespace {

PlacedRecording of(std::string_view text, std::string_view country) {
  auto const rule = PlacedRecordingRule::parse(text);
  EXPECT_TRUE(rule) << text;
  return rule ? rule->of(country) : PlacedRecording::never;
}

TEST(PlacedRecording, WhatHoldsForAllAndExceptionsByCountry) {
  EXPECT_EQ(of("", "GB"), PlacedRecording::always);
  EXPECT_EQ(of("ask", "GB"), PlacedRecording::asked);
  EXPECT_EQ(of("record, DE ask,FR never", "GB"), PlacedRecording::always);
  EXPECT_EQ(of("record, DE ask,FR never", "DE"), PlacedRecording::asked);
  EXPECT_EQ(of("record, DE ask,FR never", "FR"), PlacedRecording::never);
  EXPECT_EQ(of("ask, DE prompt", "DE"), PlacedRecording::prompted);
  EXPECT_EQ(of("DE never", "DE"), PlacedRecording::never);
  EXPECT_EQ(of("DE never", "GB"), PlacedRecording::always);
}

TEST(PlacedRecording, WhatIsNoRuleIsRefused) {
  for (std::string_view const text : {"yes", "record never", "de ask", "DEU ask", "record, ask", "DE", "DE ask never", "record,,DE ask"}) EXPECT_FALSE(PlacedRecordingRule::parse(text)) << text;
}

}  // namespace
}  // namespace rapport::server::api
