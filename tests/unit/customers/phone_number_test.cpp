// However a number is written, it is one number. The numbers are from ranges kept free for fiction.
#include "customers/phone_number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rapport::customers {
namespace {

struct Writings {
  char const* e164;
  char const* region;
  std::vector<char const*> texts;
};

TEST(PhoneNumber, EveryWritingIsTheSameNumber) {
  std::vector<Writings> const numbers{
      {"+493023125123", "DE", {"030 23125123", "030/23125123", "(030) 23125-123", "030-231 25 123", "+49 30 23125123", "+49 (0) 30 23125123", "+49(0)30/23125-123", "0049 30 23125123", "00493023125123", "+4930 23125123", "tel:+49-30-23125123",
                               "\xC2\xA0+49\xC2\xA0"
                               "30 23125123 ",
                               "+49 030 23125123", "4930 23125123",
                               "\xEF\xBC\x8B"
                               "49 30 23125123",
                               "+49.30.23125.123"}},
      {"+442079460958", "GB", {"020 7946 0958", "(020) 7946 0958", "+44 20 7946 0958", "+44 (0)20 7946 0958", "0044 20 7946 0958", "+44 020 7946 0958", "44 20 7946 0958"}},
      {"+12025550143", "US", {"(202) 555-0143", "202-555-0143", "202.555.0143", "2025550143", "1 202 555 0143", "+1 202 555 0143", "011 1 202 555 0143", "+1 (202) 555-0143"}},
      {"+33199001234", "FR", {"01 99 00 12 34", "01.99.00.12.34", "+33 1 99 00 12 34", "+33 (0)1 99 00 12 34", "0033199001234"}},
      {"+390612345678", "IT", {"06 1234 5678", "+39 06 1234 5678", "0039 06 12345678"}},
      {"+4684650042", "SE", {"08-465 00 42", "+46 8 465 00 42", "+46 (0)8-465 00 42"}},
      {"+61255501234", "AU", {"(02) 5550 1234", "02 5550 1234", "+61 2 5550 1234", "0011 61 2 5550 1234"}},
  };
  for (Writings const& number : numbers) {
    for (char const* text : number.texts) {
      auto const parsed = PhoneNumber::parse(text, number.region);
      ASSERT_TRUE(parsed) << text << ": " << describe(parsed.error());
      EXPECT_EQ(parsed->e164(), number.e164) << text;
      EXPECT_EQ(parsed->region(), number.region) << text;
    }
  }
}

TEST(PhoneNumber, InternationalWritingNeedsNoRegion) {
  EXPECT_EQ(PhoneNumber::parse("+44 20 7946 0958", "")->e164(), "+442079460958");
  EXPECT_EQ(PhoneNumber::parse("+44 20 7946 0958", "us")->e164(), "+442079460958") << "whatever the region";
  EXPECT_EQ(PhoneNumber::parse("020 7946 0958", "").error(), PhoneRefusal::unknown_region);
  EXPECT_EQ(PhoneNumber::parse("020 7946 0958", "Atlantis").error(), PhoneRefusal::unknown_region);
  EXPECT_EQ(PhoneNumber::parse("020 7946 0958", "gb")->e164(), "+442079460958");
}

TEST(PhoneNumber, WhatThePlanDoesNotKnowIsTakenWithItsCountryCode) {
  auto const number = PhoneNumber::parse("+15550100", "");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->e164(), "+15550100");
  EXPECT_FALSE(number->known_to_plan());
  EXPECT_TRUE(PhoneNumber::parse("+442079460958", "")->known_to_plan());
}

TEST(PhoneNumber, Refusals) {
  auto const why = [](char const* text) { return PhoneNumber::parse(text, "GB").error(); };
  EXPECT_EQ(why(""), PhoneRefusal::no_number);
  EXPECT_EQ(why("anonymous"), PhoneRefusal::no_number);
  EXPECT_EQ(why("pat@example.com"), PhoneRefusal::no_number);
  EXPECT_EQ(why("112"), PhoneRefusal::too_short);
  EXPECT_EQ(why("7946 0958"), PhoneRefusal::too_short) << "without area code";
  EXPECT_EQ(why("020 7946 0958 0958"), PhoneRefusal::too_long);
  EXPECT_EQ(why("+44 20 7946 0958 0958 0958 0958"), PhoneRefusal::too_long);
  EXPECT_EQ(why(std::string(101, '1').c_str()), PhoneRefusal::too_long);
  EXPECT_EQ(why("+999 123 4567"), PhoneRefusal::unknown_region);
}

TEST(PhoneNumber, AnExtensionIsShownButIsNotTheNumber) {
  auto const number = PhoneNumber::parse("020 7946 0958 ext. 12", "GB");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->e164(), "+442079460958");
  EXPECT_EQ(number->extension(), "12");
  EXPECT_EQ(*number, *PhoneNumber::parse("+442079460958", ""));
  EXPECT_NE(number->display("GB").find("12"), std::string::npos);
}

TEST(PhoneNumber, DisplayIsNationalAtHome) {
  auto const number = PhoneNumber::parse("+442079460958", "");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->display("GB"), "020 7946 0958");
  EXPECT_EQ(number->display("DE"), "+44 20 7946 0958");
  EXPECT_EQ(number->display(""), "+44 20 7946 0958");
}

RC_GTEST_PROP(PhoneNumberProperty, WhatIsTakenReadsBackAsItself, ()) {
  auto const text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"+0123456789 ()-/.x"}));
  std::string const region = *rc::gen::elementOf(std::vector<std::string>{"", "GB", "DE", "US", "IT", "BR", "JP", "SM"});
  auto const number = PhoneNumber::parse(text, region);
  if (!number) return;
  RC_ASSERT(number->e164().size() <= 16);
  auto const again = PhoneNumber::parse(number->e164(), "");
  RC_ASSERT(static_cast<bool>(again));
  RC_ASSERT(*again == *number);
  auto const shown = PhoneNumber::parse(number->display(""), "");
  RC_ASSERT(static_cast<bool>(shown));
}

}  // namespace
}  // namespace rapport::customers
