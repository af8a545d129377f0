#include <gtest/gtest.h>

#include "unit/evaluation/patterns.hpp"
#include "unit/evaluation/scene.hpp"

/// Time, turns, speech and due times, at and around the bound.
namespace rapport::evaluation::testing {
namespace {

using enum OccasionState;
using playbook::Bound;
using playbook::PatternKind;

struct Case {
  char const* what;
  Bound bound;
  base::Millis answer_ms;  ///< at which S is said; -1: never
  OccasionState state;
  base::Millis decided_ms;
};

void PrintTo(Case const& c, std::ostream* out) { *out << c.what; }

class EachThen : public ::testing::TestWithParam<Case> {};

/// T ends at 10 s; the agent speaks at 12, 16, 20 and 24 s for a second each, the customer between.
TEST_P(EachThen, IsDecidedAtItsOwnInstant) {
  Case const& c = GetParam();
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s, c.bound));
  scene.customer(5'000, 10'000, {{.signal = t}});
  for (base::Millis at = 12'000; at <= 24'000; at += 4'000) {
    if (at == c.answer_ms) {
      scene.agent(at, at + 1'000, {{.signal = s}});
    } else {
      scene.agent(at, at + 1'000);
    }
    scene.customer(at + 2'000, at + 3'000);
  }
  scene.end_ms = 40'000;
  auto const occasions = occasions_of(scene.play());
  ASSERT_EQ(occasions.size(), 1U);
  EXPECT_EQ(occasions[0].state, c.state) << describe(occasions[0]);
  EXPECT_EQ(occasions[0].decided_ms, c.decided_ms);
  EXPECT_EQ(occasions[0].opened_ms, 5'000);
  EXPECT_EQ(occasions[0].evidence.size(), c.state == met ? 1U : 0U);
}

Bound either(Bound one, Bound const& other) {
  one.agent_turns = other.agent_turns;
  one.customer_turns = other.customer_turns;
  one.speech_ms = other.speech_ms;
  return one;
}

INSTANTIATE_TEST_SUITE_P(
    Bounds, EachThen,
    ::testing::Values(
        Case{"time, before the bound", seconds(5), 12'000, met, 12'000},
        Case{"time, exactly at the bound, counted from T's end", seconds(6), 16'000, met, 16'000},
        Case{"time, a second late", seconds(5), 16'000, missed, 15'000},
        Case{"time, never", seconds(5), -1, missed, 15'000},
        Case{"agent turns, in the last one", agent_turns(2), 16'000, met, 16'000},
        Case{"agent turns, one too late", agent_turns(2), 20'000, missed, 20'000},
        Case{"agent turns, none allowed", agent_turns(0), 12'000, missed, 12'000},
        Case{"customer turns, in time", customer_turns(1), 16'000, met, 16'000},
        Case{"customer turns, out when the next begins", customer_turns(1), 20'000, missed, 18'000},
        Case{"speech, in the second that reaches it", speech_seconds(3), 16'000, met, 16'000},
        Case{"speech, out within an utterance", speech_seconds(3), 20'000, missed, 18'000},
        Case{"either, the later one counts", either(seconds(5), agent_turns(3)), 20'000, met, 20'000},
        Case{"either, missed when all ran out", either(seconds(5), agent_turns(2)), 24'000, missed, 20'000},
        Case{"either, time last", either(seconds(12), agent_turns(2)), 24'000, missed, 22'000},
        Case{"no bound, late", {}, 24'000, met, 24'000},
        Case{"no bound, due at the end", {}, -1, missed, 40'000}));

TEST(Bounds, TheTurnInWhichTStandsGoesOnWithoutCounting) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s, agent_turns(0)));
  scene.agent(0, 1'000, {{.signal = t}});
  scene.agent(2'000, 3'000, {{.signal = s}});
  EXPECT_EQ(occasions_of(scene.play())[0].state, met);
}

TEST(Bounds, ABackchannelIsNoTurn) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s, agent_turns(1)));
  scene.customer(0, 1'000, {{.signal = t}});
  scene.agent(2'000, 3'000);
  scene.backchannel(domain::Role::customer, 2'500, 2'600);
  scene.agent(4'000, 5'000, {{.signal = s}});
  EXPECT_EQ(occasions_of(scene.play())[0].state, met);
}

TEST(Bounds, MustCountsFromTheFirstEventThatIsMoreThanWaiting) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(must(s, seconds(30)));
  scene.happens(domain::EventKind::offered, 0);
  scene.happens(domain::EventKind::context, 1'000);
  scene.answered(dana, 60'000);
  scene.agent(90'000, 91'000, {{.signal = s}});
  auto const occasion = occasions_of(scene.play())[0];
  EXPECT_EQ(occasion.state, met);
  EXPECT_EQ(occasion.opened_ms, 60'000);
  EXPECT_EQ(occasion.due_ms, 90'000);
}

TEST(Bounds, MustCountsTheFirstTurnAsTurnOne) {
  Scene scene;
  auto const s = scene.signal();
  auto const r = scene.signal();
  scene.practice(must(s, agent_turns(1)));
  scene.practice(must(r, agent_turns(1)));
  scene.agent(0, 1'000);
  scene.agent(1'000, 2'000, {{.signal = s}});
  scene.customer(3'000, 4'000);
  scene.agent(5'000, 6'000, {{.signal = r}});
  Ledger const ledger = scene.play();
  EXPECT_EQ(occasions_of(ledger, 0)[0].state, met);
  EXPECT_EQ(occasions_of(ledger, 1)[0].state, missed);
  EXPECT_EQ(occasions_of(ledger, 1)[0].decided_ms, 5'000);
}

struct DueCase {
  char const* what;
  base::Millis due_ms;
  bool dated;
  base::Millis answer_ms;
  OccasionState state;
  Why why;
};

void PrintTo(DueCase const& c, std::ostream* out) { *out << c.what; }

class Due : public ::testing::TestWithParam<DueCase> {};

TEST_P(Due, IsTsOwnTime) {
  DueCase const& c = GetParam();
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  Bound bound;
  bound.due_of_trigger = true;
  scene.practice(then(t, s, bound));
  if (!c.dated) scene.head.started_at = {};
  scene.agent(1'000, 2'000, {{.signal = t, .due_ms = c.due_ms}});
  scene.customer(3'000, 4'000);
  scene.agent(5'000, 6'000);
  if (c.answer_ms >= 0) scene.happens(domain::EventKind::note, c.answer_ms, {{.signal = s}});
  scene.end_ms = 60'000;
  auto const occasion = occasions_of(scene.play())[0];
  EXPECT_EQ(occasion.state, c.state) << describe(occasion);
  EXPECT_EQ(occasion.why, c.why);
}

INSTANTIATE_TEST_SUITE_P(
    Bounds, Due,
    ::testing::Values(DueCase{"kept by then", 20'000, true, 20'000, met, Why::none},
                      DueCase{"kept too late", 20'000, true, 20'001, missed, Why::none},
                      DueCase{"not kept", 20'000, true, -1, missed, Why::none},
                      DueCase{"not due yet", 90'000, true, -1, open, Why::not_due_yet},
                      DueCase{"kept before it is due", 90'000, true, 30'000, met, Why::none},
                      DueCase{"no time that could be read", -1, true, -1, unassessed, Why::no_date},
                      DueCase{"no time and no date", -1, false, -1, unassessed, Why::no_date},
                      DueCase{"no time and no date, kept", -1, false, 30'000, met, Why::none}));

TEST(Bounds, ADutyOutlivesItsScopeUntilItsOwnTime) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  auto const opens = scene.signal();
  auto const closes = scene.signal();
  Bound bound;
  bound.due_of_trigger = true;
  scene.practice(in({playbook::ScopeKind::between, opens, closes}, then(t, s, bound)));
  scene.agent(0, 1'000, {{.signal = opens}});
  scene.agent(1'000, 2'000, {{.signal = t, .due_ms = 20'000}});
  scene.customer(3'000, 4'000, {{.signal = closes}});
  scene.customer(5'000, 6'000, {{.signal = opens}});
  scene.customer(7'000, 8'000, {{.signal = closes}});
  scene.agent(10'000, 11'000, {{.signal = s}});
  auto const occasion = occasions_of(scene.play())[0];
  EXPECT_EQ(occasion.state, met) << describe(occasion);
  EXPECT_EQ(occasion.decided_ms, 10'000);
}

TEST(Bounds, WithoutACompletedTurnOfTheAgentAnEarlyEndIsVoid) {
  for (bool const bounded : {true, false}) {
    for (bool const agent_spoke : {true, false}) {
      Scene scene;
      auto const t = scene.signal();
      auto const s = scene.signal();
      scene.practice(then(t, s, bounded ? seconds(30) : Bound{}));
      scene.agent(0, 1'000);
      scene.customer(2'000, 3'000, {{.signal = t}});
      if (agent_spoke) scene.agent(4'000, 5'000);
      auto const occasion = occasions_of(scene.play())[0];
      EXPECT_EQ(occasion.state, agent_spoke ? missed : voided) << bounded << agent_spoke;
    }
  }
}

TEST(Bounds, ATurnThatStillRunsIsNotCompletedWhenASignalClosesTheScope) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  auto const closes = scene.signal();
  scene.practice(in({playbook::ScopeKind::before, signals::no_signal, closes}, then(t, s, seconds(30))));
  scene.practice(in({playbook::ScopeKind::before, signals::no_signal, closes}, then(t, s, seconds(3))));
  scene.agent(0, 1'000);
  scene.customer(2'000, 3'000, {{.signal = t}});
  scene.agent(6'000, 7'000, {{.signal = closes}});
  Ledger const ledger = scene.play();
  EXPECT_EQ(occasions_of(ledger, 0)[0].state, voided);
  EXPECT_EQ(occasions_of(ledger, 1)[0].state, missed) << "the bound ran out exactly as the scope ended";
}

}  // namespace
}  // namespace rapport::evaluation::testing
