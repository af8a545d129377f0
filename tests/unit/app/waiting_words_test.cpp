// What is said to those who wait.
#include "app/waiting_words.hpp"

#include <gtest/gtest.h>

namespace rapport::app {
namespace {

TEST(WaitingWords, EveryShippedLanguageSaysEverything) {
  EXPECT_GE(shipped_waiting_words().size(), 2U);
  for (auto const& [language, words] : shipped_waiting_words()) {
    EXPECT_NE(words.place.find("{place}"), std::string::npos) << language;
    EXPECT_NE(words.minutes.find("{minutes}"), std::string::npos) << language;
    for (std::string const& text : {words.next, words.soon, words.minute}) EXPECT_FALSE(text.empty()) << language;
    EXPECT_FALSE(words.comfort.empty()) << language;
    EXPECT_NE(words.callback_offer.find("{key}"), std::string::npos) << language;
    EXPECT_FALSE(words.callback_promise.empty()) << language;
    EXPECT_FALSE(words.consent.empty()) << language;
  }
}

TEST(WaitingWords, TellsPlaceAndExpectedWaitAndEveryOtherTimeAComfort) {
  WaitingWords const words{"Next.", "Place {place}.", "Soon.", "One minute.", "{minutes} minutes.", "Press {key}.", "Bye.", "May we?", {"First.", "Second."}};
  EXPECT_EQ(waiting_text(words, 1, std::nullopt, 0), "Next.");
  EXPECT_EQ(waiting_text(words, 3, 20 * base::second, 0), "Place 3. Soon.");
  EXPECT_EQ(waiting_text(words, 3, 80 * base::second, 2), "Place 3. One minute.");
  EXPECT_EQ(waiting_text(words, 12, 9 * base::minute, 4), "Place 12. 9 minutes.");
  EXPECT_EQ(waiting_text(words, 12, 2 * base::hour, 4), "Place 12.");
  EXPECT_EQ(waiting_text(words, 1, std::nullopt, 1), "First.");
  EXPECT_EQ(waiting_text(words, 1, std::nullopt, 3), "Second.");
  EXPECT_EQ(waiting_text(words, 1, std::nullopt, 5), "First.");
  EXPECT_EQ(callback_text(words, "2"), "Press 2.");
}

TEST(WaitingWords, ALanguageWithoutWordsIsSpokenToInItsFamilysOrInEnglish) {
  EXPECT_EQ(&waiting_words_for("de-AT"), &waiting_words_for("de"));
  EXPECT_EQ(&waiting_words_for("fi"), &waiting_words_for("en"));
}

TEST(WaitingWords, WhatIsWrongInAFileIsSaid) {
  EXPECT_EQ(read_waiting_words("[]").error().message, "expected an object");
  EXPECT_EQ(read_waiting_words(R"({"next": "a"})").error().message, "place: expected a text");
}

}  // namespace
}  // namespace rapport::app
