#include <gtest/gtest.h>

#include "unit/evaluation/patterns.hpp"
#include "unit/evaluation/scene.hpp"

/// Scopes, conditions, handing over, and what voids.
namespace rapport::evaluation::testing {
namespace {

using enum OccasionState;
using domain::EventKind;
using playbook::Condition;
using playbook::OnTransfer;
using playbook::ScopeKind;

std::vector<OccasionState> states(Ledger const& ledger, std::uint16_t practice = 0) {
  std::vector<OccasionState> found;
  for (Occasion const& occasion : occasions_of(ledger, practice)) found.push_back(occasion.state);
  return found;
}

using States = std::vector<OccasionState>;

/// opens, S, closes, S, opens, closes, opens: an event each, of the agent and the customer in turn.
struct ScopeScene : Scene {
  ScopeScene() {
    s = signal();
    opens = signal();
    closes = signal();
    signals::SignalId const order[] = {opens, s, closes, s, opens, closes, opens};
    base::Millis at = 0;
    for (signals::SignalId const fires : order) {
      agent(at, at + 500, {{.signal = fires}});
      customer(at + 1'000, at + 1'500);
      at += 2'000;
    }
  }
  signals::SignalId s, opens, closes;
};

TEST(Scope, BetweenReopensAfterEveryClosing) {
  ScopeScene scene;
  playbook::Scope const scope{ScopeKind::between, scene.opens, scene.closes};
  scene.practice(in(scope, must(scene.s)));
  scene.practice(in(scope, never(scene.s)));
  scene.practice(in(scope, at_most(1, scene.s)));
  Ledger const ledger = scene.play();
  EXPECT_EQ(states(ledger, 0), (States{met, missed, missed}));
  EXPECT_EQ(states(ledger, 1), (States{missed, met, met}));
  EXPECT_EQ(states(ledger, 2), (States{met, met, met}));
  auto const occasions = occasions_of(ledger, 0);
  EXPECT_EQ(occasions[1].decided_ms, 10'000);
  EXPECT_EQ(occasions[2].decided_ms, scene.end_ms) << "a scope whose closing never comes ends with the timeline";
}

TEST(Scope, AfterIsOpenedOnceAndBeforeClosesOnce) {
  ScopeScene scene;
  scene.practice(in({ScopeKind::after, scene.opens, signals::no_signal}, never(scene.s)));
  scene.practice(in({ScopeKind::before, signals::no_signal, scene.closes}, at_most(1, scene.s)));
  scene.practice(in({ScopeKind::before, signals::no_signal, scene.opens}, must(scene.s)));
  Ledger const ledger = scene.play();
  EXPECT_EQ(states(ledger, 0), (States{missed}));
  EXPECT_EQ(occasions_of(ledger, 0)[0].times, 2);
  EXPECT_EQ(states(ledger, 1), (States{met}));
  EXPECT_EQ(states(ledger, 2), (States{missed}));
  EXPECT_EQ(occasions_of(ledger, 2)[0].decided_ms, 0);
}

TEST(Scope, NeverOpenedIsNotApplicable) {
  ScopeScene scene;
  auto const silent = scene.signal();
  scene.practice(in({ScopeKind::after, silent, signals::no_signal}, never(scene.s)));
  EXPECT_EQ(scene.play().practices[0].verdict, Verdict::not_applicable);
}

TEST(Scope, WhatOpensAndWhatClosesIsNotInside) {
  Scene scene;
  auto const s = scene.signal();
  auto const edge = scene.signal();
  scene.practice(in({ScopeKind::between, edge, edge}, must(s)));
  scene.agent(0, 500, {{.signal = edge}, {.signal = s}});
  scene.agent(1'000, 1'500, {{.signal = edge}, {.signal = s}});
  scene.agent(2'000, 2'500, {{.signal = edge}, {.signal = s, .position = 1}});
  EXPECT_EQ(states(scene.play()), (States{missed, missed, met}));
}

TEST(Scope, EachAgentHasAPartOfTheirOwn) {
  Scene scene;
  auto const greets = scene.signal();
  scene.practice(in({ScopeKind::agent_segment, 0, 0}, must(greets, agent_turns(1))));
  scene.customer(0, 500);
  scene.agent(1'000, 1'500, {{.signal = greets}});
  scene.customer(2'000, 2'500);
  scene.agent(3'000, 3'500);
  scene.other_agent(4'000, 4'500);
  scene.customer(5'000, 5'500);
  scene.other_agent(6'000, 6'500, {{.signal = greets}});
  auto const occasions = occasions_of(scene.play());
  ASSERT_EQ(occasions.size(), 2U);
  EXPECT_EQ(occasions[0].state, met);
  EXPECT_EQ(occasions[0].responsible, dana);
  EXPECT_EQ(occasions[1].state, missed) << "the colleague's first words were a turn of their own";
  EXPECT_EQ(occasions[1].responsible, erin);
  EXPECT_EQ(occasions[1].opened_ms, 4'000);
}

struct HandOverCase {
  OnTransfer rule;
  OccasionState state;
  domain::ParticipantIndex responsible;
};

class HandOver : public ::testing::TestWithParam<HandOverCase> {};

TEST_P(HandOver, OpenObligationsGoAsThePlaybookSays) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s)).on_transfer = GetParam().rule;
  scene.agent(0, 500);
  scene.customer(1'000, 1'500, {{.signal = t}});
  scene.answered(erin, 2'000);
  scene.other_agent(3'000, 3'500, {{.signal = s}});
  auto const occasion = occasions_of(scene.play())[0];
  EXPECT_EQ(occasion.state, GetParam().state);
  EXPECT_EQ(occasion.responsible, GetParam().responsible);
}

INSTANTIATE_TEST_SUITE_P(Scope, HandOver,
                         ::testing::Values(HandOverCase{OnTransfer::drop, voided, dana},
                                           HandOverCase{OnTransfer::inherit, met, erin},
                                           HandOverCase{OnTransfer::stay, met, dana}));

TEST(HandOver, WhatWasNobodysBecomesTheFirstAgents) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s)).on_transfer = OnTransfer::drop;
  scene.customer(0, 500, {{.signal = t}});
  scene.agent(1'000, 1'500, {{.signal = s}});
  auto const occasion = occasions_of(scene.play())[0];
  EXPECT_EQ(occasion.state, met);
  EXPECT_EQ(occasion.responsible, dana);
}

