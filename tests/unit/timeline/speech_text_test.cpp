#include "timeline/speech_text.hpp"

#include <gtest/gtest.h>

namespace rapport::timeline {
namespace {

TEST(Words, NoiseMarksAndPunctuationAreNone) {
  EXPECT_FALSE(has_words("[noise] <unk>"));
  EXPECT_FALSE(has_words("..."));
  EXPECT_FALSE(has_words(""));
  EXPECT_FALSE(has_words("[background music] …"));
  EXPECT_FALSE(has_words("👍 !"));
  EXPECT_TRUE(has_words("[noise] hello"));
  EXPECT_TRUE(has_words("[order 123]"));  // digits: somebody wrote it
  EXPECT_TRUE(has_words("да"));
  EXPECT_TRUE(has_words("你好"));
  EXPECT_TRUE(has_words("[unclosed"));
}

TEST(Words, AreCounted) {
  EXPECT_EQ(count_words("I'm fine, thank you."), 4);
  EXPECT_EQ(count_words("I’m fine"), 2);
  EXPECT_EQ(count_words("mm-hm"), 2);
  EXPECT_EQ(count_words("it is $5.00 [noise] ok"), 5);
  EXPECT_EQ(count_words("Größe über Straße"), 3);
}

/// Plain text is counted eight bytes at a time: wherever the words stand in them, they are as many.
TEST(Words, AreCountedWhereverTheyStand) {
  struct Case {
    std::string_view text;
    std::int64_t words;
  };
  for (Case const& each : {Case{"one two3 4four", 3}, Case{"a@b[c{d`e/f:g", 7}, Case{"abcdefghijklmnopqrstuvwxyz", 1},
                           Case{"I'm here <unk> [noise] it is Größe o", 6}, Case{"AZ az 09", 3}, Case{"...!?  --", 0}}) {
    for (std::size_t before = 0; before <= 8; ++before) {
      for (std::size_t after = 0; after <= 8; ++after) {
        std::string const text = std::string(before, ' ') + std::string{each.text} + std::string(after, '.');
        EXPECT_EQ(count_words(text), each.words) << text;
      }
    }
  }
}

TEST(Backchannel, IsListeningAndNothingElse) {
  for (char const* text : {"mm-hm", "Right, okay.", "yeah yeah", "[noise] uh-huh", "I see", "All right", "Okay"}) {
    EXPECT_TRUE(is_backchannel(text, "en")) << text;
  }
  for (char const* text : {"okay let me check", "no", "see", "all", "I", "", "[noise]", "yes yes yes yes yes yes yes", "thank you"}) {
    EXPECT_FALSE(is_backchannel(text, "en")) << text;
  }
}

TEST(Backchannel, HasListsOnlyForTheLanguagesThatItKnows) {
  EXPECT_TRUE(is_backchannel("genau", "de-AT"));
  EXPECT_FALSE(is_backchannel("genau", "en"));
  EXPECT_TRUE(is_backchannel("d'accord", "fr"));
  EXPECT_TRUE(is_backchannel("sí, vale", "es_MX"));
  EXPECT_FALSE(is_backchannel("okay", "fi"));
}

TEST(Question, IsKnownByItsMarkOrItsForm) {
  EXPECT_TRUE(ends_in_question("Is that right?", "en"));
  EXPECT_TRUE(ends_in_question("¿Cómo está?\" ", "es"));
  EXPECT_TRUE(ends_in_question("and could you tell me the number", "en"));
  EXPECT_TRUE(ends_in_question("okay what is your name", "en"));
  EXPECT_TRUE(ends_in_question("so that was one hundred right", "en-GB"));
  EXPECT_FALSE(ends_in_question("What a day.", "en"));
  EXPECT_FALSE(ends_in_question("i know what you mean", "en"));
  EXPECT_FALSE(ends_in_question("right", "en"));
  EXPECT_FALSE(ends_in_question("was ist das", "de"));
  EXPECT_FALSE(ends_in_question("", "en"));
}

}  // namespace
}  // namespace rapport::timeline
