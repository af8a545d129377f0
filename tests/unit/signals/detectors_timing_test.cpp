#include <gtest/gtest.h>

#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using domain::EventKind;
using domain::Role;
using test::DetectorScene;
using test::event_at;

constexpr auto agent = Role::agent;
constexpr auto customer = Role::customer;

domain::Event hold(base::Millis from, base::Millis to) {
  domain::Event event = event_at(EventKind::hold, from);
  event.end_ms = to;
  return event;
}

TEST(Interruption, NeedsOverlapAndACustomerWhoYields) {
  auto const fires = [](base::Millis onset, base::Millis agent_end, std::string const& text, std::string const& by_customer) {
    DetectorScene scene("interruption");
    scene.said(customer, 0, 5'000, by_customer);
    return scene.said(agent, onset, agent_end, text) != "";
  };
  std::string const story = "i ordered a kettle and it came without a lid";
  EXPECT_TRUE(fires(4'000, 7'000, "let me stop you there", story));
  EXPECT_FALSE(fires(4'500, 7'000, "let me stop you there", story));  // exactly the limit
  EXPECT_FALSE(fires(4'000, 4'900, "let me stop you there", story));  // the agent gives way
  EXPECT_FALSE(fires(4'000, 7'000, "mm hm", story));                  // listens
  EXPECT_FALSE(fires(5'200, 7'000, "let me stop you there", story));
}

TEST(FirstStatement, IsTheFirstLongerThanAGreeting) {
  DetectorScene scene("first_statement");
  EXPECT_EQ(scene.customer("hello hi"), "");
  EXPECT_EQ(scene.customer("i lost my debit card today"), "*");
  EXPECT_EQ(scene.customer("and i need another one please"), "");
}

TEST(FirstStatementCut, FiresOnAnyOnsetInside) {
  DetectorScene scene("first_statement_cut");
  scene.said(customer, 0, 4'000, "i lost my debit card on the train today");
  EXPECT_EQ(scene.said(agent, 3'900, 4'000, "which card"), "*");
  EXPECT_EQ(scene.said(agent, 4'100, 5'000, "which card"), "");
}

TEST(Silence, CountsOffHoldBetweenWords) {
  DetectorScene scene("silence", {{"over", "10 s"}});
  scene.said(agent, 0, 1'000, "one moment");
  EXPECT_EQ(scene.said(agent, 11'000, 12'000, "right"), "");  // exactly ten seconds
  EXPECT_EQ(scene.said(customer, 22'001, 23'000, "hello"), "*");
  EXPECT_EQ(scene.last().at_ms, 22'000);
  scene.happens(hold(24'000, 60'000));
  EXPECT_EQ(scene.said(agent, 61'000, 62'000, "thanks"), "");
  EXPECT_EQ(scene.ends(90'000), "");  // not after the last words
}

TEST(HoldOver, IsLongerThanTheLimit) {
  DetectorScene scene("hold_over", {{"over", "120 s"}});
  EXPECT_EQ(scene.happens(hold(0, 120'000)) + scene.said(agent, 130'000, 131'000, "thanks"), "");
  EXPECT_EQ(scene.happens(hold(140'000, 260'001)) + scene.said(agent, 270'000, 271'000, "thanks"), "*");
  EXPECT_EQ(scene.last().at_ms, 260'000);
}

TEST(HoldMeasures, SampleLongestAndSum) {
  for (auto const& [name, value] : {std::pair{"hold_longest", 60'000}, std::pair{"hold_total", 90'000}}) {
    DetectorScene scene(name);
    scene.happens(hold(1'000, 31'000));
    scene.happens(hold(40'000, 100'000));
    scene.said(agent, 101'000, 102'000, "thanks");
    scene.ends(103'000);
    ASSERT_FALSE(scene.fired().empty()) << name;
    EXPECT_EQ(scene.last().value, value) << name;
  }
}

TEST(ResponseGap, IsTheLongestWait) {
  DetectorScene scene("response_gap");
  scene.said(customer, 0, 2'000, "my bill is wrong");
  scene.said(agent, 3'000, 4'000, "i see");
  scene.said(customer, 5'000, 6'000, "so what now");
  scene.said(agent, 10'000, 11'000, "let me see");
  ASSERT_FALSE(scene.fired().empty());
  EXPECT_EQ(scene.last().value, 4'000);
}

TEST(ResponseGap, InTextRunsFromTheFirstUnanswered) {
  DetectorScene scene("response_gap", {}, domain::Channel::chat);
  scene.said(customer, 0, 0, "hello");
  scene.said(customer, 50'000, 50'000, "anyone there");
  scene.said(agent, 60'000, 60'000, "hello");
  ASSERT_FALSE(scene.fired().empty());
  EXPECT_EQ(scene.last().value, 60'000);
}

TEST(SearchLong, FiresInSilenceAfterAnnouncing) {
  DetectorScene scene("search_long", {{"starts", "searches"}, {"over", "20 s"}});
  scene.said(agent, 0, 1'000, "let me look");
  EXPECT_EQ(scene.said(agent, 15'000, 16'000, "still looking"), "");
  scene.said(agent, 30'000, 31'000, "let me look");
  EXPECT_EQ(scene.said(agent, 60'000, 61'000, "here it is"), "*");
  EXPECT_EQ(scene.last().at_ms, 51'000);
}

TEST(SearchLong, IsAnySilenceThatTheAgentEnds) {
  DetectorScene scene("search_long", {{"starts", "searches"}, {"over", "20 s"}});
  scene.said(customer, 0, 1'000, "has it been sent");
  EXPECT_EQ(scene.said(agent, 30'000, 31'000, "no it has not"), "*") << "nobody announced a search";
  EXPECT_EQ(scene.last().at_ms, 21'000);
  EXPECT_EQ(scene.last().event, 0U) << "what ends the silence answers it";
  EXPECT_EQ(scene.said(customer, 60'000, 61'000, "i have restarted it"), "") << "the customer was busy";
  scene.said(agent, 62'000, 63'000, "can you press the button");
  EXPECT_EQ(scene.said(agent, 90'000, 91'000, "what do you see"), "") << "the agent waited for the customer";
}

TEST(SearchLong, IsSilenceAfterANodToo) {
  DetectorScene scene("search_long", {{"starts", "searches"}, {"over", "20 s"}});
  scene.said(customer, 0, 1'000, "has it been sent");
  EXPECT_EQ(scene.said(agent, 1'500, 2'000, "okay"), "");
  EXPECT_EQ(scene.said(agent, 30'000, 31'000, "it is pending"), "*");
  scene.said(customer, 32'000, 33'000, "it does not start");
  scene.said(agent, 34'000, 35'000, "can you press the button");
  EXPECT_EQ(scene.said(agent, 60'000, 61'000, "what do you see"), "") << "more than a nod: the customer is asked to do something";
}

TEST(SearchLong, IsNotWhereTheCustomerLooks) {
  DetectorScene scene("search_long", {{"starts", "searches"}, {"looks", "ok"}, {"over", "20 s"}});
  scene.said(customer, 0, 1'000, "okay i will get it");
  EXPECT_EQ(scene.said(agent, 30'000, 31'000, "are you still there"), "");
  scene.said(customer, 32'000, 33'000, "has it been sent");
  EXPECT_EQ(scene.said(agent, 60'000, 61'000, "no it has not"), "*");
}

TEST(SearchLong, GoesOnWhileTheCustomerOnlyAsksForPatience) {
  DetectorScene scene("search_long", {{"starts", "searches"}, {"over", "20 s"}});
  scene.said(agent, 0, 1'000, "let me look");
  scene.said(customer, 10'000, 11'000, "take your time");
  EXPECT_EQ(scene.said(agent, 30'000, 31'000, "here it is"), "*");
  scene.said(agent, 40'000, 41'000, "let me look");
  scene.said(customer, 42'000, 50'000, "and while you look i will tell you what happened to the other one");
  EXPECT_EQ(scene.said(agent, 65'000, 66'000, "i see"), "");
}

TEST(SearchTold, FiresWhereTheAgentSpokeInALongSearch) {
  DetectorScene scene("search_told", {{"starts", "searches"}, {"over", "20 s"}});
  scene.said(agent, 0, 1'000, "let me look");
  EXPECT_EQ(scene.said(agent, 12'000, 13'000, "still with you"), "");
  EXPECT_EQ(scene.said(agent, 24'000, 25'000, "here it is"), "*");
  EXPECT_EQ(scene.said(agent, 36'000, 37'000, "one more"), "") << "a search is told of once";
}

TEST(SearchTold, NeedsWordsInBetweenAndSilence) {
  DetectorScene scene("search_told", {{"starts", "searches"}, {"over", "20 s"}});
  scene.said(agent, 0, 1'000, "let me look");
  EXPECT_EQ(scene.said(agent, 24'000, 25'000, "here it is"), "");
  scene.said(customer, 26'000, 27'000, "what you have found there is not at all what i asked you for");
  scene.said(agent, 30'000, 38'000, "let me look");
  scene.said(agent, 38'500, 46'000, "still with you");
  EXPECT_EQ(scene.said(agent, 46'500, 56'000, "here it is"), "") << "a search that is talked through is no silence";
}

TEST(InstructionPause, WaitsForTheCustomerOrAPause) {
  DetectorScene scene("instruction_pause", {{"after", "instructs"}, {"gap", "2 s"}});
  scene.said(agent, 0, 1'000, "press the button");
  EXPECT_EQ(scene.said(agent, 1'500, 2'000, "the red one"), "");
  EXPECT_EQ(scene.said(customer, 2'500, 3'000, "done"), "*");
  scene.said(agent, 4'000, 5'000, "unplug it");
  EXPECT_EQ(scene.said(agent, 7'500, 8'000, "and wait"), "*");
}

TEST(SpeechBlock, CountsFullBlocks) {
  DetectorScene scene("speech_block", {{"each", "10 s"}});
  EXPECT_EQ(scene.said(customer, 0, 9'999, "my story"), "");
  EXPECT_EQ(scene.said(customer, 20'000, 31'000, "goes on"), "* | *");
  EXPECT_EQ(scene.said(agent, 40'000, 90'000, "i see"), "");
}

TEST(Nth, FiresOnce) {
  DetectorScene scene("nth", {{"of", "ok"}, {"n", "2"}});
  EXPECT_EQ(scene.agent("okay"), "");
  EXPECT_EQ(scene.agent("okay"), "*");
  EXPECT_EQ(scene.agent("okay"), "");
}

TEST(AtOnce, CountsInOneBreath) {
  DetectorScene scene("at_once", {{"of", "ok"}, {"n", "3"}, {"gap", "2 s"}});
  EXPECT_EQ(scene.said(agent, 0, 1'000, "okay then okay"), "");
  EXPECT_EQ(scene.said(agent, 1'500, 2'000, "and okay"), "*");
  EXPECT_EQ(scene.said(agent, 2'500, 3'000, "okay"), "") << "once a breath";
  EXPECT_EQ(scene.said(agent, 6'000, 7'000, "okay okay"), "");
  EXPECT_EQ(scene.said(agent, 9'500, 9'900, "okay"), "") << "a pause begins another";
  scene.said(customer, 10'000, 10'500, "what was that again");
  EXPECT_EQ(scene.said(agent, 10'600, 11'000, "okay okay"), "") << "so does the other's turn";
}

TEST(AtOnce, AMessageIsABreath) {
  DetectorScene scene("at_once", {{"of", "ok"}, {"n", "3"}, {"gap", "2 s"}}, domain::Channel::chat);
  EXPECT_EQ(scene.agent("okay okay"), "");
  EXPECT_EQ(scene.agent("okay"), "");
  EXPECT_EQ(scene.agent("okay okay okay"), "*");
}

TEST(AddsUp, FiresOnceWhenWeakSignsReachTheSum) {
  DetectorScene scene("adds_up", {{"of", "ok"}, {"to", "2500"}});
  EXPECT_EQ(scene.agent("okay"), "");
  EXPECT_EQ(scene.agent("okay okay okay"), "") << "of one event the surest firing counts alone";
  EXPECT_EQ(scene.agent("well okay"), "okay");
  EXPECT_EQ(scene.last().confidence, 1'000);
  EXPECT_EQ(scene.agent("okay"), "");
}

TEST(AddsUp, IsAsSureAsTheSum) {
  Specs specs = test::specs_for("adds_up", {{"of", "weak"}, {"to", "600"}});
  Spec weak;
  weak.name = "weak";
  weak.meaning = "phrases that the model never believes: each is 300 thousandths sure";
  weak.phrases.push_back({"en", {"perhaps"}, {}});
  weak.detectors.push_back({"model", {{"label", "greeting"}, {"over", "1000"}, {"doubt", "1000"}}});
  specs.signals.push_back(weak);
  DetectorScene scene(std::move(specs));
  EXPECT_EQ(scene.agent("perhaps it is"), "");
  EXPECT_EQ(scene.agent("perhaps it is not"), "perhaps");
  EXPECT_EQ(scene.last().confidence, 600);
}

/// Two labels hear the same sentence: the surer one counts, whichever is listed first.
TEST(AddsUp, CountsTheSurestOfTheSourcesOfASignal) {
  auto const reached = [](std::vector<std::string> const& labels, std::string const& to) {
    Specs specs = test::specs_for("adds_up", {{"of", "sign"}, {"to", to}});
    Spec sign;
    sign.name = "sign";
    sign.meaning = "an apology or a greeting";
    for (std::string const& label : labels) sign.detectors.push_back({"model", {{"label", label}, {"over", "1"}}});
    specs.signals.push_back(sign);
    DetectorScene scene(std::move(specs));
    return !scene.agent("I am so sorry about that delay").empty();
  };
  for (char const* const to : {"100", "300", "500", "700"}) EXPECT_EQ(reached({"greeting", "apology"}, to), reached({"apology", "greeting"}, to)) << to;
  EXPECT_TRUE(reached({"greeting", "apology"}, "500"));
}

TEST(Elapsed, FiresSoLongAfter) {
  DetectorScene scene("elapsed", {{"since", "ok"}, {"after", "5 s"}});
  scene.said(agent, 1'000, 2'000, "okay");
  EXPECT_EQ(scene.ends(5'999), "");
  EXPECT_EQ(scene.ends(6'000), "*");
}

TEST(Ending, TellsHowTheCustomerLeft) {
  DetectorScene vanished("vanished", {{"goodbye", "bye"}});
  vanished.agent("can you try again");
  vanished.customer("hang on");
  EXPECT_EQ(vanished.ends(60'000), "*");

  DetectorScene polite("vanished", {{"goodbye", "bye"}});
  polite.agent("anything else");
  polite.customer("no bye");
  EXPECT_EQ(polite.ends(60'000), "");

  DetectorScene answered("vanished", {{"goodbye", "bye"}});
  answered.customer("hang on");
  answered.agent("are you still there");
  EXPECT_EQ(answered.ends(60'000), "");

  DetectorScene ends("ends");
  ends.agent("hello");
  EXPECT_EQ(ends.ends(5'000), "*");
  DetectorScene waits("ends", {{"after", "bye"}});
  waits.agent("hello");
  EXPECT_EQ(waits.ends(5'000), "");
}

TEST(EndsOn, IsInTheCustomersLastTurn) {
  struct Line {
    domain::Role by;
    char const* text;
  };
  auto const fires = [](std::vector<Line> const& lines) {
    DetectorScene scene("ends_on", {{"signal", "problem"}});
    std::string early;
    for (Line const& line : lines) early += scene.said(line.by, line.text);
    EXPECT_EQ(early, "");
    bool const fired = scene.ends(60'000) == "*" || !scene.fired().empty();
    if (fired) {
      EXPECT_EQ(scene.last().at_ms, 60'000);
      EXPECT_EQ(scene.last().by, customer);
    }
    return fired;
  };
  EXPECT_TRUE(fires({{agent, "hello"}, {customer, "my kettle is broken"}}));
  EXPECT_TRUE(fires({{customer, "my kettle is broken"}, {agent, "we are sorry"}}));
  EXPECT_TRUE(fires({{customer, "my kettle is broken"}, {customer, "and nobody cares about it"}}));
  EXPECT_FALSE(fires({{customer, "my kettle is broken"}, {agent, "we are sorry"}, {customer, "well thank you very much"}}));
  EXPECT_TRUE(fires({{customer, "my kettle is broken"}, {agent, "we are sorry about that"}, {customer, "mm hm"}}));
  EXPECT_FALSE(fires({{agent, "is your kettle broken"}, {customer, "it works well enough"}}));
  EXPECT_FALSE(fires({{agent, "hello"}}));
}

TEST(EndsOn, PointsAtTheLastWordsOfThatTurn) {
  DetectorScene scene("ends_on", {{"signal", "problem"}});
  scene.agent("hello");
  scene.customer("my kettle is broken");
  scene.customer("and nobody cares about it");
  scene.agent("we are sorry about that");
  scene.ends(60'000);
  ASSERT_EQ(scene.fired().size(), 1U);
  EXPECT_EQ(scene.last().event, 2U);
}

TEST(WrapUpLate, WaitsForADisposition) {
  auto const late = [](base::Millis disposition_at) {
    DetectorScene scene("wrap_up_late", {{"after", "120 s"}});
    scene.agent("bye");
    std::string fired = scene.happens(event_at(EventKind::ended, 10'000));
    if (disposition_at > 0) fired += scene.happens(event_at(EventKind::disposition, disposition_at));
    return fired + scene.ends(300'000) != "";
  };
  EXPECT_FALSE(late(100'000));
  EXPECT_TRUE(late(0));
  EXPECT_TRUE(late(200'000));
}

TEST(WrapUpLate, CountsFromTheLastWordsWhereNothingTellsTheEnd) {
  auto const late = [](base::Millis disposition_at, base::Millis ended_at) {
    DetectorScene scene("wrap_up_late", {{"after", "120 s"}});
    scene.said(agent, 9'000, 10'000, "bye");
    std::string fired = scene.happens(event_at(EventKind::disposition, disposition_at));
    if (ended_at > 0) fired += scene.happens(event_at(EventKind::ended, ended_at));
    return fired + scene.ends(900'000) != "";
  };
  EXPECT_FALSE(late(130'000, 0));
  EXPECT_TRUE(late(130'001, 0));
  EXPECT_FALSE(late(600'000, 700'000)) << "captured before the end, however long nobody spoke";
}

TEST(Mood, ReadsTheCustomersWords) {
  auto const fires = [](DetectorScene::Parameters parameters, std::string const& text) {
    return DetectorScene("sentiment", std::move(parameters)).customer(text) != "";
  };
  EXPECT_TRUE(fires({{"sign", "negative"}, {"level", "strong"}}, "i am furious"));
  EXPECT_FALSE(fires({{"sign", "negative"}, {"level", "strong"}}, "that is bad"));
  EXPECT_TRUE(fires({{"sign", "negative"}}, "that is bad"));
  EXPECT_TRUE(fires({{"sign", "negative"}}, "that is not good"));
  EXPECT_FALSE(fires({{"sign", "negative"}}, "that is not bad"));
  EXPECT_TRUE(fires({{"sign", "positive"}}, "wonderful thanks"));
  EXPECT_EQ(DetectorScene("sentiment").agent("that is terrible"), "");

  DetectorScene calmer("calmer");
  EXPECT_EQ(calmer.customer("good thanks"), "");
  calmer.customer("i am furious");
  EXPECT_EQ(calmer.customer("i am still upset"), "");
  EXPECT_EQ(calmer.customer("good thanks"), "*");
}

}  // namespace
}  // namespace rapport::signals
