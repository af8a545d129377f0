#include <gtest/gtest.h>

#include "signals/detectors/weighing.hpp"
#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using test::DetectorScene;

Spec weak_sign(std::string name, std::string word) {
  Spec sign;
  sign.name = std::move(name);
  sign.meaning = "a word that the model never believes: 300 thousandths sure";
  sign.phrases.push_back({"en", {std::move(word)}, {}});
  sign.detectors.push_back({"model", {{"label", "greeting"}, {"over", "1000"}, {"doubt", "1000"}}});
  return sign;
}

DetectorScene scales(std::string signs, std::string even, std::string over = "500") {
  Specs specs = test::specs_for("weighs", {{"signs", std::move(signs)}, {"even", std::move(even)}, {"over", std::move(over)}});
  specs.signals.push_back(weak_sign("perhaps", "perhaps"));
  return DetectorScene{std::move(specs)};
}

TEST(Weighs, TellsNothingBeforeTheEnd) {
  DetectorScene scene = scales("ok 20", "10");
  EXPECT_EQ(scene.agent("okay"), "");
  EXPECT_EQ(scene.customer("okay okay"), "");
  EXPECT_EQ(scene.ends(60'000), "okay");
}

TEST(Weighs, IsEvenlySureAtTheBoundAndSurerBeyond) {
  DetectorScene even = scales("ok 10", "10");
  even.agent("okay");
  EXPECT_EQ(even.ends(60'000), "okay");
  EXPECT_EQ(even.last().confidence, 500);

  DetectorScene beyond = scales("ok 20", "10");
  beyond.agent("okay");
  beyond.ends(60'000);
  EXPECT_EQ(beyond.last().confidence, 731) << "one logit";

  DetectorScene below = scales("ok 9", "10");
  below.agent("okay");
  EXPECT_EQ(below.ends(60'000), "");
}

TEST(Weighs, FiresFromTheConfidenceThatIsAsked) {
  DetectorScene scene = scales("ok 10", "20", "250");
  scene.agent("okay");
  EXPECT_EQ(scene.ends(60'000), "okay");
  EXPECT_EQ(scene.last().confidence, 269) << "a logit below even odds";
}

TEST(Weighs, SetsSignsAgainstEachOther) {
  DetectorScene scene = scales("ok 20, bye -15", "10");
  scene.agent("okay");
  scene.customer("bye");
  EXPECT_EQ(scene.ends(60'000), "");
}

TEST(Weighs, CountsASignAsItIsSureAndNoMoreThanTwice) {
  DetectorScene weak = scales("perhaps 10", "4");
  weak.agent("perhaps it is");
  EXPECT_EQ(weak.ends(60'000), "") << "3 of 4";

  DetectorScene twice = scales("perhaps 10", "4");
  twice.agent("perhaps perhaps");
  twice.agent("perhaps it is not");
  EXPECT_EQ(twice.ends(60'000), "perhaps") << "of each event the surest: 6 of 4";

  DetectorScene often = scales("ok 10", "21");
  for (int i = 0; i < 5; ++i) often.agent("okay");
  EXPECT_EQ(often.ends(60'000), "") << "20 of 21, however often";
}

/// What spoke most for it is shown, with who said it.
TEST(Weighs, StandsOnTheSignThatWeighedMost) {
  DetectorScene scene = scales("ok 5, bye 20, perhaps -1", "1");
  scene.agent("well okay");
  scene.customer("bye");
  scene.agent("perhaps");
  EXPECT_EQ(scene.ends(60'000), "bye");
  EXPECT_EQ(scene.last().by, domain::Role::customer);
  EXPECT_EQ(scene.last().event, 1U);
  EXPECT_EQ(scene.last().at_ms, 60'000);
}

TEST(Weighs, MayBeTrueOfSilence) {
  DetectorScene scene = scales("ok -20", "-10");
  scene.agent("hello");
  EXPECT_EQ(scene.ends(60'000), "*");
}

TEST(Weighs, IsSymmetricAndRises) {
  std::int32_t before = 0;
  for (std::int64_t margin = -80'000; margin <= 80'000; margin += 250) {
    std::int32_t const confidence = confidence_of_margin(margin);
    EXPECT_GE(confidence, before) << margin;
    EXPECT_EQ(confidence + confidence_of_margin(-margin), 1'000) << margin;
    before = confidence;
  }
}

TEST(Weighs, RefusesWhatIsNoWeight) {
  for (char const* const text : {"", "ok", "ok 0", "ok 201", "ok -201", "ok 1.5", "ok 3,, bye 2", "ok x"}) {
    EXPECT_FALSE(static_cast<bool>(parse_weights(text))) << text;
  }
  auto const weights = parse_weights(" ok 12 , bye -7");
  ASSERT_TRUE(static_cast<bool>(weights));
  ASSERT_EQ(weights->size(), 2U);
  EXPECT_EQ(weights->front().signal, "ok");
  EXPECT_EQ(weights->back().weight, -7);
}

}  // namespace
}  // namespace rapport::signals
