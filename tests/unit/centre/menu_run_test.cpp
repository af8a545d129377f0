// A call's way through a menu: what is spoken, told and done at each key and each silence.
#include "centre/menu_run.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/phone_limits.hpp"
#include "centre/card_mask.hpp"
#include "centre/menu_document.hpp"

namespace rapport::centre {
namespace {

using Kind = MenuEffect::Kind;

constexpr base::Instant monday_noon{1'772'452'800'000};  // 2026-03-02T12:00Z
constexpr base::Instant monday_night{1'772'496'000'000};

std::shared_ptr<Menu const> menu() {
  auto read = parse_menu(R"({"start": "hours", "steps": {
    "hours": {"do": "hours", "hours": {"week": {"mon": ["09:00-17:00"]}}, "next": "choose", "otherwise": "closed"},
    "choose": {"do": "menu", "text": "Choose.", "wrong": "Sorry?", "keys": {"1": "account", "2": "support", "3": "choose"}, "patience_seconds": 5, "tries": 2, "otherwise": "support"},
    "account": {"do": "ask", "text": "Number?", "wrong": "Too short.", "field": "account", "digits_min": 3, "digits_max": 16, "tries": 2, "next": "support", "otherwise": "closed"},
    "support": {"do": "queue", "queue": "support", "otherwise": "closed"},
    "closed": {"do": "hang_up", "text": "Goodbye."}}})",
                         monday_noon);
  EXPECT_TRUE(read) << read.error().message;
  return std::make_shared<Menu const>(*std::move(read));
}

/// "speak Choose.", "tell choose (open)", "tell account=123", "enter support", "hush", "hang up".
std::vector<std::string> said(MenuEffects const& effects) {
  std::vector<std::string> words;
  for (MenuEffect const& effect : effects) {
    domain::Event const& event = effect.event;
    bool const digits = event.kind == domain::EventKind::field_captured;
    if (effect.kind == Kind::speak) words.push_back("speak " + effect.text);
    if (effect.kind == Kind::enter) words.push_back("enter " + effect.text);
    if (effect.kind == Kind::call_back) words.push_back("call back " + effect.number + " from " + effect.text);
    if (effect.kind == Kind::send) words.push_back("send to " + effect.number);
    if (effect.kind == Kind::be_quiet) words.push_back("hush");
    if (effect.kind == Kind::hang_up) words.push_back("hang up");
    if (effect.kind == Kind::listen) words.push_back("listen");
    if (effect.kind == Kind::leave) words.push_back("leave " + std::to_string(effect.length_ms) + " in " + effect.text);
    if (effect.kind == Kind::tell && digits) words.push_back("tell " + std::string{event.text_of("name")} + "=" + std::string{event.text_of("value")});
    if (effect.kind == Kind::tell && !digits) words.push_back("tell " + std::string{event.text_of("step")} + " (" + std::string{event.text_of("reason")} + ")");
  }
  return words;
}
using Words = std::vector<std::string>;

TEST(MenuRun, AKeyLeadsOnEvenWhileTheMenuIsSpoken) {
  MenuRun run{menu(), "main"};
  EXPECT_EQ(said(run.begin(monday_noon)), (Words{"tell hours (called)", "tell choose (open)", "speak Choose."}));
  EXPECT_FALSE(run.deadline());
  EXPECT_EQ(said(run.key('2', monday_noon)), (Words{"hush", "tell support (key 2)", "enter support"}));
  EXPECT_EQ(said(run.key('1', monday_noon)), Words{});
}