Condition seen(signals::SignalId signal, bool negated = false) {
  Condition condition;
  condition.subject = Condition::Subject::signal;
  condition.signal = signal;
  condition.negated = negated;
  return condition;
}

TEST(When, IsDecidedAsTheScopeOpens) {
  for (bool const before : {true, false}) {
    Scene scene;
    auto const s = scene.signal();
    auto const x = scene.signal();
    auto const opens = scene.signal();
    auto pattern = in({ScopeKind::after, opens, 0}, must(s));
    pattern.when = {seen(x)};
    scene.practice(pattern);
    pattern.when = {seen(x, true)};
    scene.practice(pattern);
    scene.agent(0, 500, {{.signal = before ? x : s}});
    scene.agent(1'000, 1'500, {{.signal = opens}});
    scene.agent(2'000, 2'500, {{.signal = x}});
    Ledger const ledger = scene.play();
    EXPECT_EQ(ledger.practices[0].verdict, before ? Verdict::missed : Verdict::not_applicable);
    EXPECT_EQ(ledger.practices[1].verdict, before ? Verdict::not_applicable : Verdict::missed);
  }
}

TEST(When, KnowsTheContextThatComesBeforeTheConversation) {
  for (bool const told : {true, false}) {
    Scene scene;
    auto const s = scene.signal();
    auto pattern = must(s);
    Condition condition;
    condition.subject = Condition::Subject::context;
    condition.field = "consent_required";
    pattern.when = {condition};
    scene.practice(pattern);
    SceneEvent& context = scene.happens(EventKind::context, 0);
    if (told) {
      domain::Event event;
      event.kind = EventKind::context;
      event.attributes = {{"", "consent_required", domain::Value::of_boolean(true)}};
      context.told = event;
    }
    scene.agent(1'000, 1'500);
    EXPECT_EQ(scene.play().practices[0].verdict, told ? Verdict::missed : Verdict::not_applicable);
  }
}

TEST(When, WhatFiredBeforeTheConversationCountsAllTheSame) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(must(s));
  scene.practice(never(s));
  scene.happens(EventKind::offered, 0, {{.signal = s}});
  scene.agent(1'000, 1'500);
  Ledger const ledger = scene.play();
  EXPECT_EQ(ledger.practices[0].verdict, Verdict::met);
  EXPECT_EQ(ledger.practices[1].verdict, Verdict::missed);
}

TEST(Void, AMissAfterAVoidingSignalIsNoOccasion) {
  struct Case {
    base::Millis excuse_at;
    OccasionState state;
  };
  for (Case const c : {Case{500, missed}, Case{2'000, voided}, Case{20'000, missed}}) {
    Scene scene;
    auto const t = scene.signal();
    auto const s = scene.signal();
    auto const excuse = scene.signal();
    auto pattern = then(t, s, seconds(10));
    pattern.void_if = {excuse};
    scene.practice(pattern);
    if (c.excuse_at == 500) scene.happens(EventKind::note, 500, {{.signal = excuse}});
    scene.customer(1'000, 1'500, {{.signal = t}});
    if (c.excuse_at == 2'000) scene.happens(EventKind::note, 2'000, {{.signal = excuse}});
    scene.agent(3'000, 3'500);
    scene.customer(4'000, 4'500);
    if (c.excuse_at == 20'000) scene.happens(EventKind::note, 20'000, {{.signal = excuse}});
    EXPECT_EQ(states(scene.play()), (States{c.state})) << c.excuse_at;
  }
}

TEST(Void, WhatOnlyTheEndTellsVoidsAnEarlierMiss) {
  Scene scene;
  auto const s = scene.signal();
  auto const vanished = scene.signal();
  auto pattern = must(s, seconds(5));
  pattern.void_if = {vanished};
  scene.practice(pattern);
  auto limit = never(s);
  limit.void_if = {vanished};
  scene.practice(limit);
  scene.agent(0, 500);
  scene.agent(10'000, 10'500, {{.signal = s}});
  EXPECT_EQ(states(scene.play(), 0), (States{missed}));
  scene.at_end({.signal = vanished});
  Ledger const ledger = scene.play();
  EXPECT_EQ(states(ledger, 0), (States{voided}));
  EXPECT_EQ(states(ledger, 1), (States{voided}));
  EXPECT_EQ(ledger.practices[0].verdict, Verdict::not_applicable);
}

TEST(Void, OfEachFirstCountsInTheStretchOfS) {
  for (base::Millis const asked_at : {1'000, 15'000}) {
    Scene scene;
    auto const t = scene.signal();
    auto const s = scene.signal();
    auto const asked = scene.signal();
    auto pattern = first(t, s, seconds(10));
    pattern.void_if = {asked};
    scene.practice(pattern);
    scene.customer(asked_at, asked_at + 100, {{.signal = asked}});
    scene.happens(EventKind::hold, 20'000, {{.signal = t}});
    scene.agent(21'000, 22'000);
    EXPECT_EQ(states(scene.play()), (States{asked_at == 15'000 ? voided : missed}));
  }
}

}  // namespace
}  // namespace rapport::evaluation::testing
