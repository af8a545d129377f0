#include <gtest/gtest.h>

#include "unit/evaluation/patterns.hpp"
#include "unit/evaluation/scene.hpp"

/// What a live run says while it goes: obligations opened and decided, and reminders.
namespace rapport::evaluation::testing {
namespace {

using Kind = Change::Kind;

std::vector<base::Millis> cues_of(Scene const& scene) {
  std::vector<base::Millis> at;
  for (Change const& change : scene.watch()) {
    if (change.kind == Kind::cue) at.push_back(change.at_ms);
  }
  return at;
}

using Times = std::vector<base::Millis>;

/// T ends at 10 s; agent and customer speak by turns at 12, 14, … s.
Times cue_for(playbook::Bound const& bound, std::optional<base::Millis> own_time = {}) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s, bound)).cue = playbook::Cue{"Do it.", own_time};
  scene.customer(5'000, 10'000, {{.signal = t}});
  for (base::Millis at = 12'000; at <= 24'000; at += 4'000) {
    scene.agent(at, at + 1'000);
    scene.customer(at + 2'000, at + 3'000);
  }
  return cues_of(scene);
}

TEST(Cue, ComesHalfWayThroughTheBoundUnlessTold) {
  EXPECT_EQ(cue_for(seconds(8)), (Times{14'000}));
  EXPECT_EQ(cue_for(seconds(8), 6'000), (Times{16'000}));
  EXPECT_EQ(cue_for(agent_turns(2)), (Times{16'000}));
  EXPECT_EQ(cue_for(agent_turns(1)), (Times{12'000}));
  EXPECT_EQ(cue_for(customer_turns(2)), (Times{18'000}));
  EXPECT_EQ(cue_for(speech_seconds(4)), (Times{16'000}));
  EXPECT_EQ(cue_for({}), (Times{5'000})) << "without a bound at once";
}

TEST(Cue, IsNotNeededOnceDone) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s, seconds(8))).cue = playbook::Cue{"Do it.", {}};
  scene.customer(0, 1'000, {{.signal = t}});
  scene.agent(2'000, 3'000, {{.signal = s}});
  scene.agent(20'000, 21'000);
  EXPECT_EQ(cues_of(scene), Times{});
}

TEST(Cue, OfALimitComesOnceWhenItIsBroken) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(never(s)).cue = playbook::Cue{"Don't.", {}};
  scene.practice(band(s, 0, 10)).cue = playbook::Cue{"Balance.", {}};
  scene.agent(0, 1'000);
  scene.agent(2'000, 3'000, {{.signal = s, .value = 11}});
  scene.agent(4'000, 5'000, {{.signal = s, .value = 12}});
  EXPECT_EQ(cues_of(scene), (Times{2'000, 2'000}));
}

TEST(Cue, WaitsForTheCertaintyThatTheVerdictAsksFor) {
  Scene scene;
  auto const s = scene.signal();
  playbook::Practice& practice = scene.practice(never(s));
  practice.cue = playbook::Cue{"Don't.", {}};
  practice.sure = 600;
  scene.agent(0, 1'000, {{.signal = s, .confidence = 300}});
  scene.agent(2'000, 3'000, {{.signal = s, .confidence = 700}});
  scene.agent(4'000, 5'000, {{.signal = s, .confidence = 900}});
  EXPECT_EQ(cues_of(scene), (Times{2'000}));
}

TEST(Cue, IsKeptBackWhereNobodyCouldSeeItDone) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal(any_speaker, {domain::Source::desk});
  scene.practice(then(t, s)).cue = playbook::Cue{"Do it.", {}};
  scene.head.observed = domain::SourceSet{domain::Source::words};
  scene.customer(0, 1'000, {{.signal = t}});
  scene.agent(2'000, 3'000);
  EXPECT_EQ(cues_of(scene), Times{});
}

TEST(Changes, TellTheLifeOfAnObligationInOrder) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s, seconds(4)));
  scene.customer(0, 1'000, {{.signal = t}});
  scene.agent(2'000, 3'000, {{.signal = s}});
  scene.customer(4'000, 5'000, {{.signal = t}});
  scene.agent(10'000, 11'000);
  std::vector<Change> const expected = {{Kind::opened, 0, 0, 0},
                                        {Kind::met, 0, 0, 2'000},
                                        {Kind::opened, 1, 0, 4'000},
                                        {Kind::missed, 1, 0, 9'000}};
  EXPECT_EQ(scene.watch(), expected);
}

TEST(Changes, PassingTimeDecidesDeadlinesAtTheirOwnInstant) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s, seconds(4)));
  SceneEvent& event = scene.customer(0, 1'000, {{.signal = t}});
  Plan const plan(scene.playbook, scene.facts);
  Obligations obligations(plan, scene.head, true);
  event.entry.occurrences = event.fired;
  obligations.take(event.entry);
  obligations.pass_time(4'999);
  EXPECT_EQ(obligations.occasions()[0].state, OccasionState::open);
  obligations.pass_time(60'000);
  EXPECT_EQ(obligations.occasions()[0].state, OccasionState::missed);
  EXPECT_EQ(obligations.occasions()[0].decided_ms, 5'000);
}

}  // namespace
}  // namespace rapport::evaluation::testing