TEST(MenuRun, ATransferSpeaksSendsAndGoesOnWhereNobodyHasThemThere) {
  auto read = parse_menu(R"({"start": "send", "steps": {
    "send": {"do": "transfer", "text": "One moment.", "to": "+442079460200", "otherwise": "closed"},
    "closed": {"do": "hang_up"}}})",
                         monday_noon);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, *read_menu(menu_json(*read), monday_noon));
  MenuRun run{std::make_shared<Menu const>(*std::move(read)), "main"};
  EXPECT_EQ(said(run.begin(monday_noon)), (Words{"tell send (called)", "speak One moment."}));
  EXPECT_EQ(said(run.key('1', monday_noon)), Words{});
  EXPECT_EQ(said(run.spoken(monday_noon)), (Words{"send to +442079460200"}));
  EXPECT_FALSE(run.deadline());
  EXPECT_EQ(said(run.refused(monday_noon)), (Words{"tell closed (not taken)", "hang up"}));
  for (char const* const to : {"020 7946 0200", "+", "+44x", "+44207946020012345"}) {
    EXPECT_FALSE(parse_menu(std::string{R"({"start": "send", "steps": {"send": {"do": "transfer", "to": ")"} + to + R"("}}})", monday_noon)) << to;
  }
}

/// Past the greeting, at the tone.
MenuRun at_the_tone() {
  auto read = parse_menu(R"({"start": "a", "steps": {"a": {"do": "voicemail", "text": "Speak.", "queue": "support", "longest_seconds": 60}}})", monday_noon);
  EXPECT_TRUE(read) << read.error().message;
  MenuRun run{std::make_shared<Menu const>(*std::move(read)), "main"};
  EXPECT_EQ(said(run.begin(monday_noon)), (Words{"tell a (called)", "speak Speak."}));
  EXPECT_EQ(said(run.left(monday_noon)), Words{}) << "nothing was said";
  EXPECT_EQ(said(run.key('1', monday_noon)), Words{});
  EXPECT_EQ(said(run.spoken(monday_noon)), Words{"listen"});
  EXPECT_EQ(run.deadline(), monday_noon + base::minute);
  return run;
}

TEST(MenuRun, AMessageEndsByHashHangUpSilenceOrItsLength) {
  base::Instant const later = monday_noon + 20 * base::second;
  MenuRun run = at_the_tone();
  EXPECT_EQ(said(run.key('5', later)), Words{});
  EXPECT_EQ(said(run.key('#', later)), Words{"leave 20000 in support"});
  EXPECT_TRUE(run.over());
  EXPECT_EQ(said(at_the_tone().left(later)), Words{"leave 20000 in support"});
  EXPECT_EQ(said(at_the_tone().fell_silent(later)), Words{"leave 12000 in support"});
  EXPECT_EQ(said(at_the_tone().advance(monday_noon + base::minute)), Words{"leave 60000 in support"});
}

TEST(MenuRun, WhoSaysNothingLeavesNothing) {
  EXPECT_EQ(said(at_the_tone().fell_silent(monday_noon + limits::message_silence_ms)), Words{"hang up"});
  EXPECT_EQ(said(at_the_tone().key('#', monday_noon + 10)), Words{"hang up"});
  EXPECT_EQ(said(at_the_tone().left(monday_noon + 10)), Words{}) << "they have hung up themselves";
}

TEST(MenuRun, AKeyCountsOnceWhereverItLeads) {
  auto read = parse_menu(R"({"start": "a", "steps": {
    "a": {"do": "menu", "keys": {"1": "b"}, "otherwise": "d"},
    "b": {"do": "ask", "field": "one", "digits_max": 1, "next": "c", "otherwise": "d"},
    "c": {"do": "menu", "keys": {"1": "d"}, "otherwise": "d"},
    "d": {"do": "consent", "next": "e", "otherwise": "e"}, "e": {"do": "hang_up"}}})",
                         monday_noon);
  ASSERT_TRUE(read) << read.error().message;
  MenuRun run{std::make_shared<Menu const>(*read), "main"};
  run.begin(monday_noon);
  EXPECT_EQ(said(run.key('1', monday_noon)).back(), "tell b (key 1)");
  EXPECT_EQ(said(run.key('1', monday_noon)).back(), "tell c (digits)");
  EXPECT_EQ(said(run.key('1', monday_noon)).back(), "tell d (key 1)");
  EXPECT_FALSE(run.over());
}

