#include "timeline/timeline.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "base/limits.hpp"
#include "support/events.hpp"

namespace rapport::timeline {
namespace {

using domain::Event;
using domain::EventKind;
using domain::Role;
using domain::Source;
using test::call;
using test::make;
using test::says;
using test::span;

Event with_id(Event event, std::string id, std::string revises = {}) {
  event.id = std::move(id);
  event.revises = std::move(revises);
  return event;
}

std::vector<std::string> texts(Timeline const& timeline) {
  std::vector<std::string> result;
  for (Event const& event : timeline.events()) result.push_back(event.text);
  return result;
}

using Texts = std::vector<std::string>;

TEST(Timeline, IsInOrderOfTimeThenSeqThenArrival) {
  Event second = says(Role::agent, 100, 200, "second");
  second.seq = 2;
  Event first = says(Role::agent, 100, 200, "first");
  first.seq = 1;
  auto const timeline = Timeline::build(call(), {says(Role::agent, 500, 600, "fourth"), second, first, says(Role::agent, 500, 600, "fifth"), says(Role::agent, 300, 400, "third")});
  ASSERT_TRUE(timeline);
  EXPECT_EQ(texts(*timeline), (Texts{"first", "second", "third", "fourth", "fifth"}));
  EXPECT_EQ(timeline->end_ms(), 600);
  ASSERT_EQ(timeline->warnings().size(), 1U);
  EXPECT_EQ(timeline->warnings()[0], "events were not in order of time; sorted");
}

TEST(Timeline, ARepeatCountsOnce) {
  Event const event = with_id(says(Role::agent, 0, 100, "hello"), "e1");
  auto const timeline = Timeline::build(call(), {event, event, event});
  ASSERT_TRUE(timeline);
  EXPECT_EQ(timeline->events().size(), 1U);
  EXPECT_EQ(timeline->warnings(), Texts{"2 repeated events dropped"});
}

TEST(Timeline, OneIdWithTwoContentsIsAnError) {
  auto const timeline = Timeline::build(call(), {with_id(says(Role::agent, 0, 100, "hello"), "e1"), with_id(says(Role::agent, 0, 100, "good bye"), "e1")});
  ASSERT_FALSE(timeline);
  EXPECT_EQ(timeline.error().message, "events 1 and 2 have the same id \"e1\" but different content; expected one content an id");
}

TEST(Timeline, TheLastRevisionByItsRecordingWins) {
  Event late = with_id(says(Role::agent, 0, 100, "late"), "e2", "e1");
  late.recorded_at = base::Instant{2'000};
  Event early = with_id(says(Role::agent, 0, 100, "early"), "e3", "e1");
  early.recorded_at = base::Instant{1'000};
  auto const timeline = Timeline::build(call(), {late, early, with_id(says(Role::agent, 0, 100, "partial"), "e1")});
  ASSERT_TRUE(timeline);
  EXPECT_EQ(texts(*timeline), Texts{"late"});
  ASSERT_EQ(timeline->superseded().size(), 2U);
  EXPECT_EQ(timeline->superseded()[0].text, "early");
}

TEST(Timeline, ARevisionOfARevisionWins) {
  auto const timeline = Timeline::build(call(), {with_id(says(Role::agent, 0, 100, "three"), "e3", "e2"), with_id(says(Role::agent, 0, 100, "one"), "e1"),
                                                 with_id(says(Role::agent, 50, 100, "two"), "e2", "e1")});
  ASSERT_TRUE(timeline);
  EXPECT_EQ(texts(*timeline), Texts{"three"});
}

TEST(Timeline, ARevisionOfSomethingUnknownStandsAlone) {
  auto const timeline = Timeline::build(call(), {with_id(says(Role::agent, 0, 100, "hello"), "e2", "e1")});
  ASSERT_TRUE(timeline);
  EXPECT_EQ(timeline->events().size(), 1U);
}

TEST(Timeline, EventsThatReviseEachOtherAreAnError) {
  auto const timeline = Timeline::build(call(), {with_id(says(Role::agent, 0, 100, "a"), "e1", "e2"), with_id(says(Role::agent, 0, 100, "b"), "e2", "e1")});
  ASSERT_FALSE(timeline);
  EXPECT_NE(timeline.error().message.find("revises it in turn"), std::string::npos);
  EXPECT_FALSE(Timeline::build(call(), {with_id(says(Role::agent, 0, 100, "a"), "e1", "e1")}));
}

TEST(Timeline, SaysWhoDidIt) {
  Event unnamed = says(Role::agent, 200, 300, "second agent");
  unnamed.participant = domain::nobody;
  Event by_participant = make(EventKind::note, 300);
  by_participant.participant = 0;
  domain::Interaction head = call();
  head.participants.push_back(head.participants[0]);
  head.participants[2].id = "p3";
  Event second = says(Role::agent, 100, 150, "hello");
  second.participant = 2;
  auto const timeline = Timeline::build(head, {make(EventKind::answered, 0), second, unnamed, by_participant});
  ASSERT_TRUE(timeline);
  EXPECT_EQ(timeline->events()[0].by, Role::agent);
  EXPECT_EQ(timeline->events()[0].participant, 0);
  EXPECT_EQ(timeline->events()[2].participant, 2);  // the agent who was last named
  EXPECT_EQ(timeline->events()[3].by, Role::agent);
}

TEST(Timeline, ARoleThatNobodyHasGetsAParticipant) {
  domain::Interaction head;
  head.id = "i-1";
  Event event = says(Role::agent, 0, 100, "hello");
  event.participant = domain::nobody;
  auto const timeline = Timeline::build(head, {event});
  ASSERT_TRUE(timeline);
  ASSERT_EQ(timeline->head().participants.size(), 1U);
  EXPECT_EQ(timeline->head().participants[0].id, "agent");
  EXPECT_EQ(timeline->events()[0].participant, 0);
}

TEST(Timeline, OfAnOutboundContactIsAnsweredByNobodyKnown) {
  domain::Interaction head = call();
  head.direction = domain::Direction::outbound;
  auto const timeline = Timeline::build(head, {make(EventKind::answered, 0)});
  ASSERT_TRUE(timeline);
  EXPECT_EQ(timeline->events()[0].by, std::nullopt);
}

TEST(Timeline, ObservesWhatItsEventsShowUnlessTheHeadSays) {
  EXPECT_EQ(Timeline::build(call(), {says(Role::agent, 0, 100, "x")})->observed(), (domain::SourceSet{Source::words, Source::timing}));
  Event untimed = says(Role::agent, 0, 100, "x");
  untimed.end_ms.reset();
  EXPECT_EQ(Timeline::build(call(), {untimed, make(EventKind::note, 5)})->observed(), (domain::SourceSet{Source::words, Source::desk}));
  domain::Interaction head = call();
  head.history.emplace_back();
  EXPECT_EQ(Timeline::build(head, {make(EventKind::fact_known, 0)})->observed(), (domain::SourceSet{Source::journey}));
  head.observed = domain::SourceSet{Source::desk};
  EXPECT_EQ(Timeline::build(head, {untimed})->observed(), (domain::SourceSet{Source::desk}));
}

TEST(Timeline, RefusesAbsurdTimesByName) {
  EXPECT_EQ(Timeline::build(call(), {make(EventKind::note, -1)}).error().message, "event 1 (note): at_ms is -1; expected 0 or more");
  EXPECT_EQ(Timeline::build(call(), {with_id(span(EventKind::hold, 200, 100), "h")}).error().message, "event 1 (hold, id h): end_ms 100 is before at_ms 200");
  auto const far = Timeline::build(call(), {make(EventKind::note, limits::interaction_span_max + 1)});
  ASSERT_FALSE(far);
  EXPECT_NE(far.error().message.find("interaction_span_max"), std::string::npos);
}

TEST(Timeline, RefusesTooManyEventsByName) {
  auto const timeline = Timeline::build(call(), std::vector<Event>(limits::events_max + 1));
  ASSERT_FALSE(timeline);
  EXPECT_EQ(timeline.error().message, "100001 events are more than events_max, 100000");
}

TEST(Timeline, WithoutEventsEndsAtItsStart) {
  auto const timeline = Timeline::build(call(), {});
  ASSERT_TRUE(timeline);
  EXPECT_EQ(timeline->end_ms(), 0);
  EXPECT_TRUE(timeline->observed().empty());
}

/// Events with ids and seq of their own, some revising others, all recorded at different times.
std::vector<Event> any_events() {
  int const count = *rc::gen::inRange(1, 30);
  std::vector<Event> events;
  for (int index = 0; index < count; ++index) {
    auto const at_ms = *rc::gen::inRange<base::Millis>(0, 5'000);
    Event event = says(*rc::gen::element(Role::agent, Role::customer), at_ms, at_ms + *rc::gen::inRange<base::Millis>(0, 2'000), "t" + std::to_string(index));
    event.id = "e" + std::to_string(index);
    event.seq = index;
    event.recorded_at = base::Instant{10'000 + index};
    if (index > 0 && *rc::gen::inRange(0, 4) == 0) event.revises = "e" + std::to_string(*rc::gen::inRange(0, index));
    events.push_back(event);
  }
  return events;
}

RC_GTEST_PROP(Timeline, IsTheSameInWhateverOrderAndHoweverOftenEventsArrive, ()) {
  std::vector<Event> const events = any_events();
  std::vector<Event> arrived = events;
  for (Event const& event : events) {
    if (*rc::gen::arbitrary<bool>()) arrived.push_back(event);
  }
  std::mt19937 random{*rc::gen::arbitrary<std::uint32_t>()};
  std::ranges::shuffle(arrived, random);
  auto const in_order = Timeline::build(call(), events);
  auto const as_arrived = Timeline::build(call(), arrived);
  RC_ASSERT(in_order && as_arrived);
  RC_ASSERT(in_order->events() == as_arrived->events());
  RC_ASSERT(in_order->end_ms() == as_arrived->end_ms());
  RC_ASSERT(in_order->superseded().size() == as_arrived->superseded().size());
}

}  // namespace
}  // namespace rapport::timeline
