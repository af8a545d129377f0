#include <gtest/gtest.h>

#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using test::DetectorScene;

struct Line {
  std::string text;
  std::string fired;  ///< empty: nothing
};

void expect_agent_lines(std::string const& detector, DetectorScene::Parameters const& parameters, std::vector<Line> const& lines) {
  for (Line const& line : lines) {
    DetectorScene scene(detector, parameters);
    EXPECT_EQ(scene.agent(line.text), line.fired) << line.text;
  }
}

TEST(QuestionDetector, FindsWhatAsksWithAndWithoutPunctuation) {
  expect_agent_lines("question", {}, {
                                         {"how can i help you today", "how can i help you today"},
                                         {"thank you for that and what is your account number", "what is your account number"},
                                         {"okay which card would you like to replace", "which card would you like to replace"},
                                         {"hello this is harper valley my name is john how can i help you", "how can i help you"},
                                         {"Account number please.", "Account number please"},
                                         {"halden fibre kev speaking account number please", "account number please"},
                                         {"And your date of birth?", "And your date of birth"},
                                         {"Anything else I can fix?", "Anything else I can fix"},
                                         {"it will be ready by friday is that right", "is that right"},
                                         {"i just need to confirm your postcode", "i just need to confirm your postcode"},
                                         {"Please share your registered mobile number.", "Please share your registered mobile number"},
                                         {"did you get a text and is it still flashing", "did you get a text and | is it still flashing"},
                                     });
}

TEST(QuestionDetector, HearsNoQuestionInRelativeAndIndirectClauses) {
  expect_agent_lines("question", {}, {
                                         {"what i can do is send you a new one", ""},
                                         {"which is fine", ""},
                                         {"let me check what is wrong with it", ""},
                                         {"should you need anything call us again", ""},
                                         {"what a day", ""},
                                         {"so do i", ""},
                                         {"when you get home press the button", ""},
                                         {"the link at the bottom of the mail is there", ""},
                                         {"do not worry about it", ""},
                                         {"have a nice day", ""},
                                         {"i have your number on file", ""},
                                         {"so what happens now is that i post you a pack", ""},
                                     });
}

TEST(QuestionDetector, TellsTheKinds) {
  std::vector<std::pair<std::string, std::string>> const kinds = {
      {"what happened", "open"},
      {"Why is it late?", "open"},
      {"Tell me more about it.", "open"},
      {"is it plugged in", "closed"},
      {"can you hear me", "closed"},
      {"Correct?", "closed"},
      {"what is your postcode", "value"},
      {"how long does it take", "value"},
      {"when did it start", "value"},
      {"could i take your full name", "value"},
      {"which account", "value"},
      {"Would you like the one by the airport or downtown?", "choice"},
      {"Which suits you better?", "choice"},
      {"Is there a photo or a safe place?", "closed"},
      {"Do you want it or not?", "closed"},
  };
  for (auto const& [text, kind] : kinds) {
    for (std::string const asked : {"open", "closed", "value", "choice"}) {
      DetectorScene scene("question", {{"kind", asked}});
      EXPECT_EQ(scene.agent(text) != "", asked == kind) << text << " as " << asked;
    }
  }
}

TEST(QuestionDetector, RefusesAnUnknownKind) {
  std::vector<SpecError> errors;
  EXPECT_EQ(Lexicon::compile(test::specs_for("question", {{"kind", "odd"}}), errors), nullptr);
  ASSERT_FALSE(errors.empty());
  EXPECT_NE(errors.front().message.find("expected any, open, closed, value or choice"), std::string::npos);
}

TEST(ProblemQuestion, CountsOnlyQuestionsAboutTheMatter) {
  std::vector<std::pair<std::string, bool>> const lines = {
      {"when did it stop working", true},
      {"what does the screen say", true},
      {"Have you tried another cable?", true},
      {"What is the model number?", true},
      {"how are you today", false},
      {"Is there anything else?", false},
      {"can i put you on hold for a minute", false},
      {"Could I take your account number?", false},
      {"What's your date of birth?", false},
      {"Would you like me to send a new one?", false},
      {"Does that work for you?", false},
      {"How can I help?", false},
      {"Is that right?", false},
  };
  for (auto const& [text, about] : lines) {
    DetectorScene scene("problem_question");
    scene.customer("my router keeps dropping the internet every evening");
    EXPECT_EQ(scene.agent(text) != "", about) << text;
  }
}

TEST(ProblemQuestion, NeedsAMatterToAskAbout) {
  DetectorScene scene("problem_question", {{"problem", "problem"}});
  EXPECT_EQ(scene.agent("when did you get it"), "");
  scene.customer("it is broken");
  EXPECT_EQ(scene.agent("when did you get it"), "when did you get it");
}

}  // namespace
}  // namespace rapport::signals
