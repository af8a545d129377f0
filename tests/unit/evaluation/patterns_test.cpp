#include <gtest/gtest.h>

#include "unit/evaluation/patterns.hpp"
#include "unit/evaluation/scene.hpp"

/// What each pattern means, by small scenes.
namespace rapport::evaluation::testing {
namespace {

using enum OccasionState;
using playbook::PatternKind;
using playbook::ScopeKind;
using signals::Reach;

OccasionState only_state(Scene const& scene, std::uint16_t practice = 0) {
  auto const occasions = occasions_of(scene.play(), practice);
  EXPECT_EQ(occasions.size(), 1U);
  return occasions.empty() ? open : occasions[0].state;
}

TEST(EachThen, OneAnswerServesAllThatWait) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s));
  scene.customer(0, 1'000, {{.signal = t}, {.signal = t, .position = 3}});
  scene.customer(2'000, 3'000, {{.signal = t}});
  scene.agent(4'000, 5'000, {{.signal = s}});
  auto const occasions = occasions_of(scene.play());
  ASSERT_EQ(occasions.size(), 3U);
  for (Occasion const& occasion : occasions) EXPECT_EQ(occasion.state, met);
}

TEST(EachThen, OfTheSameItemOnlyEqualOnesAreAnswered) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  auto pattern = then(t, s);
  pattern.same_item = true;
  scene.practice(pattern);
  scene.customer(0, 1'000, {{.signal = t, .item = 7}, {.signal = t, .position = 3, .item = 8}});
  scene.agent(4'000, 5'000, {{.signal = s, .item = 8}});
  auto const occasions = occasions_of(scene.play());
  EXPECT_EQ(occasions[0].state, missed);
  EXPECT_EQ(occasions[1].state, met);
}

