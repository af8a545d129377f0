#include "signals/filter_rule.hpp"

#include <gtest/gtest.h>

#include "unit/signals/lexicon_scene.hpp"

namespace rapport::signals {
namespace {

using domain::EventKind;
using domain::Role;
using namespace test;

/// "sorry", and "but" under a filter.
Specs but_if(Filter filter) {
  Specs specs;
  specs.signals = {phrases("sorry", {"sorry"}), with(phrases("but", {"but"}), std::move(filter))};
  return specs;
}

Filter reaching(Reach reach, bool negated = false) {
  Filter made = filter(Filter::Kind::with, {"sorry"}, negated);
  made.reach = reach;
  return made;
}

constexpr std::string_view both = "sorry@0 \"sorry\"; but@0 \"but\"";
constexpr std::string_view sorry_alone = "sorry@0 \"sorry\"";

TEST(Filters, WithLooksIntoTheEvent) {
  EXPECT_EQ(Scene(but_if(reaching(Reach::event))).agent(0, "sorry. but"), both);
  EXPECT_EQ(Scene(but_if(reaching(Reach::event))).agent(0, "but. why"), "");
  EXPECT_EQ(Scene(but_if(reaching(Reach::event, true))).agent(0, "sorry. but"), sorry_alone);
}

TEST(Filters, WithLooksIntoTheSentence) {
  EXPECT_EQ(Scene(but_if(reaching(Reach::sentence))).agent(0, "sorry but"), both);
  EXPECT_EQ(Scene(but_if(reaching(Reach::sentence))).agent(0, "sorry. but"), sorry_alone);
}

TEST(Filters, WithLooksIntoTheTurnSoFar) {
  Scene scene(but_if(reaching(Reach::turn)));
  EXPECT_EQ(scene.agent(0, "but why is that so"), "");
  EXPECT_EQ(scene.agent(2'000, "so sorry to hear"), "sorry@2000 \"sorry\"");
  EXPECT_EQ(scene.agent(4'000, "but now we know"), "but@4000 \"but\"");
  EXPECT_EQ(scene.customer(6'000, "but i do not know"), "");
}

TEST(Filters, AfterWantsItEarlier) {
  Scene scene(but_if(filter(Filter::Kind::after, {"sorry"})));
  EXPECT_EQ(scene.agent(0, "but sorry but"), "sorry@0 \"sorry\"; but@0 \"but\"");
  EXPECT_EQ(scene.customer(90'000, "but"), "but@90000 \"but\"");
  Scene without(but_if(filter(Filter::Kind::after, {"sorry"}, true)));
  EXPECT_EQ(without.agent(0, "but sorry but"), "but@0 \"but\"; sorry@0 \"sorry\"");
  EXPECT_EQ(without.customer(90'000, "but"), "");
}

TEST(Filters, AfterMayBeBoundInTime) {
  Filter soon = filter(Filter::Kind::after, {"sorry"});
  soon.within_ms = 5'000;
  Scene scene(but_if(soon));
  scene.agent(0, "sorry");  // until 1 000
  EXPECT_EQ(scene.agent(6'000, "but"), "but@6000 \"but\"");
  EXPECT_EQ(scene.agent(6'001, "but"), "");
}

TEST(Filters, AfterMayBeBoundInTurnsOfTheSpeaker) {
  Filter soon = filter(Filter::Kind::after, {"sorry"});
  soon.turns = 1;
  Scene scene(but_if(soon), domain::Channel::chat);
  scene.agent(0, "sorry");
  EXPECT_EQ(scene.customer(1'000, "but"), "but@1000 \"but\"");
  EXPECT_EQ(scene.agent(2'000, "but"), "but@2000 \"but\"");
  EXPECT_EQ(scene.customer(3'000, "but"), "");
  EXPECT_EQ(scene.agent(4'000, "but"), "");
}

TEST(Filters, AfterItselfIsTheFirstTimeOnly) {
  Specs specs;
  specs.signals = {with(phrases("first", {"hi"}), filter(Filter::Kind::after, {"first"}, true))};
  Scene scene(specs);
  EXPECT_EQ(scene.agent(0, "hi hi"), "first@0 \"hi\"");
  EXPECT_EQ(scene.agent(2'000, "hi"), "");
}

TEST(Filters, AfterItselfIsTheFirstTimeOnlyAmongMany) {
  Specs specs;
  specs.signals = {with(phrases("first", {"hi"}), filter(Filter::Kind::after, {"first"}, true))};
  Scene scene(specs);
  std::string many;
  for (int i = 0; i < 40; ++i) many += "hi ";
  EXPECT_EQ(scene.agent(0, many), "first@0 \"hi\"");
}

TEST(Filters, ReplyToLooksAtTheOtherSidesLastTurn) {
  Scene scene(but_if(filter(Filter::Kind::reply_to, {"sorry"})), domain::Channel::chat);
  scene.customer(0, "sorry");
  scene.customer(1'000, "it is late");
  EXPECT_EQ(scene.agent(2'000, "but"), "but@2000 \"but\"");
  EXPECT_EQ(scene.agent(3'000, "sorry but"), "sorry@3000 \"sorry\"; but@3000 \"but\"");
  EXPECT_EQ(scene.customer(4'000, "but no"), "but@4000 \"but\"");
  EXPECT_EQ(scene.agent(5'000, "but"), "");
}

TEST(Filters, QuestionLooksAtTheSentence) {
  EXPECT_EQ(Scene(but_if(filter(Filter::Kind::question, {}))).agent(0, "but why? but so."), "but@0 \"but\"");
  EXPECT_EQ(Scene(but_if(filter(Filter::Kind::question, {}, true))).agent(0, "but why? so but."), "but@0 \"but\"");
  Specs specs;
  specs.signals = {with(detector("asks", "echo"), filter(Filter::Kind::question, {}))};
  Scene scene(specs);
  EXPECT_EQ(scene.agent(0, "so. why?"), "asks@0");
  EXPECT_EQ(scene.agent(2'000, "so."), "");
}

TEST(Filters, CountWordsAsWritten) {
  Filter few = filter(Filter::Kind::word_count, {});
  few.low = 2;
  few.high = 3;
  EXPECT_EQ(Scene(but_if(few)).agent(0, "but"), "");
  EXPECT_EQ(Scene(but_if(few)).agent(0, "but i'm gonna"), "but@0 \"but\"");
  EXPECT_EQ(Scene(but_if(few)).agent(0, "but i am going to"), "");
}

TEST(Filters, InFirstTurnsOfTheSpeaker) {
  Filter early = filter(Filter::Kind::in_turns, {});
  early.turns = 1;
  Scene scene(but_if(early), domain::Channel::chat);
  EXPECT_EQ(scene.agent(0, "but"), "but@0 \"but\"");
  EXPECT_EQ(scene.agent(1'000, "but"), "but@1000 \"but\"");
  EXPECT_EQ(scene.customer(2'000, "but"), "but@2000 \"but\"");
  EXPECT_EQ(scene.agent(3'000, "but"), "");
}

TEST(Filters, InSomeChannelsOnly) {
  EXPECT_EQ(Scene(but_if(filter(Filter::Kind::channel, {"chat", "email"})), domain::Channel::chat).agent(0, "but"), "but@0 \"but\"");
  EXPECT_EQ(Scene(but_if(filter(Filter::Kind::channel, {"chat", "email"}))).agent(0, "but"), "");
}

}  // namespace
}  // namespace rapport::signals
