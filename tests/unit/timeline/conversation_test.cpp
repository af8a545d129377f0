#include "timeline/conversation.hpp"

#include <gtest/gtest.h>

#include "support/events.hpp"

namespace rapport::timeline {
namespace {

using domain::Channel;
using domain::EventKind;
using domain::Role;
using test::make;
using test::says;
using test::span;
using test::writes;

class AVoiceConversation : public testing::Test {
 protected:
  Step take(domain::Event const& event) { return conversation.advance(event, "en"); }
  Conversation conversation{Channel::voice};
};

TEST_F(AVoiceConversation, CountsATurnWhereTheSpeakerChanges) {
  EXPECT_TRUE(take(says(Role::agent, 0, 1'000, "good morning")).turn_started);
  EXPECT_FALSE(take(says(Role::agent, 1'500, 2'000, "this is northwind")).turn_started);
  EXPECT_TRUE(take(says(Role::customer, 2'500, 3'000, "my card is lost")).turn_started);
  EXPECT_EQ(conversation.turns(Role::agent), 1);
  EXPECT_EQ(conversation.turns(Role::customer), 1);
  EXPECT_EQ(conversation.turn_of(), Role::customer);
  EXPECT_EQ(conversation.share(Role::agent).words, 5);
  EXPECT_EQ(conversation.share(Role::agent).speech_ms, 1'500);
}

TEST_F(AVoiceConversation, ABackchannelIsHeardButNoTurn) {
  take(says(Role::customer, 0, 4'000, "i was charged twice for the same thing"));
  Step const step = take(says(Role::agent, 2'000, 2'300, "mm-hm"));
  EXPECT_TRUE(step.words);
  EXPECT_TRUE(step.backchannel);
  EXPECT_FALSE(step.turn_started);
  EXPECT_EQ(conversation.turns(Role::agent), 0);
  EXPECT_EQ(conversation.turn_of(), Role::customer);
  EXPECT_EQ(conversation.share(Role::agent).words, 2);
  EXPECT_TRUE(conversation.agent_took_part());
}

TEST_F(AVoiceConversation, AShortAnswerToAQuestionIsATurn) {
  take(says(Role::agent, 0, 1'000, "is that your address"));
  EXPECT_TRUE(take(says(Role::customer, 1'200, 1'400, "yes")).turn_started);
  EXPECT_TRUE(take(says(Role::agent, 1'600, 1'700, "okay")).backchannel);  // nobody asked
}

TEST_F(AVoiceConversation, TheFirstWordsAreATurnHoweverShort) {
  EXPECT_TRUE(take(says(Role::agent, 0, 300, "yes")).turn_started);
}

TEST_F(AVoiceConversation, NoiseIsNeitherWordsNorSpeech) {
  take(says(Role::agent, 0, 1'000, "hello"));
  Step const step = take(says(Role::customer, 1'500, 9'000, "[noise]"));
  EXPECT_FALSE(step.words);
  EXPECT_EQ(conversation.share(Role::customer).speech_ms, 0);
  EXPECT_EQ(conversation.speech_end(), 1'000);
}

TEST_F(AVoiceConversation, OverlapIsMeasuredAtTheOnsetAndTellsWhoGaveWay) {
  take(says(Role::customer, 0, 5'000, "so what happened was that the parcel"));
  Step const step = take(says(Role::agent, 4'000, 7'000, "let me stop you there"));
  EXPECT_EQ(step.overlap_ms, 1'000);
  EXPECT_TRUE(step.other_yielded);
}

TEST_F(AVoiceConversation, WhoeverGivesWayHerselfDidNotMakeTheOtherYield) {
  take(says(Role::customer, 0, 5'000, "so what happened was that the parcel"));
  Step const step = take(says(Role::agent, 3'000, 3'600, "but did"));
  EXPECT_EQ(step.overlap_ms, 600);
  EXPECT_FALSE(step.other_yielded);
}

TEST_F(AVoiceConversation, NobodyTalksOverABackchannelOrByGoingOn) {
  take(says(Role::agent, 0, 4'000, "your contract runs until may"));
  take(says(Role::customer, 3'000, 6'000, "mm-hm"));
  EXPECT_EQ(take(says(Role::agent, 4'100, 8'000, "and then it renews")).overlap_ms, 0);
  EXPECT_EQ(take(says(Role::customer, 7'000, 7'500, "wait a moment")).overlap_ms, 500);
  EXPECT_EQ(take(says(Role::agent, 8'150, 9'000, "of course")).overlap_ms, 0);
}

TEST_F(AVoiceConversation, StartingAtTheSameInstantTalksOverNobody) {
  take(says(Role::customer, 1'000, 2'000, "i would like"));
  EXPECT_EQ(take(says(Role::agent, 1'000, 3'000, "how can i help")).overlap_ms, 0);
}

TEST_F(AVoiceConversation, SilenceIsOffHold) {
  EXPECT_EQ(take(says(Role::agent, 500, 1'000, "one moment")).silence_before_ms, 0);
  take(span(EventKind::hold, 2'000, 10'000));
  EXPECT_EQ(take(says(Role::agent, 12'000, 13'000, "thank you for waiting")).silence_before_ms, 3'000);
  EXPECT_EQ(conversation.hold_total_ms(), 8'000);
}

TEST_F(AVoiceConversation, HoldsThatFollowOrOverlapEachOtherCountOnce) {
  take(says(Role::agent, 0, 1'000, "one moment"));
  take(span(EventKind::hold, 2'000, 4'000));
  take(span(EventKind::hold, 3'000, 5'000));
  take(span(EventKind::hold, 6'000, 7'000));
  EXPECT_EQ(conversation.hold_total_ms(), 4'000);
  EXPECT_EQ(conversation.hold_longest_ms(), 3'000);
  EXPECT_TRUE(conversation.on_hold(6'999));
  EXPECT_FALSE(conversation.on_hold(7'000));
  EXPECT_EQ(take(says(Role::agent, 8'000, 9'000, "hello again")).silence_before_ms, 3'000);
}

TEST_F(AVoiceConversation, AHoldThatBeganBeforeTheLastWordsCountsFromThem) {
  take(span(EventKind::hold, 1'000, 6'000));
  take(says(Role::customer, 2'000, 3'000, "are you there"));
  EXPECT_EQ(take(says(Role::agent, 8'000, 9'000, "yes i am")).silence_before_ms, 2'000);
}

TEST_F(AVoiceConversation, AnOpenHoldLastsUntilTheAgentSpeaks) {
  take(says(Role::agent, 0, 1'000, "one moment"));
  take(make(EventKind::hold, 2'000));
  EXPECT_TRUE(conversation.on_hold(60'000));
  take(says(Role::customer, 5'000, 6'000, "hello"));
  EXPECT_TRUE(conversation.on_hold(60'000));
  EXPECT_EQ(take(says(Role::agent, 10'000, 11'000, "thank you for waiting")).silence_before_ms, 0);
  EXPECT_FALSE(conversation.on_hold(10'000));
  EXPECT_EQ(conversation.hold_total_ms(), 8'000);
}

TEST_F(AVoiceConversation, TheEndEndsAnOpenHold) {
  take(make(EventKind::hold, 2'000));
  conversation.finish(5'000);
  EXPECT_EQ(conversation.hold_total_ms(), 3'000);
}

TEST_F(AVoiceConversation, SpeechWithoutWordsHasTimeButNoTurn) {
  domain::Event event = span(EventKind::speech, 0, 2'000);
  event.by = Role::agent;
  event.participant = 0;
  EXPECT_FALSE(take(event).words);
  EXPECT_EQ(conversation.share(Role::agent).speech_ms, 2'000);
  EXPECT_EQ(conversation.turns(Role::agent), 0);
  EXPECT_TRUE(conversation.agent_took_part());
}

TEST_F(AVoiceConversation, OverlappingSpansOfOneSideCountOnce) {
  domain::Event event = span(EventKind::speech, 0, 2'000);
  event.by = Role::agent;
  take(event);
  take(says(Role::agent, 100, 1'900, "good morning"));
  take(says(Role::agent, 1'500, 3'000, "how are you"));
  EXPECT_EQ(conversation.share(Role::agent).speech_ms, 3'000);
}

TEST_F(AVoiceConversation, KnowsTheAgentWhoIsResponsible) {
  EXPECT_FALSE(conversation.agent_took_part());
  domain::Event answered = make(EventKind::answered, 0);
  answered.by = Role::agent;
  answered.participant = 2;
  take(answered);
  EXPECT_EQ(conversation.current_agent(), 2);
  take(says(Role::customer, 100, 200, "hello"));
  EXPECT_EQ(conversation.current_agent(), 2);
}

TEST(AChat, HasNoBackchannels) {
  Conversation conversation{Channel::chat};
  conversation.advance(writes(Role::customer, 0, "my order is late"), "en");
  Step const step = conversation.advance(writes(Role::agent, 30'000, "ok"), "en");
  EXPECT_TRUE(step.turn_started);
  EXPECT_FALSE(step.backchannel);
  EXPECT_EQ(step.silence_before_ms, 30'000);
}

TEST(ACheckpoint, GoesOnAsTheOriginal) {
  Conversation conversation{Channel::voice};
  conversation.advance(says(Role::agent, 0, 1'000, "hello"), "en");
  Conversation copy = conversation;
  auto const next = says(Role::customer, 1'500, 2'000, "good morning");
  Step const left = conversation.advance(next, "en");
  Step const right = copy.advance(next, "en");
  EXPECT_EQ(left.turn_started, right.turn_started);
  EXPECT_EQ(left.silence_before_ms, right.silence_before_ms);
  EXPECT_EQ(conversation.turns(Role::customer), copy.turns(Role::customer));
}

}  // namespace
}  // namespace rapport::timeline
