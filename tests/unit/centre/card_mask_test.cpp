// Card data goes before anything is durable; what only looks like it stays.
#include "centre/card_mask.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace rapport::centre {
namespace {

using rc::gen::element;
using rc::gen::inRange;

std::string masked(std::string_view text) { return mask_cards(text).text; }

TEST(CardMask, NumbersAsPeopleWriteThem) {
  EXPECT_EQ(masked("4111111111111111"), "************1111");
  EXPECT_EQ(masked("my card: 4111 1111 1111 1111."), "my card: **** **** **** 1111.");
  EXPECT_EQ(masked("5500-0000-0000-0004"), "****-****-****-0004");
  EXPECT_EQ(masked("3782 822463 10005 thanks"), "**** ****** *0005 thanks");
  EXPECT_EQ(masked("4222222222222"), "*********2222");
  EXPECT_EQ(masked("6304 0000 0000 0000 000"), "**** **** **** ***0 000");
  EXPECT_EQ(masked("4111, 1111, 1111, 1111"), "****, ****, ****, 1111");
  EXPECT_EQ(masked("4111\xC2\xA0"
                   "1111\xE2\x80\x93"
                   "1111 - 1111"),
            "****\xC2\xA0****\xE2\x80\x93**** - 1111");
  EXPECT_EQ(masked("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"), "* * * * * * * * * * * * 1 1 1 1");
  EXPECT_EQ(masked("visa4111111111111111"), "visa************1111");
}

TEST(CardMask, NumbersAmongOtherDigits) {
  EXPECT_EQ(masked("4111 1111 1111 1111 12/27"), "**** **** **** 1111 12/27");
  EXPECT_EQ(masked("12/27 4111111111111111 99"), "12/27 ************1111 99");
  EXPECT_EQ(masked("4111111111111111 5500000000000004"), "************1111 ************0004");
  EXPECT_EQ(mask_cards("4111 1111 1111 1111 5500 0000 0000 0004").cards, 2U);
  EXPECT_EQ(masked("1 4111 1111 1111 1111"), "1 **** **** **** 1111");
}

TEST(CardMask, NumbersAsTheyAreSpoken) {
  EXPECT_EQ(masked("it's four one one one one one one one one one one one one one one one ok"),
            "it's * * * * * * * * * * * * one one one one ok");
  EXPECT_EQ(masked("four triple one, double one double one, 1111 1111"), "* ***, ** **, **** 1111");
  EXPECT_EQ(masked("Five five double-oh oh oh oh oh oh oh oh oh oh oh oh four"), "* * ** * * * * * * * * oh oh oh four");
  EXPECT_EQ(masked("oh, 4111 1111 1111 1111"), "oh, **** **** **** 1111");
  EXPECT_EQ(masked("four one one one one one one one one one one triple one double one"),
            "* * * * * * * * * * * *11 double one")
      << "a word that is masked in part leaves figures";
}

TEST(CardMask, VerificationValues) {
  EXPECT_EQ(masked("CVV 123"), "CVV ***");
  EXPECT_EQ(masked("the cvc is: 1234, thanks"), "the cvc is: ****, thanks");
  EXPECT_EQ(masked("cvv2: 1 2 3"), "cvv2: * * *");
  EXPECT_EQ(masked("my security code is one two three"), "my security code is * * *");
  EXPECT_EQ(masked("123 is the cvv"), "*** is the cvv");
  EXPECT_EQ(masked("three digits on the back: 907"), "three digits on the back: ***");
  EXPECT_EQ(masked("exp 12/27, cvv 123"), "exp 12/27, cvv ***");
  EXPECT_EQ(masked("cvv 123 exp 12/27"), "cvv *** exp 12/27");
  auto const both = mask_cards("4111 1111 1111 1111 cvv 123");
  EXPECT_EQ(both.text, "**** **** **** 1111 cvv ***");
  EXPECT_EQ(both.cards, 1U);
  EXPECT_EQ(both.codes, 1U);
  EXPECT_EQ(masked("4111 1111 1111 1111 cvv"), "**** **** **** 1111 cvv") << "the last four are no code";
}

TEST(CardMask, WhatOnlyLooksLikeItStays) {
  for (std::string const text : {"order 4111111111111112", "my number is +44 20 7946 0958 or 020 7946 0959", "+4915123456782",
                                 "+49 1512 3456 782", "GB82 WEST 1234 5698 7654 32", "DE89370400440532013000",
                                 "IBAN DE89 3704 0044 0532 0130 00, please", "parcel 00340434161094042557 of 2026-03-02",
                                 "0000 0000 0000 0000", "411111111111", "41111111111111111111111111111111", "cvv 12345",
                                 "what is a cvv?", "my security code? I have 2 kids", "room 123", "one two three", "double trouble",
                                 "I paid 12.50, 13.50 and 14.50 in 2024, 2025 and 2026", "", "\xC3\x28 4111"}) {
    auto const result = mask_cards(text);
    EXPECT_EQ(result.text, text);
    EXPECT_EQ(result.cards + result.codes, 0U) << text;
  }
}

/// Digits whose Luhn check holds.
std::string any_card() {
  std::string digits(1, static_cast<char>('0' + *inRange(2, 7)));
  int const length = *inRange(13, 20);
  while (static_cast<int>(digits.size()) < length - 1) digits += static_cast<char>('0' + *inRange(0, 10));
  int sum = 0;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    int const digit = digits[digits.size() - 1 - at] - '0';
    sum += at % 2 == 1 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string spelled(std::string const& digits) {
  static constexpr std::array<char const*, 10> words{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
  std::string const separator = *element<std::string>(" ", "-", ", ", ".");
  bool const in_words = *rc::gen::arbitrary<bool>();
  std::string text;
  for (char const digit : digits) {
    bool const apart = in_words || *inRange(0, 3) == 0;
    if (apart && !text.empty()) text += separator;
    text += in_words ? std::string{words[static_cast<std::size_t>(digit - '0')]} : std::string(1, digit);
  }
  return text;
}

RC_GTEST_PROP(CardMask, EveryCardGoesHoweverItIsSpelled, ()) {
  std::string const text = "pay with " + spelled(any_card()) + " please";
  auto const result = mask_cards(text);
  RC_LOG() << text << " -> " << result.text;
  RC_ASSERT(result.cards == 1U);
  RC_ASSERT(result.text.starts_with("pay with *"));
  RC_ASSERT(result.text.ends_with(" please"));
}

RC_GTEST_PROP(CardMask, OneWrongDigitAndItStays, ()) {
  std::string card = any_card();
  auto const at = *inRange<std::size_t>(1, card.size());
  card[at] = static_cast<char>('0' + (card[at] - '0' + *inRange(1, 10)) % 10);
  RC_ASSERT(mask_cards(card).text == card);
}

TEST(CardMask, ANestedValueThatWasMaskedIsJsonNoMore) {
  domain::Value code = domain::Value::of_json(R"({"cvv":123})");
  mask_cards(code);
  EXPECT_EQ(code, domain::Value::of_text(R"({"cvv":***})"));
  domain::Value cards = domain::Value::of_json("[4111111111111111]");
  mask_cards(cards);
  EXPECT_EQ(cards, domain::Value::of_text("[************1111]"));
  domain::Value plain = domain::Value::of_json(R"({"floor":3})");
  mask_cards(plain);
  EXPECT_EQ(plain, domain::Value::of_json(R"({"floor":3})"));
}

RC_GTEST_PROP(CardMask, MaskingTwiceIsMaskingOnce, ()) {
  std::string text;
  for (int parts = *inRange(1, 30); parts > 0; --parts) {
    text += *inRange(0, 5) == 0 ? spelled(any_card())
                                : *element<std::string>("4", "4111", "1111", " ", "-", "cvv", " security code ", "123", "9792",
                                                        "one", " double ", "*", "+", "DE89", "\n", "is", "GB82 WEST 1234 5698 7654 32");
  }
  auto const once = mask_cards(text);
  RC_LOG() << text << " -> " << once.text;
  RC_ASSERT(mask_cards(once.text) == (Masked{once.text, 0, 0}));
}

}  // namespace
}  // namespace rapport::centre
