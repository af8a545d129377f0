#include <gtest/gtest.h>

#include "calling/attempt.hpp"
#include "calling/entry.hpp"

namespace rapport::calling {
namespace {

constexpr base::Instant noon{1'700'000'000'000};

Rules three_attempts() {
  Rules rules;
  rules.id = "winter";
  rules.attempts_max = 3;
  return rules;
}

Entry called(std::int64_t before = 0) {
  Entry entry;
  entry.id = "e1";
  entry.attempts = before;
  return begin_call(entry, "call-1", noon);
}

TEST(CallingEntry, EachOutcomeHasItsPause) {
  Rules const rules = three_attempts();
  for (auto const& [came, pause] : std::initializer_list<std::pair<Came, base::Millis>>{{Came::busy, rules.after_busy}, {Came::no_answer, rules.after_no_answer}, {Came::voicemail, rules.after_voicemail}}) {
    Entry const after = settle(called(), rules, came, noon);
    EXPECT_EQ(after.state, State::waiting) << name(came);
    EXPECT_EQ(after.attempts, 1);
    EXPECT_EQ(after.next_at, noon + pause) << name(came);
  }
}

TEST(CallingEntry, TheLastAttemptEndsIt) {
  Entry const after = settle(called(2), three_attempts(), Came::busy, noon);
  EXPECT_EQ(after.attempts, 3);
  EXPECT_EQ(after.state, State::done);
  EXPECT_EQ(after.came, Came::busy);
}

TEST(CallingEntry, WhoeverWasReachedIsWrongOrWantsNoCallsIsDone) {
  for (Came const came : {Came::reached, Came::no_such_number, Came::wrong_number, Came::do_not_call}) EXPECT_EQ(settle(called(), three_attempts(), came, noon).state, State::done) << name(came);
}

TEST(CallingEntry, WhatWasNoFaultOfTheirsIsNoAttempt) {
  Entry const after = settle(called(2), three_attempts(), Came::not_placed, noon);
  EXPECT_EQ(after.attempts, 2);
  EXPECT_EQ(after.state, State::waiting);
  EXPECT_GT(after.next_at, noon);
  EXPECT_FALSE(after.called_at);
  EXPECT_EQ(settle(called(), three_attempts(), Came::busy, noon + base::minute).called_at, noon);
}

TEST(CallingEntry, WhoNamedATimeIsCalledThenAlsoAfterTheLastAttempt) {
  Entry const after = settle(called(2), three_attempts(), Came::later, noon, noon + base::day);
  EXPECT_EQ(after.state, State::waiting);
  EXPECT_EQ(after.next_at, noon + base::day);
  EXPECT_LT(after.attempts, 3);
  EXPECT_EQ(settle(called(), three_attempts(), Came::later, noon, noon + -base::day).next_at, noon);  // never in the past
}

TEST(CallingEntry, PassedOverTooOftenIsLeftOut) {
  Entry entry;
  for (int times = 1; times <= 3; ++times) {
    EXPECT_EQ(entry.state, State::waiting);
    entry = settle(entry, three_attempts(), Came::skipped, noon);
    EXPECT_EQ(entry.attempts, 0);
  }
  EXPECT_EQ(entry.state, State::done);
  EXPECT_EQ(entry.came, Came::skipped);
}

TEST(CallingEntry, WordsAreReadBack) {
  for (int i = 0; i <= static_cast<int>(Came::not_placed); ++i) EXPECT_EQ(parse_came(name(static_cast<Came>(i))), static_cast<Came>(i));
  for (int i = 0; i <= static_cast<int>(State::done); ++i) EXPECT_EQ(parse_state(name(static_cast<State>(i))), static_cast<State>(i));
  EXPECT_FALSE(parse_came("nobody"));
}

domain::Event leg(domain::EventKind kind, std::string const& word, std::string const& value, std::string leg = "customer") {
  domain::Event event;
  event.kind = kind;
  event.leg = std::move(leg);
  event.attributes.push_back({{}, word, domain::Value::of_text(value)});
  return event;
}

TEST(CallingAttempt, TheTimelineTellsWhatCameOfIt) {
  using domain::EventKind;
  EXPECT_EQ(Attempt{}.came(), Came::not_placed);
  for (auto const& [reason, came] : std::initializer_list<std::pair<char const*, Came>>{{"busy", Came::busy}, {"declined", Came::busy}, {"no_answer", Came::no_answer}, {"no_such_number", Came::no_such_number}, {"no_trunk", Came::not_placed}, {"refused", Came::no_answer}}) {
    Attempt attempt;
    attempt.read(leg(EventKind::leg_started, "state", "dialled"));
    attempt.read(leg(EventKind::leg_ended, "reason", reason));
    EXPECT_EQ(attempt.came(), came) << reason;
  }
  Attempt reached;
  reached.read(leg(EventKind::leg_ended, "reason", "busy", "agent"));
  reached.read(leg(EventKind::leg_started, "state", "answered"));
  reached.read(leg(EventKind::leg_ended, "reason", "over"));
  EXPECT_EQ(reached.came(), Came::reached);
}

TEST(CallingAttempt, WhereItRangAndTheAgentHungUpItWasOne) {
  Attempt attempt;
  attempt.read(leg(domain::EventKind::leg_started, "state", "dialled"));
  EXPECT_EQ(attempt.came(), Came::not_placed);
  attempt.read(leg(domain::EventKind::leg_started, "state", "ringing"));
  EXPECT_EQ(attempt.came(), Came::no_answer);
  attempt.read(leg(domain::EventKind::leg_ended, "reason", "no_trunk"));  // after it rang
  EXPECT_EQ(attempt.came(), Came::no_answer);
}

}  // namespace
}  // namespace rapport::calling
