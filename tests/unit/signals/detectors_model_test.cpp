#include <gtest/gtest.h>

#include <string>

#include "signals/model/shipped.hpp"
#include "unit/signals/detectors_scene.hpp"

/// The detector `model` beside phrases of the same signal. The words are those that the shipped model
/// is surest of, so that learning it anew does not turn the tests.
namespace rapport::signals::test {
namespace {

constexpr std::int32_t doubted_at_most = 300;

/// "fires" by the word "kettle" and by the model's apology.
Specs kettle_or_apology(DetectorScene::Parameters parameters) {
  parameters.emplace("label", "apology");
  Specs specs = specs_for("model", std::move(parameters));
  specs.signals.back().phrases.push_back({"en", {"kettle"}, {}});
  return specs;
}

std::vector<std::int32_t> confidences(DetectorScene const& scene) {
  std::vector<std::int32_t> all;
  for (Occurrence const& occurrence : scene.fired()) all.push_back(occurrence.confidence);
  return all;
}

TEST(ModelDetector, FiresAtTheSentenceOfItsLabelWithItsConfidence) {
  DetectorScene scene("model", {{"label", "apology"}, {"over", "500"}});
  EXPECT_EQ(scene.agent("The kettle is blue. I am so sorry about that."), "I am so sorry about that");
  EXPECT_GE(scene.last().confidence, 500);
  EXPECT_EQ(scene.customer("I am so sorry about that."), "");
}

TEST(ModelDetector, DoubtsThePhrasesOfASentenceThatItGivesLittle) {
  DetectorScene scene(kettle_or_apology({{"over", "1000"}, {"doubt", "60"}}));
  scene.agent("The kettle is blue.");
  ASSERT_EQ(scene.fired().size(), 1U);
  EXPECT_LE(scene.last().confidence, doubted_at_most);
}

TEST(ModelDetector, WithoutDoubtLeavesPhrasesSure) {
  DetectorScene scene(kettle_or_apology({{"over", "1000"}}));
  scene.agent("The kettle is blue.");
  EXPECT_EQ(confidences(scene), (std::vector<std::int32_t>{1'000}));
}

TEST(ModelDetector, DoubtsOneSentenceAndNotTheNext) {
  DetectorScene scene(kettle_or_apology({{"over", "1000"}, {"doubt", "60"}}));
  scene.agent("The kettle is blue. I am so sorry about that kettle.");
  ASSERT_GE(scene.fired().size(), 2U);
  EXPECT_LE(scene.fired()[0].confidence, doubted_at_most);
  EXPECT_EQ(scene.fired()[1].confidence, 1'000);
}

TEST(ModelDetector, DoubtsNobodyWhoseLabelItIsNot) {
  DetectorScene scene(kettle_or_apology({{"over", "1000"}, {"doubt", "1000"}}));
  scene.customer("The kettle is blue.");
  EXPECT_EQ(confidences(scene), (std::vector<std::int32_t>{1'000}));
}

}  // namespace
}  // namespace rapport::signals::test
