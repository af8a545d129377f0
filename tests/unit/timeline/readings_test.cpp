#include "timeline/readings.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/events.hpp"

namespace rapport::timeline {
namespace {

using domain::EventKind;
using domain::Role;
using test::call;
using test::make;
using test::says;
using test::span;
using test::writes;

Timeline timeline_of(std::vector<domain::Event> events, domain::Channel channel = domain::Channel::voice) {
  return *Timeline::build(call(channel), std::move(events));
}

TEST(Readings, TellTurnsGapsSilencesAndOverlaps) {
  Timeline const timeline = timeline_of({says(Role::agent, 0, 2'000, "good morning"), says(Role::agent, 2'500, 3'000, "how can i help"),
                                         says(Role::customer, 4'000, 8'000, "my card is lost"), says(Role::agent, 7'000, 9'000, "oh no i am sorry"),
                                         says(Role::agent, 20'000, 21'000, "still there?")});
  Readings const readings = read(timeline, 5'000);
  ASSERT_EQ(readings.turns.size(), 3U);
  EXPECT_EQ(readings.turns[0].role, Role::agent);
  EXPECT_EQ(readings.turns[0].words, 6);
  EXPECT_EQ(readings.turns[0].end_ms, 3'000);
  EXPECT_EQ(readings.turns[2].first_event, 3U);
  ASSERT_EQ(readings.gaps.size(), 2U);
  EXPECT_EQ(readings.gaps[0].by, Role::customer);
  EXPECT_EQ(readings.gaps[0].gap_ms, 1'000);
  EXPECT_EQ(readings.gaps[1].gap_ms, 0);
  ASSERT_EQ(readings.silences.size(), 1U);
  EXPECT_EQ(readings.silences[0].at_ms, 9'000);
  EXPECT_EQ(readings.silences[0].end_ms, 20'000);
  ASSERT_EQ(readings.talk_overs.size(), 1U);
  EXPECT_EQ(readings.talk_overs[0].overlap_ms, 1'000);
  EXPECT_TRUE(readings.talk_overs[0].other_yielded);
  EXPECT_EQ(readings.transcript.size(), 5U);
  EXPECT_EQ(readings.end_ms, 21'000);
  EXPECT_EQ(readings.agent_talk_share(), 5'500 * 1'000 / 9'500);
}

TEST(Readings, ListHoldsAndEndTheOpenOnes) {
  Timeline const timeline = timeline_of({says(Role::agent, 0, 1'000, "one moment"), span(EventKind::hold, 1'000, 4'000), make(EventKind::hold, 5'000),
                                         says(Role::agent, 9'000, 10'000, "thank you"), make(EventKind::hold, 12'000), make(EventKind::note, 20'000)});
  Readings const readings = read(timeline, 1);
  ASSERT_EQ(readings.holds.size(), 3U);
  EXPECT_EQ(readings.holds[0].end_ms, 4'000);
  EXPECT_EQ(readings.holds[1].end_ms, 9'000);
  EXPECT_EQ(readings.holds[2].end_ms, 20'000);
  EXPECT_EQ(readings.hold_total_ms, 3'000 + 4'000 + 8'000);
  EXPECT_EQ(readings.hold_longest_ms, 8'000);
}

TEST(Readings, OfAChatHaveNoSilencesButGaps) {
  Timeline const timeline = timeline_of({writes(Role::customer, 0, "hello?"), writes(Role::agent, 90'000, "hi there")}, domain::Channel::chat);
  Readings const readings = read(timeline, 1'000);
  EXPECT_TRUE(readings.silences.empty());
  ASSERT_EQ(readings.gaps.size(), 1U);
  EXPECT_EQ(readings.gaps[0].gap_ms, 90'000);
  EXPECT_EQ(readings.agent_talk_share(), 0);
}

RC_GTEST_PROP(Readings, TurnsAlternateAndHoldEveryWordButBackchannels, ()) {
  std::vector<domain::Event> events;
  base::Millis at_ms = 0;
  int const count = *rc::gen::inRange(0, 40);
  for (int index = 0; index < count; ++index) {
    at_ms += *rc::gen::inRange(0, 3'000);
    Role const by = *rc::gen::element(Role::agent, Role::customer, Role::bot);
    events.push_back(says(by, at_ms, at_ms + *rc::gen::inRange(0, 4'000), *rc::gen::element<std::string>("hello there", "mm", "[noise]", "is it", "right")));
    if (by == Role::bot) events.back().participant = domain::nobody;
  }
  Readings const readings = read(timeline_of(events), 1'000);
  std::int64_t in_turns = 0;
  for (std::size_t turn = 0; turn < readings.turns.size(); ++turn) {
    in_turns += readings.turns[turn].words;
    RC_ASSERT(readings.turns[turn].at_ms <= readings.turns[turn].end_ms);
    if (turn > 0) RC_ASSERT(readings.turns[turn].role != readings.turns[turn - 1].role);
  }
  std::int64_t all = 0;
  base::Millis speech = 0;
  for (Share const& share : readings.shares) {
    all += share.words;
    speech += share.speech_ms;
  }
  std::int64_t backchannels = 0;
  for (Row const& row : readings.transcript) backchannels += row.step.backchannel ? 1 : 0;  // one word each
  RC_ASSERT(in_turns + backchannels == all);
  RC_ASSERT(speech <= 3 * readings.end_ms);
}

}  // namespace
}  // namespace rapport::timeline
