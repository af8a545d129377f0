// Of calls: pauses of the recording, messages that callers leave, keys, and how the lines are.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using domain::EventKind;
using test::ana;
using test::ben;
using test::SmallCentre;

/// A call that Ana has answered.
std::string call_with_ana(SmallCentre& centre) {
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start(domain::Channel::voice)).interaction;
  centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana));
  return id;
}

std::vector<std::string> kinds(LiveInteraction const& live) {
  std::vector<std::string> found;
  for (domain::Event const& event : live.events) {
    if (event.kind == EventKind::other) found.emplace_back(event.text_of("kind"));
  }
  return found;
}

domain::Event const& last(LiveInteraction const& live, std::string_view kind) {
  for (auto event = live.events.rbegin(); event != live.events.rend(); ++event) {
    if (event->text_of("kind") == kind) return *event;
  }
  RAPPORT_ASSERT(false);
}

TEST(CoreCalls, APauseOfTheRecordingIsASpanOfTheTimeline) {
  SmallCentre centre;
  std::string const id = call_with_ana(centre);
  EXPECT_EQ(centre.refusal(ResumeRecording{id}, SmallCentre::by(ana)), "not_paused");
  EXPECT_EQ(centre.refusal(PauseRecording{id}, SmallCentre::by(ben)), "not_yours");
  centre.must(PauseRecording{id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.refusal(PauseRecording{id}, SmallCentre::by(ana)), "already_paused");
  EXPECT_TRUE(centre.live(id).summary().recording_paused);
  centre.pass(base::second);
  centre.must(ResumeRecording{id, true});
  EXPECT_FALSE(centre.live(id).summary().recording_paused);
  domain::Event const& pause = last(centre.live(id), "recording_paused");
  EXPECT_EQ(*pause.end_ms - pause.at_ms, base::second + 1 + 1);  // and the two commands' own milliseconds
  EXPECT_EQ(pause.text_of("ended"), "limit");
}

TEST(CoreCalls, APauseEndsWithTheCallAndWithItsAgent) {
  SmallCentre centre;
  std::string const id = call_with_ana(centre);
  centre.must(PauseRecording{id}, SmallCentre::by(ana));
  centre.must(PutBack{id}, SmallCentre::by(ana));
  EXPECT_EQ(last(centre.live(id), "recording_paused").text_of("ended"), "handed_on");
  EXPECT_EQ(centre.refusal(PauseRecording{id}), "not_connected");

  SmallCentre other;
  std::string const ended = call_with_ana(other);
  other.must(PauseRecording{ended}, SmallCentre::by(ana));
  other.must(EndInteraction{ended}, SmallCentre::customer("c-1"));
  EXPECT_EQ(last(other.live(ended), "recording_paused").text_of("ended"), "ended");
  EXPECT_EQ(other.live(ended).events.back().kind, EventKind::ended);
}

TEST(CoreCalls, ACrashEndsThePauseWithTheCall) {
  SmallCentre centre;
  std::string const id = call_with_ana(centre);
  centre.must(PauseRecording{id}, SmallCentre::by(ana));
  centre.crash(base::minute);
  EXPECT_EQ(kinds(centre.live(id)), (std::vector<std::string>{"recording_pause_started", "recording_paused"}));
  EXPECT_EQ(centre.live(id).stage, Stage::over);
}

TEST(CoreCalls, OnlyACallIsPausedAndTakesKeys) {
  SmallCentre centre;
  std::string const chat = centre.chat_with_ana();
  EXPECT_EQ(centre.refusal(PauseRecording{chat}, SmallCentre::by(ana)), "no_call");
  EXPECT_EQ(centre.refusal(PressKeys{chat, "1"}, SmallCentre::by(ana)), "no_call");
}

TEST(CoreCalls, KeysAreToldToThePhoneAndKeptNowhere) {
  SmallCentre centre;
  std::string const id = call_with_ana(centre);
  std::size_t const before = centre.live(id).events.size();
  for (std::string const wrong : {"", "4a", "A"}) EXPECT_EQ(centre.refusal(PressKeys{id, wrong}, SmallCentre::by(ana)), "bad_event");
  EXPECT_EQ(centre.refusal(PressKeys{id, std::string(33, '1')}, SmallCentre::by(ana)), "too_many");
  EXPECT_EQ(centre.refusal(PressKeys{id, "1"}, SmallCentre::by(ben)), "not_yours");
  centre.must(PressKeys{id, "42#"}, SmallCentre::by(ana));
  ASSERT_EQ(centre.all<KeysPressed>().size(), 1U);
  EXPECT_EQ(centre.all<KeysPressed>().front().keys, "42#");
  EXPECT_EQ(centre.live(id).events.size(), before);
}

TEST(CoreCalls, ALineIsToldAlwaysAndKeptWhereItBecameAnother) {
  SmallCentre centre;
  std::string const id = call_with_ana(centre);
  std::size_t const before = centre.live(id).events.size();
  LineReading reading{"customer", {}, 420, 0, std::nullopt, 3, 20, 40, false};
  centre.must(TellLine{id, reading, TellLine::Became::same});
  EXPECT_EQ(centre.live(id).events.size(), before);
  reading.score = 210;
  reading.bad = true;
  centre.must(TellLine{id, reading, TellLine::Became::bad});
  EXPECT_EQ(kinds(centre.live(id)), (std::vector<std::string>{"line_bad"}));
  EXPECT_EQ(last(centre.live(id), "line_bad").leg, "customer");
  centre.must(TellLine{id, {"agent", ana, 400, 0, std::nullopt, 3, 20, std::nullopt, false}, TellLine::Became::same});
  ASSERT_EQ(centre.all<LineTold>().size(), 3U);
  EXPECT_EQ(centre.all<LineTold>().back().legs.size(), 2U);
  EXPECT_TRUE(centre.all<LineTold>().back().legs.front().bad);
}

/// A caller in a menu, and queues that are closed.
std::string caller_at_night(SmallCentre& centre) {
  ConfigureQueue closed = SmallCentre::queue("billing", 1, 30 * base::second);
  auto rules = std::make_shared<routing::Queue>(*closed.rules);
  rules->hours.week = {{0, 540, 541}};  // a minute of Mondays; the test's day is a Thursday
  closed.rules = rules;
  centre.must(closed);
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  return centre.must(centre.start(domain::Channel::voice, {})).interaction;
}

TEST(CoreCalls, AMessageWaitsInAClosedQueueAndIsOfferedAsACallIs) {
  SmallCentre centre;
  std::string const id = caller_at_night(centre);
  EXPECT_EQ(centre.refusal(MoveToQueue{id, "billing"}), "queue_closed");
  EXPECT_EQ(centre.refusal(LeaveMessage{id, "nowhere", 5'000}), "unknown_queue");
  centre.must(LeaveMessage{id, "billing", 5'000});
  EXPECT_EQ(centre.live(id).stage, Stage::offered);
  EXPECT_EQ(centre.live(id).row.queue, "billing");
  EXPECT_TRUE(centre.live(id).summary().left_message);
  EXPECT_EQ(last(centre.live(id), "voicemail_left").find("seconds")->number, 5'000);
  centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.refusal(PauseRecording{id}, SmallCentre::by(ana)), "no_call");
  EXPECT_EQ(centre.refusal(LeaveMessage{id, "billing", 5'000}), "no_call");
  centre.must(EndInteraction{id}, SmallCentre::by(ana));
}

TEST(CoreCalls, AMessageOutlivesACrash) {
  SmallCentre centre;
  std::string const id = caller_at_night(centre);
  centre.must(LeaveMessage{id, "billing", 5'000});
  centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana));
  centre.crash(base::minute);
  EXPECT_EQ(centre.live(id).stage, Stage::connected);
  EXPECT_TRUE(centre.live(id).summary().left_message);
  centre.must(PutBack{id}, SmallCentre::by(ana));
  centre.crash();
  EXPECT_NE(centre.live(id).stage, Stage::over);
}

}  // namespace
}  // namespace rapport::centre
