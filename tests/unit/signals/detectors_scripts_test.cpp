#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using domain::Role;
using test::DetectorScene;
using LineKind = ScriptLine::Kind;

constexpr char const* recorded = "This call is recorded for training and quality.";  // eight words
constexpr char const* pitch = "our new plan gives you twice the speed at half of the price";

std::vector<ScriptLine> some_lines() {
  return {{LineKind::required, "recording", "en", recorded, {}, {}},
          {LineKind::required, "cooling-off", "en", "You may cancel within fourteen days.", {"sales"}, {}},
          {LineKind::required, "aufnahme", "de", "Dieses Gespräch wird aufgezeichnet.", {}, {}},
          {LineKind::forbidden, "guarantee", "en-GB", "I guarantee it", {}, {}},
          {LineKind::forbidden, "rival", "en", "their plan is rubbish", {}, {"Halden", "Fibreway"}},
          {LineKind::own_words, "pitch", "en", pitch, {}, {}}};
}

Specs script_specs(std::string detector, DetectorScene::Parameters parameters = {}, std::vector<ScriptLine> lines = some_lines()) {
  Specs script_specs = test::specs_for(std::move(detector), std::move(parameters));
  script_specs.lines = std::move(lines);
  return script_specs;
}

/// Ids of the lines that fired, in order.
std::string lines_fired(DetectorScene const& scene) {
  std::string out;
  for (Occurrence const& occurrence : scene.fired()) {
    for (ScriptLine const& line : some_lines()) {
      if (base::fnv1a(line.id) == occurrence.item) out += (out.empty() ? "" : " ") + line.id;
    }
  }
  return out;
}

TEST(ScriptDue, NamesTheLinesThatApplyOnce) {
  struct Case {
    char const* kind;
    char const* language;
    char const* queue;
    char const* brand;
    char const* due;
  };
  for (Case const& each : {Case{"required", "en", "", "", "recording"},
                           Case{"required", "en-GB", "sales", "", "recording cooling-off"},
                           Case{"required", "en", "support", "", "recording"},
                           Case{"required", "de-AT", "sales", "", "aufnahme"},
                           Case{"required", "fr", "", "", ""},
                           Case{"forbidden", "en-US", "", "", "guarantee"},
                           Case{"forbidden", "en", "", "Fibreway", "guarantee rival"},
                           Case{"forbidden", "en", "", "Fibre", "guarantee"}}) {
    DetectorScene scene(script_specs("script_due", {{"kind", each.kind}}));
    scene.head().language = each.language;
    scene.head().queue = each.queue;
    scene.head().brand = each.brand;
    scene.customer("hello");
    EXPECT_EQ(lines_fired(scene), each.due) << each.kind << ' ' << each.language << ' ' << each.queue << ' ' << each.brand;
    for (Occurrence const& occurrence : scene.fired()) EXPECT_EQ(occurrence.by, Role::agent);
    EXPECT_EQ(scene.agent("hello"), "");
  }
}

TEST(ScriptDue, KnowsTwoKinds) {
  std::vector<SpecError> errors;
  EXPECT_EQ(Lexicon::compile(script_specs("script_due", {{"kind", "own-words"}}), errors), nullptr);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors.front().message, "the detector \"script_due\": \"own-words\" in \"kind\"; expected required or forbidden");
}

TEST(RequiredLine, MayMissOneWordInEightAndHaveOthersBetween) {
  auto const fires = [](std::string const& text) {
    DetectorScene scene(script_specs("script_line", {{"kind", "required"}}));
    scene.agent(text);
    return lines_fired(scene) == "recording";
  };
  EXPECT_TRUE(fires("this call is recorded for training and quality"));
  EXPECT_TRUE(fires("Just so you know: THIS call, um, is recorded for our training and for quality, okay?"));
  EXPECT_TRUE(fires("this call is recorded for training and stuff"));
  EXPECT_FALSE(fires("this call is recorded for fun"));
  EXPECT_FALSE(fires("for training and quality this call is recorded"));
  EXPECT_FALSE(fires("hello"));
}

TEST(RequiredLine, OfLessThanEightWordsMayMissNone) {
  auto const fires = [](std::string const& text) {
    DetectorScene scene(script_specs("script_line", {{"kind", "required"}}));
    scene.head().queue = "sales";
    scene.agent(text);
    return lines_fired(scene) == "cooling-off";
  };
  EXPECT_TRUE(fires("you may of course cancel within fourteen days"));
  EXPECT_FALSE(fires("you may cancel within fourteen"));
}

