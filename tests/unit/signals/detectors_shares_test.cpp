#include <gtest/gtest.h>

#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using domain::Role;
using test::DetectorScene;

constexpr auto by_agent = Role::agent;
constexpr auto by_customer = Role::customer;

std::string many_words(int count) {
  std::string text = "word";
  for (int word = 1; word < count; ++word) text += " word";
  return text;
}

TEST(TalkShare, LeavesSilenceOut) {
  DetectorScene scene("talk_share", {{"after", "20 s"}});
  EXPECT_EQ(scene.said(by_agent, 0, 15'000, "well the thing is"), "");
  EXPECT_EQ(scene.said(by_customer, 60'000, 65'000, "i see what you mean"), "*");
  EXPECT_EQ(scene.last().value, 750);
}

TEST(Pace, CountsWordsAMinuteOfSpeech) {
  DetectorScene scene("pace");
  EXPECT_EQ(scene.said(by_agent, 0, 10'000, many_words(30)), "*");
  EXPECT_EQ(scene.last().value, 180'000);
}

TEST(PaceDistance, IsBetweenBothOnceBothHaveSpokenEnough) {
  struct Case {
    int agent_words;
    base::Millis agent_ms;
    int customer_words;
    base::Millis customer_ms;
    std::int64_t value;  ///< -1: no sample
  };
  for (Case const& each : {Case{30, 10'000, 20, 10'000, 60'000},
                           Case{20, 10'000, 30, 10'000, 60'000},
                           Case{25, 10'000, 25, 10'000, 0},
                           Case{20, 5'000, 20, 7'000, 68'572},  // 240 a minute less 171.428
                           Case{20, 4'999, 20, 10'000, -1},
                           Case{19, 10'000, 20, 10'000, -1},
                           Case{20, 10'000, 19, 10'000, -1},
                           Case{20, 10'000, 20, 4'999, -1}}) {
    DetectorScene scene("pace_distance");
    EXPECT_EQ(scene.said(by_agent, 0, each.agent_ms, many_words(each.agent_words)), "");
    EXPECT_EQ(scene.said(by_customer, 20'000, 20'000 + each.customer_ms, many_words(each.customer_words)), each.value < 0 ? "" : "*");
    if (each.value >= 0 && !scene.fired().empty()) {
      EXPECT_EQ(scene.last().value, each.value);
    }
  }
}

TEST(PaceDistance, IsOfVoice) {
  DetectorScene scene("pace_distance", {}, domain::Channel::chat);
  scene.said(by_agent, 0, 0, many_words(30));
  EXPECT_EQ(scene.said(by_customer, 20'000, 20'000, many_words(30)), "");
}

TEST(TurnWords, InVoiceRunUntilTheCustomersTurn) {
  DetectorScene longest("turn_words");
  longest.agent("one two three");
  EXPECT_EQ(longest.last().value, 3'000);
  longest.agent("four five");
  EXPECT_EQ(longest.last().value, 5'000);
  EXPECT_EQ(longest.customer("i would rather not do that today"), "");
  longest.agent("one two");
  EXPECT_EQ(longest.last().value, 5'000);

  DetectorScene mean("turn_words", {{"aggregate", "mean"}});
  mean.agent("one two three");
  mean.agent("four five");
  EXPECT_EQ(mean.last().value, 5'000);
  mean.customer("i would rather not do that today");
  mean.agent("one two");
  EXPECT_EQ(mean.last().value, 3'500);
}

TEST(TurnWords, LeaveBackchannelsOut) {
  DetectorScene scene("turn_words", {{"aggregate", "mean"}});
  scene.agent("one two three four");
  scene.customer("so i opened the box and looked inside");
  EXPECT_EQ(scene.agent("mm hm"), "");
  scene.customer("and there was no cable in it");
  scene.agent("one two");
  EXPECT_EQ(scene.last().value, 3'000);
}

TEST(TurnWords, InTextAreAMessages) {
  DetectorScene scene("turn_words", {{"aggregate", "longest"}}, domain::Channel::chat);
  scene.said(by_agent, 0, 0, "one two three");
  scene.said(by_agent, 5'000, 5'000, "four five");
  EXPECT_EQ(scene.last().value, 3'000);
}

TEST(TurnWords, KnowTwoAggregates) {
  std::vector<SpecError> errors;
  EXPECT_EQ(Lexicon::compile(test::specs_for("turn_words", {{"aggregate", "median"}}), errors), nullptr);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors.front().message, "the detector \"turn_words\": \"median\" in \"aggregate\"; expected longest or mean");
}

}  // namespace
}  // namespace rapport::signals