TEST(EachThen, WithinOneEventOnlyALaterWordAnswers) {
  struct Case {
    std::uint32_t t, s;
    OccasionState state;
  };
  for (Case const c : {Case{0, 1, met}, Case{1, 0, missed}, Case{1, 1, missed}}) {
    Scene scene;
    auto const t = scene.signal();
    auto const s = scene.signal();
    scene.practice(then(t, s));
    std::vector<Scene::Firing> firings{{.signal = t, .position = c.t}, {.signal = s, .position = c.s}};
    if (c.s < c.t) std::swap(firings[0], firings[1]);
    scene.agent(0, 1'000, firings);
    scene.customer(2'000, 3'000);
    scene.agent(4'000, 5'000);
    EXPECT_EQ(only_state(scene), c.state) << c.t << c.s;
  }
}

TEST(EachFirst, WithinOneEventOnlyAnEarlierWordPrecedes) {
  struct Case {
    std::uint32_t s, t;
    OccasionState state;
  };
  for (Case const c : {Case{0, 1, met}, Case{1, 0, missed}, Case{1, 1, missed}}) {
    Scene scene;
    auto const t = scene.signal();
    auto const s = scene.signal();
    scene.practice(first(t, s));
    std::vector<Scene::Firing> firings{{.signal = s, .position = c.s}, {.signal = t, .position = c.t}};
    if (c.t < c.s) std::swap(firings[0], firings[1]);
    scene.agent(0, 1'000, firings);
    EXPECT_EQ(only_state(scene), c.state) << c.s << c.t;
  }
}

TEST(EachFirst, TimeRunsFromTheEndOfSToT) {
  for (base::Millis const hold_at : {21'000, 21'001}) {
    Scene scene;
    auto const t = scene.signal();
    auto const s = scene.signal();
    scene.practice(first(t, s, seconds(20)));
    scene.agent(0, 1'000, {{.signal = s}});
    scene.happens(domain::EventKind::hold, hold_at, {{.signal = t}});
    EXPECT_EQ(only_state(scene), hold_at == 21'000 ? met : missed);
  }
}

TEST(EachFirst, CitesTheLatestElseTheOneThatEndedLast) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(first(t, s, seconds(5)));
  scene.agent(0, 10'000, {{.signal = s}});
  scene.customer(1'000, 2'000, {{.signal = s}});
  scene.happens(domain::EventKind::hold, 14'000, {{.signal = t}});
  auto const occasion = occasions_of(scene.play())[0];
  EXPECT_EQ(occasion.state, met);
  EXPECT_EQ(occasion.evidence.at(0).event, 0U);
}

TEST(EachFirst, TurnsLookBack) {
  for (std::int32_t const turns : {1, 2}) {
    Scene scene;
    auto const t = scene.signal();
    auto const s = scene.signal();
    scene.practice(first(t, s, agent_turns(turns)));
    scene.agent(0, 1'000, {{.signal = s}});
    scene.customer(1'000, 2'000);
    scene.agent(2'000, 3'000);
    scene.customer(3'000, 4'000);
    scene.agent(4'000, 5'000, {{.signal = t}});
    EXPECT_EQ(only_state(scene), turns == 2 ? met : missed);
  }
}

TEST(EachWith, LooksWithinItsReach) {
  struct Case {
    Reach reach;
    std::uint16_t sentence;
    bool same_event, same_turn;
    OccasionState state;
  };
  for (Case const c : {Case{Reach::sentence, 0, true, true, met}, Case{Reach::sentence, 1, true, true, missed},
                       Case{Reach::event, 1, true, true, met}, Case{Reach::event, 0, false, true, missed},
                       Case{Reach::turn, 0, false, true, met}, Case{Reach::turn, 0, false, false, missed}}) {
    for (bool const s_first : {true, false}) {
      Scene scene;
      auto const t = scene.signal();
      auto const s = scene.signal();
      scene.practice(with(t, s, c.reach));
      Scene::Firing one{.signal = s_first ? s : t};
      Scene::Firing other{.signal = s_first ? t : s, .position = 5, .sentence = c.sentence};
      if (c.same_event) {
        scene.agent(0, 1'000, {one, other});
      } else {
        scene.agent(0, 1'000, {one});
        if (!c.same_turn) scene.customer(1'000, 2'000);
        scene.agent(3'000, 4'000, {other});
      }
      scene.customer(5'000, 6'000);
      EXPECT_EQ(only_state(scene), c.state) << static_cast<int>(c.reach) << c.same_event << c.same_turn << s_first;
    }
  }
}

TEST(EachWith, IsDecidedWhenTheTurnEnds) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(with(t, s, Reach::turn));
  scene.agent(0, 1'000, {{.signal = t}});
  scene.agent(2'000, 3'000);
  scene.backchannel(domain::Role::customer, 3'100, 3'200);
  scene.customer(5'000, 6'000);
  EXPECT_EQ(occasions_of(scene.play())[0].decided_ms, 5'000);
}

TEST(Never, IsOneOccasionHoweverOftenBroken) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(never(s));
  scene.agent(0, 1'000);
  for (base::Millis at = 2'000; at < 5'000; at += 1'000) scene.agent(at, at + 500, {{.signal = s}});
  Ledger const ledger = scene.play();
  auto const occasions = occasions_of(ledger);
  ASSERT_EQ(occasions.size(), 1U);
  EXPECT_EQ(occasions[0].state, missed);
  EXPECT_EQ(occasions[0].decided_ms, 2'000);
  EXPECT_EQ(occasions[0].evidence.size(), 3U);
  EXPECT_EQ(occasions[0].times, 3);
  EXPECT_EQ(ledger.practices[0].occasions, 1);
}

TEST(Never, IsNoOccasionWhereTheAgentTookNoTurn) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(never(s));
  scene.answered(dana, 0);
  scene.customer(1'000, 2'000);
  Ledger const ledger = scene.play();
  EXPECT_EQ(ledger.practices[0].verdict, Verdict::not_applicable);
  scene.observed = {domain::Source::telephony};
  scene.facts->facts[s].needs = {domain::Source::telephony};
  EXPECT_EQ(scene.play().practices[0].verdict, Verdict::met) << "without words nobody can tell turns";
}

TEST(AtMost, IsMissedAtOneTooMany) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(at_most(2, s));
  scene.practice(at_most(3, s));
  for (base::Millis at = 0; at < 3'000; at += 1'000) scene.agent(at, at + 500, {{.signal = s}});
  Ledger const ledger = scene.play();
  EXPECT_EQ(occasions_of(ledger, 0)[0].state, missed);
  EXPECT_EQ(occasions_of(ledger, 0)[0].decided_ms, 2'000);
  EXPECT_EQ(occasions_of(ledger, 1)[0].state, met);
}

TEST(Within, IsDecidedByTheLastReading) {
  struct Case {
    std::int64_t last;
    OccasionState state;
  };
  for (Case const c : {Case{30'000, met}, Case{70'000, met}, Case{70'001, missed}, Case{29'999, missed}}) {
    Scene scene;
    auto const measure = scene.signal();
    scene.practice(band(measure, 30'000, 70'000));
    scene.agent(0, 1'000, {{.signal = measure, .value = 99'000}});
    scene.agent(2'000, 3'000, {{.signal = measure, .value = c.last}});
    auto const occasion = occasions_of(scene.play())[0];
    EXPECT_EQ(occasion.state, c.state) << c.last;
    EXPECT_EQ(occasion.decided_ms, 3'000);
    EXPECT_EQ(occasion.evidence.at(0).event, 1U);
    EXPECT_EQ(occasion.measured, c.last);
  }
}

TEST(Within, IsNoOccasionWithoutAReading) {
  Scene scene;
  scene.practice(band(scene.signal(), 0, 1));
  scene.agent(0, 1'000);
  Ledger const ledger = scene.play();
  EXPECT_EQ(ledger.practices[0].verdict, Verdict::not_applicable);
  EXPECT_EQ(ledger.practices[0].why, Why::no_occasion);
}

TEST(FirstOnly, OpensOneOccasionInEachScope) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  auto pattern = then(t, s);
  pattern.first_only = true;
  scene.practice(pattern);
  pattern.scope.kind = ScopeKind::agent_segment;
  scene.practice(pattern);
  scene.agent(0, 1'000, {{.signal = t}});
  scene.customer(1'000, 2'000, {{.signal = t}});
  scene.other_agent(3'000, 4'000, {{.signal = t}});
  Ledger const ledger = scene.play();
  EXPECT_EQ(occasions_of(ledger, 0).size(), 1U);
  EXPECT_EQ(occasions_of(ledger, 1).size(), 2U);
}

TEST(Pool, OccasionsOfAllPatternsCountTogether) {
  Scene scene;
  auto const a = scene.signal();
  auto const b = scene.signal();
  scene.practice(must(a)).patterns.push_back(must(b));
  scene.agent(0, 1'000, {{.signal = a}});
  PracticeResult const result = scene.play().practices[0];
  EXPECT_EQ(result.verdict, Verdict::missed);
  EXPECT_EQ(result.occasions, 2);
  EXPECT_EQ(result.met, 1);
}

TEST(Confidence, IsTheLeastOfWhatDecides) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s));
  scene.customer(0, 1'000, {{.signal = t, .confidence = 900}});
  scene.agent(2'000, 3'000, {{.signal = s, .confidence = 700}});
  EXPECT_EQ(scene.play().practices[0].confidence, 700);
}

TEST(Confidence, OfNeverIsThatOfTheSurestBreach) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(never(s));
  scene.agent(0, 1'000, {{.signal = s, .confidence = 300}});
  EXPECT_EQ(scene.play().practices[0].confidence, 300);
  scene.agent(2'000, 3'000, {{.signal = s, .confidence = 700}});
  scene.agent(4'000, 5'000, {{.signal = s, .confidence = 500}});
  EXPECT_EQ(scene.play().practices[0].confidence, 700);
}

}  // namespace
}  // namespace rapport::evaluation::testing