TEST(RequiredLine, IsSaidWithinOneTurnOfTheAgent) {
  DetectorScene whole(script_specs("script_line", {{"kind", "required"}}));
  whole.agent("this call is recorded");
  EXPECT_EQ(whole.customer("mm hm"), "");  // heard, but no turn
  EXPECT_EQ(whole.agent("for training and quality"), "*");
  EXPECT_EQ(whole.agent("so how can i help"), "");  // told once

  DetectorScene broken(script_specs("script_line", {{"kind", "required"}}));
  broken.agent("this call is recorded");
  broken.customer("why would you record a thing like that");
  EXPECT_EQ(broken.agent("for training and quality"), "");

  DetectorScene again(script_specs("script_line", {{"kind", "required"}}));
  EXPECT_EQ(again.agent(recorded), "*");
  again.customer("why would you record a thing like that");
  EXPECT_EQ(again.agent(recorded), "*");
  EXPECT_EQ(DetectorScene(script_specs("script_line", {{"kind", "required"}})).customer(recorded), "");
}

TEST(ForbiddenLine, IsItsWordsInARow) {
  auto const fires = [](std::string const& text, std::string const& brand = "") {
    DetectorScene scene(script_specs("script_line", {{"kind", "forbidden"}}));
    scene.head().brand = brand;
    scene.agent(text);
    return lines_fired(scene);
  };
  EXPECT_EQ(fires("Well, I guarantee it!"), "guarantee");
  EXPECT_EQ(fires("i can guarantee it"), "");
  EXPECT_EQ(fires("i guarantee that it works"), "");
  EXPECT_EQ(fires("their plan is rubbish"), "");
  EXPECT_EQ(fires("honestly their plan is rubbish", "Halden"), "rival");
}

TEST(ScriptLines, OfAnotherLanguageAreNotListenedFor) {
  DetectorScene scene(script_specs("script_line", {{"kind", "required"}}));
  scene.head().language = "de";
  EXPECT_EQ(scene.agent(recorded), "");
  EXPECT_EQ(scene.agent("dieses gespräch wird aufgezeichnet"), "*");
  EXPECT_EQ(lines_fired(scene), "aufnahme");
}

TEST(ScriptOverlap, IsTheShareOfWordsInRunsOfALine) {
  struct Case {
    std::string text;
    std::int64_t thousandths;
  };
  for (Case const& each : {Case{pitch, 1'000},
                           Case{"our new plan gives you twice", 1'000},
                           Case{"our new plan gives you", 0},
                           Case{"well our new plan gives you twice i think", 666},
                           Case{"twice the speed at half of and our new plan gives you twice", 923},
                           Case{"how may i help you today", 0}}) {
    DetectorScene scene(script_specs("script_overlap"));
    EXPECT_EQ(scene.agent(each.text), "*") << each.text;
    EXPECT_EQ(scene.last().value, each.thousandths) << each.text;
  }
}

TEST(ScriptOverlap, CountsTheAgentsWordsSoFar) {
  DetectorScene scene(script_specs("script_overlap", {{"run", "2"}}));
  scene.agent("our new");
  EXPECT_EQ(scene.last().value, 1'000);
  EXPECT_EQ(scene.customer(pitch), "");
  scene.agent("how are you");
  EXPECT_EQ(scene.last().value, 400);
}

TEST(ScriptOverlap, HasNoSampleWithoutLinesThatApply) {
  EXPECT_EQ(DetectorScene(script_specs("script_overlap", {}, {})).agent(pitch), "");
  std::vector<ScriptLine> lines = some_lines();
  lines.back().queues = {"sales"};
  DetectorScene support(script_specs("script_overlap", {}, lines));
  EXPECT_EQ(support.agent(pitch), "");
  DetectorScene sales(script_specs("script_overlap", {}, lines));
  sales.head().queue = "sales";
  EXPECT_EQ(sales.agent(pitch), "*");
}

TEST(ScriptOverlap, LooksOnlyAtLinesThatApply) {
  std::vector<ScriptLine> lines = some_lines();
  lines.push_back({LineKind::own_words, "other", "en", "we are glad that you are calling us today", {"retention"}, {}});
  DetectorScene scene(script_specs("script_overlap", {}, lines));
  scene.agent("we are glad that you are calling us today");
  EXPECT_EQ(scene.last().value, 0);
}

TEST(ScriptOverlap, RefusesRunsThatAreNone) {
  for (char const* run : {"1", "101"}) {
    std::vector<SpecError> errors;
    EXPECT_EQ(Lexicon::compile(script_specs("script_overlap", {{"run", run}}), errors), nullptr) << run;
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors.front().message, "the detector \"script_overlap\": \"run\" is " + std::string{run} + "; expected 2 to 100 words");
  }
}

}  // namespace
}  // namespace rapport::signals