TEST(MenuRun, ByNightItSaysSoAndHangsUp) {
  MenuRun run{menu(), "main"};
  EXPECT_EQ(said(run.begin(monday_night)), (Words{"tell hours (called)", "tell closed (closed)", "speak Goodbye."}));
  EXPECT_EQ(said(run.spoken(monday_night)), Words{"hang up"});
  EXPECT_TRUE(run.over());
  EXPECT_EQ(said(run.spoken(monday_night)), Words{});
}

TEST(MenuRun, AWrongKeyAndSilenceCostATryEach) {
  MenuRun run{menu(), "main"};
  run.begin(monday_noon);
  EXPECT_EQ(said(run.key('9', monday_noon)), (Words{"hush", "speak Sorry? Choose."}));
  EXPECT_EQ(said(run.spoken(monday_noon)), Words{});
  ASSERT_EQ(run.deadline(), monday_noon + 5'000);
  EXPECT_EQ(said(run.advance(monday_noon + 4'999)), Words{});
  EXPECT_EQ(said(run.advance(monday_noon + 5'000)), (Words{"tell support (no answer)", "enter support"}));
}

TEST(MenuRun, DigitsEndByHashByTheirNumberOrByPatience) {
  for (char const last : {'#', '.'}) {
    MenuRun run{menu(), "main"};
    run.begin(monday_noon);
    EXPECT_EQ(said(run.key('1', monday_noon)), (Words{"hush", "tell account (key 1)", "speak Number?"}));
    EXPECT_EQ(said(run.key('1', monday_noon)), Words{"hush"});
    for (char const key : {'*', '4', '2', '7'}) run.key(key, monday_noon);
    MenuEffects const effects = last == '#' ? run.key(last, monday_noon) : run.advance(monday_noon + 5'000);
    EXPECT_EQ(said(effects), (Words{"tell account=427", "tell support (digits)", "enter support"}));
  }
}

TEST(MenuRun, TooFewDigitsAreAskedForAgainThenGivenUp) {
  MenuRun run{menu(), "main"};
  run.begin(monday_noon);
  run.key('1', monday_noon);
  run.key('4', monday_noon);
  EXPECT_EQ(said(run.key('#', monday_noon)), Words{"speak Too short. Number?"});
  run.spoken(monday_noon);
  EXPECT_EQ(said(run.advance(monday_noon + 5'000)), (Words{"tell closed (no answer)", "speak Goodbye."}));
}

TEST(MenuRun, ConsentIsGivenByOneAndByNothingElse) {
  auto read = parse_menu(R"({"start": "ask", "steps": {"ask": {"do": "consent", "text": "May we?", "tries": 1, "next": "yes", "otherwise": "no"},
    "yes": {"do": "hang_up"}, "no": {"do": "hang_up"}}})",
                         monday_noon);
  ASSERT_TRUE(read) << read.error().message;
  auto const asking = std::make_shared<Menu const>(*read);
  auto const given = [](MenuEffects const& effects) {
    for (MenuEffect const& effect : effects) {
      if (effect.event.kind == domain::EventKind::consent) return effect.event.find("given")->number != 0 ? "yes" : "no";
    }
    return "not told";
  };
  for (auto const& [key, expected] : {std::pair{'1', "yes"}, {'2', "no"}, {'#', "no"}}) {
    MenuRun run{asking, "main"};
    run.begin(monday_noon);
    EXPECT_STREQ(given(run.key(key, monday_noon)), expected) << key;
  }
  MenuRun silent{asking, "main"};
  silent.begin(monday_noon);
  silent.spoken(monday_noon);
  EXPECT_STREQ(given(silent.advance(monday_noon + 5'000)), "no");
}

TEST(MenuRun, WhatMayBeACardNumberIsToldToNobody) {
  MenuRun run{menu(), "main"};
  run.begin(monday_noon);
  run.key('1', monday_noon);
  Words words;
  for (char const key : std::string{"4111111111111111"}) {
    for (std::string const& word : said(run.key(key, monday_noon))) words.push_back(word);
  }
  EXPECT_EQ(words, (Words{"hush", "tell support (secret digits)", "enter support"}));
}

TEST(MenuRun, ANumberToCallBackIsTheirsByOneOrKeyedInAndKeptShorterThanACard) {
  auto read = parse_menu(R"({"start": "later", "callback_key": "2", "steps": {
    "later": {"do": "callback", "text": "One, or a number.", "queue": "support", "tries": 2, "otherwise": "full"},
    "full": {"do": "hang_up"}}})",
                         monday_noon);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->callback_key, "2");
  auto const later = std::make_shared<Menu const>(*std::move(read));
  EXPECT_EQ(*read_menu(boost::json::value(menu_json(*later)), monday_noon), *later);
  MenuRun same{later, "main"};
  same.begin(monday_noon);
  same.key('1', monday_noon);
  EXPECT_EQ(said(same.key('#', monday_noon)), Words{"call back  from support"});
  EXPECT_EQ(said(same.refused(monday_noon)), (Words{"tell full (not taken)", "hang up"}));
  MenuRun patient{later, "main"};
  patient.begin(monday_noon);
  patient.spoken(monday_noon);
  patient.key('1', monday_noon);
  EXPECT_EQ(said(patient.advance(*patient.deadline())), Words{"call back  from support"});
  MenuRun other{later, "main"};
  other.begin(monday_noon);
  MenuEffects last;
  for (char const key : std::string_view{"020794601234"}) last = other.key(key, monday_noon);  // as many as there may be
  EXPECT_EQ(said(last), (Words{"tell callback_number=020794601234", "call back 020794601234 from support"}));
  MenuRun brief{later, "main"};
  brief.begin(monday_noon);
  brief.key('9', monday_noon);
  EXPECT_EQ(said(brief.key('#', monday_noon)), Words{"speak One, or a number."});
  EXPECT_FALSE(parse_menu(R"({"start": "a", "callback_key": "x", "steps": {"a": {"do": "hang_up"}}})", monday_noon));
}

TEST(MenuRun, AQueueThatDoesNotTakeThemLeadsElsewhere) {
  MenuRun run{menu(), "main"};
  run.begin(monday_noon);
  run.key('2', monday_noon);
  EXPECT_EQ(said(run.refused(monday_noon)), (Words{"tell closed (not taken)", "speak Goodbye."}));
}

TEST(MenuRun, WhoeverGoesInCirclesIsHungUpOn) {
  MenuRun run{menu(), "main"};
  run.begin(monday_noon);
  for (std::size_t i = 0; i <= limits::menu_turns_max && !run.over(); ++i) run.key('3', monday_noon);
  EXPECT_TRUE(run.over());
}

/// Whatever happens in whatever order: it ends, or waits for the ear, a key, a queue or a moment.
RC_GTEST_PROP(MenuRun, NeverStandsStill, ()) {
  MenuRun run{menu(), "main"};
  base::Instant now = monday_noon;
  bool speaking = false;
  bool entering = false;
  auto const take = [&](MenuEffects const& effects) {
    for (MenuEffect const& effect : effects) {
      if (effect.kind == Kind::speak) speaking = true;
      if (effect.kind == Kind::be_quiet) speaking = false;
      if (effect.kind == Kind::enter) entering = true;
    }
  };
  take(run.begin(now));
  auto const what = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 16));
  for (int const one : what) {
    if (one < 12) take(run.key("0123456789*#"[one], now));
    if (one == 12) {
      speaking = false;
      take(run.spoken(now));
    }
    if (one == 13) take(run.advance(now = now + 6'000));
    if (one == 14 && entering) {
      entering = false;
      take(run.refused(now));
    }
    RC_ASSERT(run.over() || speaking || entering || run.deadline().has_value());
  }
}

}  // namespace
}  // namespace rapport::centre
