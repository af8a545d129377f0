// What those hear whom we call, and are asked whether they may be recorded.
#include "app/phone_menus.hpp"

#include <gtest/gtest.h>

#include <variant>

#include "base/phone_limits.hpp"
#include "unit/app/temporary_folder.hpp"

namespace rapport::app {
namespace {

/// A question by a sound of one second, without a phone that plays it.
class ConsentAsked : public ::testing::Test {
 protected:
  ConsentAsked() {
    auto const second = std::make_shared<media::Announcement const>(media::sample_rate);
    auto const load = [&](std::string const& id) { return id == "question" ? second : nullptr; };
    EXPECT_EQ(menus_.learn({}, {{"acme", {"en", "question"}}, {"other", {"en", "gone"}}}, load), std::vector<std::string>{"brand other: no sound gone"});
    menus_.expect_consent("call", {.text = {}, .sound = "question"}, "en", [this] { ++over_; });
  }
  void pass(base::Millis span) {
    now_ = now_ + span;
    menus_.time_passed();
  }

  base::Instant now_{1'772'452'800'000};
  int over_ = 0;  ///< how often it was
  int ended_ = 0;
  std::vector<bool> given_;
  bool forgets_ = false;  ///< as soon as the answer is told
  base::Metrics metrics_;
  testing::TemporaryFolder folder_;
  Speaker speaker_{folder_ / "spoken", metrics_, [](std::string_view) {}};
  PhoneMenus menus_{{.ask =
                         [this](centre::Command command, std::function<void(bool)> const&) {
                           if (std::holds_alternative<centre::EndInteraction>(command)) ++ended_;
                           auto const* const told = std::get_if<centre::AddEvent>(&command);
                           if (told == nullptr || told->event.kind != domain::EventKind::consent) return;
                           given_.push_back(told->event.find("given")->number != 0);
                           if (forgets_) menus_.forget("call");
                         },
                     .call_back = [](std::string const&, std::string const&, std::string const&, std::function<void(bool)> const&) {},
                     .send_outside = [](std::string const&, std::string const&) {},
                     .record = [](std::string const&) {},
                     .speaker = speaker_,
                     .clock = [this] { return now_; }}};
};

TEST_F(ConsentAsked, WhoAgreesIsNotHungUpOnWhereTheAnswerIsTakenFirst) {
  forgets_ = true;
  menus_.ask_consent("call");
  menus_.key("call", '1');
  EXPECT_EQ(given_, std::vector<bool>{true});
  EXPECT_EQ(over_, 1);
  EXPECT_EQ(ended_, 0);
}

TEST_F(ConsentAsked, AKeyBeforeTheQuestionIsNoAnswerAndAfterItsEndNeither) {
  menus_.key("call", '1');
  EXPECT_TRUE(given_.empty());
  menus_.ask_consent("call");
  menus_.forget("call");
  menus_.key("call", '1');
  menus_.ask_consent("call");
  menus_.key("call", '1');
  EXPECT_TRUE(given_.empty());
  EXPECT_EQ(over_, 0);
}

TEST_F(ConsentAsked, WhereTheEndOfTheSoundIsNeverToldSilenceIsNoStill) {
  menus_.ask_consent("call");
  pass(base::second);
  EXPECT_EQ(over_, 0);
  pass(base::minute);
  EXPECT_EQ(over_, 0) << "now they have their time for a key";
  pass(limits::placed_prompt_ms);
  EXPECT_EQ(given_, std::vector<bool>{false});
  EXPECT_EQ(over_, 1);
  EXPECT_EQ(ended_, 0);
}

}  // namespace
}  // namespace rapport::app
