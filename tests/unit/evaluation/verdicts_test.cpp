#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "evaluation/scoring.hpp"
#include "evaluation/why.hpp"
#include "unit/evaluation/patterns.hpp"
#include "unit/evaluation/scene.hpp"

/// Verdicts, scores, and absent against unobserved.
namespace rapport::evaluation::testing {
namespace {

using domain::Source;
using domain::SourceSet;
using enum Verdict;

constexpr unsigned agents_only = 1U << static_cast<unsigned>(domain::Role::agent);

struct Seen {
  Verdict verdict;
  Why why;
  bool operator==(Seen const&) const = default;
};
void PrintTo(Seen const& verdict_seen, std::ostream* out) { *out << name(verdict_seen.verdict) << " why " << static_cast<int>(verdict_seen.why); }

Seen verdict_seen(Ledger const& ledger, std::uint16_t practice = 0) {
  return {ledger.practices[practice].verdict, ledger.practices[practice].why};
}

TEST(Observed, AnAbsentSignalOfAnUnobservedSourceProvesNothing) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal(any_speaker, {Source::desk});
  scene.practice(must(s));
  scene.practice(never(s));
  scene.practice(then(t, s));
  scene.practice(first(t, s));
  scene.customer(0, 500, {{.signal = t}});
  scene.agent(1'000, 1'500);
  Ledger const known = scene.play();
  EXPECT_EQ(verdict_seen(known, 0), (Seen{missed, Why::none}));
  EXPECT_EQ(verdict_seen(known, 1), (Seen{met, Why::none}));
  scene.observed = {Source::words, Source::timing};
  Ledger const unknown = scene.play();
  for (std::uint16_t practice = 0; practice < 4; ++practice) {
    EXPECT_EQ(verdict_seen(unknown, practice), (Seen{not_assessed, Why::source_unobserved})) << practice;
    EXPECT_EQ(unknown.practices[practice].missing, SourceSet{Source::desk});
  }
}

TEST(Observed, APositiveObservationAlwaysCounts) {
  Scene scene;
  auto const s = scene.signal(any_speaker, {Source::desk});
  scene.practice(must(s));
  scene.practice(never(s));
  scene.agent(0, 500, {{.signal = s}});
  scene.observed = {};
  Ledger const ledger = scene.play();
  EXPECT_EQ(verdict_seen(ledger, 0), (Seen{met, Why::none}));
  EXPECT_EQ(verdict_seen(ledger, 1), (Seen{missed, Why::none}));
}

TEST(Observed, WhetherAnAgentTookPartIsUnknownWhereNothingWouldShowOne) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(must(s));
  for (SourceSet const observed : {SourceSet{}, SourceSet{Source::desk}}) {
    scene.observed = observed;
    scene.head.observed = observed;
    Ledger const ledger = scene.play();
    EXPECT_EQ(verdict_seen(ledger), (Seen{not_assessed, Why::source_unobserved}));
    EXPECT_EQ(ledger.practices[0].missing, (SourceSet{Source::words, Source::timing, Source::telephony}));
    EXPECT_EQ(ledger.assessed_share, 0);
  }
  for (Source const source : {Source::words, Source::timing, Source::telephony}) {
    scene.head.observed = SourceSet{source};
    EXPECT_EQ(verdict_seen(scene.play()), (Seen{not_applicable, Why::no_agent}));
  }
  scene.head.observed.reset();
  scene.observed = {};
  EXPECT_EQ(verdict_seen(scene.play()), (Seen{not_applicable, Why::no_agent})) << "of what the head does not list, nothing happened";
}

TEST(Observed, AnUnobservedTriggerDependsOnWhatTheHeadSays) {
  Scene scene;
  auto const hold = scene.signal(any_speaker, {Source::telephony});
  auto const s = scene.signal();
  scene.practice(first(hold, s));
  scene.practice(in({playbook::ScopeKind::after, hold, 0}, must(s)));
  scene.agent(0, 500);
  scene.observed = {Source::words};
  for (std::uint16_t practice : {std::uint16_t{0}, std::uint16_t{1}}) {
    scene.head.observed.reset();
    EXPECT_EQ(verdict_seen(scene.play(), practice), (Seen{not_applicable, Why::no_occasion})) << "a kind never present";
    scene.head.observed = SourceSet{Source::words};
    EXPECT_EQ(verdict_seen(scene.play(), practice), (Seen{not_assessed, Why::source_unobserved})) << "listed, and not among them";
  }
}

TEST(Observed, AnUnseenConditionOfAnUnobservedSourceIsUnknown) {
  for (bool const negated : {false, true}) {
    Scene scene;
    auto const s = scene.signal();
    playbook::Condition condition;
    condition.subject = playbook::Condition::Subject::signal;
    condition.signal = scene.signal(any_speaker, {Source::telephony});
    condition.negated = negated;
    auto pattern = must(s);
    pattern.when = {condition};
    scene.practice(pattern);
    scene.agent(0, 500, {{.signal = s}});
    EXPECT_EQ(scene.play().practices[0].verdict, negated ? met : not_applicable);
    scene.head.observed = SourceSet{Source::words};
    EXPECT_EQ(verdict_seen(scene.play()), (Seen{not_assessed, Why::source_unobserved}));
  }
}

TEST(Unreadable, WordsOfWhoMightHaveSaidItSinceTheOpening) {
  struct Case {
    bool by_agent, after;
    Seen expected;
  };
  for (Case const c : {Case{true, true, {not_assessed, Why::words_unreadable}}, Case{false, true, {missed, Why::none}},
                       Case{true, false, {missed, Why::none}}}) {
    Scene scene;
    auto const t = scene.signal(1U << static_cast<unsigned>(domain::Role::customer), {});
    auto const s = scene.signal(agents_only);
    scene.practice(then(t, s));
    auto const mumble = [&](base::Millis at) {
      SceneEvent& event = c.by_agent ? scene.agent(at, at + 500) : scene.backchannel(domain::Role::customer, at, at + 500);
      event.entry.unreadable = true;
    };
    if (!c.after) mumble(0);
    scene.customer(1'000, 1'500, {{.signal = t}});
    scene.agent(2'000, 2'500);
    if (c.after) mumble(3'000);
    EXPECT_EQ(verdict_seen(scene.play()), c.expected) << c.by_agent << c.after;
  }
}

TEST(Unreadable, ALanguageWithoutPhrasesForTheSignal) {
  Scene scene;
  auto const s = scene.signal(agents_only);
  scene.facts->facts[s].reads_xx = false;
  auto const t = scene.signal(agents_only);
  scene.facts->facts[t].reads_xx = false;
  auto const r = scene.signal(agents_only);
  scene.practice(must(s));
  scene.practice(never(s));
  scene.practice(then(t, r));
  scene.practice(must(r));
  scene.agent(0, 500).entry.language = "xx";
  Ledger const ledger = scene.play();
  for (std::uint16_t practice = 0; practice < 3; ++practice) {
    EXPECT_EQ(verdict_seen(ledger, practice), (Seen{not_assessed, Why::words_unreadable})) << practice;
  }
  EXPECT_EQ(verdict_seen(ledger, 3), (Seen{missed, Why::none}));
}

TEST(Verdicts, NoAgentOffAndNotByRule) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(must(s));
  scene.practice(must(s)).on = false;
  scene.practice(must(s)).patterns.clear();
  scene.playbook.practices[2].not_assessed_why = "needs a survey";
  scene.customer(0, 500, {{.signal = s}});
  Ledger const alone = scene.play();
  EXPECT_EQ(verdict_seen(alone, 0), (Seen{not_applicable, Why::no_agent}));
  EXPECT_EQ(verdict_seen(alone, 1), (Seen{not_assessed, Why::off}));
  EXPECT_EQ(verdict_seen(alone, 2), (Seen{not_applicable, Why::no_agent}));
  EXPECT_TRUE(alone.occasions.empty());
  EXPECT_EQ(alone.assessed_share, 1'000);
  scene.agent(1'000, 1'500);
  Ledger const served = scene.play();
  EXPECT_EQ(verdict_seen(served, 2), (Seen{not_assessed, Why::not_by_rule}));
  EXPECT_EQ(served.practices[1].weight, 0);
  EXPECT_EQ(explain(served.practices[2], scene.playbook.practices[2], scene.head), "needs a survey");
}

TEST(Verdicts, AnEmptyTimelineHasNoAgent) {
  Scene scene;
  scene.practice(must(scene.signal()));
  Ledger const ledger = scene.play();
  EXPECT_EQ(verdict_seen(ledger), (Seen{not_applicable, Why::no_agent}));
  EXPECT_FALSE(ledger.score);
}

Occasion occasion(std::uint16_t practice, OccasionState state) {
  Occasion occasion;
  occasion.practice = practice;
  occasion.state = state;
  if (state == OccasionState::unassessed) occasion.why = Why::words_unreadable;
  return occasion;
}

TEST(Score, IsTheWeightedMeanOfFractions) {
  using enum OccasionState;
  playbook::Playbook playbook;
  for (std::int32_t const weight : {3, 1, 2, 5}) playbook.practices.emplace_back().weight = weight;
  for (auto& practice : playbook.practices) practice.patterns.emplace_back();
  playbook.practices[1].channel_weight[domain::Channel::chat] = 7;
  std::vector<Occasion> const occasions = {occasion(0, OccasionState::met), occasion(0, OccasionState::missed),
                                           occasion(0, OccasionState::met), occasion(1, OccasionState::met),
                                           occasion(2, OccasionState::met), occasion(2, OccasionState::unassessed),
                                           occasion(3, OccasionState::voided)};
  Ledger const voice = make_ledger(playbook, domain::Channel::voice, AgentPart::took_part, occasions, {});
  EXPECT_EQ(voice.score, 75'000) << "(3 * 2/3 + 1) / 4";
  EXPECT_EQ(voice.practices[2].verdict, Verdict::not_assessed);
  EXPECT_EQ(voice.practices[3].verdict, Verdict::not_applicable);
  EXPECT_EQ(voice.assessed_share, 750);
  Ledger const chat = make_ledger(playbook, domain::Channel::chat, AgentPart::took_part, occasions, {});
  EXPECT_EQ(chat.score, 90'000) << "(3 * 2/3 + 7) / 10";
  EXPECT_EQ(chat.practices[1].weight, 7);
}

TEST(Score, RoundsHalfUp) {
  playbook::Playbook playbook;
  playbook.practices.emplace_back().patterns.emplace_back();
  auto const score = [&](int met_count, int missed_count) {
    std::vector<Occasion> occasions(static_cast<std::size_t>(met_count), occasion(0, OccasionState::met));
    occasions.insert(occasions.end(), static_cast<std::size_t>(missed_count), occasion(0, OccasionState::missed));
    return make_ledger(playbook, domain::Channel::voice, AgentPart::took_part, occasions, {}).score;
  };
  EXPECT_EQ(score(1, 2), 33'333);
  EXPECT_EQ(score(2, 1), 66'667);
  EXPECT_EQ(score(1, 1'599), 63) << "62.5 thousandths";
}

TEST(Score, AMarkWithoutAMissIsNotAssessed) {
  playbook::Playbook playbook;
  playbook.practices.emplace_back().patterns.emplace_back();
  std::vector<Mark> const marks = {{0, Why::words_unreadable, {}}, {0, Why::source_unobserved, {Source::audio}}};
  auto const verdict = [&](OccasionState state) {
    return make_ledger(playbook, domain::Channel::voice, AgentPart::took_part, {occasion(0, state)}, marks).practices[0];
  };
  EXPECT_EQ(verdict(OccasionState::missed).verdict, missed);
  EXPECT_EQ(verdict(OccasionState::met).verdict, not_assessed);
  EXPECT_EQ(verdict(OccasionState::met).why, Why::source_unobserved);
}

struct Certainty {
  OccasionState state;
  std::int32_t confidence;
};

/// The result of occasions of so much confidence each, where the practice asks for `sure`.
PracticeResult result_of(std::int32_t sure, std::vector<Certainty> const& certainties) {
  playbook::Playbook playbook;
  playbook.practices.emplace_back().patterns.emplace_back();
  playbook.practices[0].sure = sure;
  std::vector<Occasion> occasions;
  for (Certainty const& certainty : certainties) {
    occasions.push_back(occasion(0, certainty.state));
    occasions.back().confidence = certainty.confidence;
  }
  Ledger const ledger = make_ledger(playbook, domain::Channel::voice, AgentPart::took_part, std::move(occasions), {});
  EXPECT_EQ(ledger.score.has_value(), ledger.practices[0].verdict == met || ledger.practices[0].verdict == missed);
  EXPECT_EQ(ledger.assessed_share, ledger.practices[0].verdict == not_assessed ? 0 : 1'000);
  return ledger.practices[0];
}

TEST(Sure, AVerdictThatIsLessSureIsNotAssessed) {
  struct Case {
    std::vector<Certainty> occasions;
    Verdict verdict;
    Why why;
    std::int32_t confidence;
  };
  constexpr auto good = OccasionState::met;
  constexpr auto bad = OccasionState::missed;
  for (Case const& c : std::vector<Case>{{{{good, 600}}, met, Why::none, 600},
                                         {{{good, 599}}, not_assessed, Why::unsure, 599},
                                         {{{good, 1'000}, {good, 300}}, not_assessed, Why::unsure, 300},
                                         {{{bad, 600}}, missed, Why::none, 600},
                                         {{{bad, 599}}, not_assessed, Why::unsure, 599},
                                         {{{bad, 300}, {bad, 900}}, missed, Why::none, 900},
                                         {{{bad, 300}, {good, 1'000}}, not_assessed, Why::unsure, 300},
                                         {{{bad, 900}, {good, 300}}, missed, Why::none, 900},
                                         {{{OccasionState::voided, 100}}, not_applicable, Why::no_occasion, 1'000},
                                         {{{OccasionState::unassessed, 100}, {good, 300}}, not_assessed, Why::words_unreadable, 1'000}}) {
    PracticeResult const result = result_of(600, c.occasions);
    EXPECT_EQ((Seen{result.verdict, result.why}), (Seen{c.verdict, c.why}));
    EXPECT_EQ(result.confidence, c.confidence);
  }
}

TEST(Sure, NotAskedForTakesEveryVerdict) {
  EXPECT_EQ(result_of(0, {{OccasionState::met, 0}}).verdict, met);
  EXPECT_EQ(result_of(0, {{OccasionState::missed, 0}}).verdict, missed);
  EXPECT_EQ(result_of(1'000, {{OccasionState::met, 1'000}}).verdict, met);
}

TEST(Sure, AnUnsureVerdictKeepsItsCounts) {
  PracticeResult const result = result_of(600, {{OccasionState::met, 900}, {OccasionState::missed, 200}});
  EXPECT_EQ(result.met, 1);
  EXPECT_EQ(result.occasions, 2);
}

TEST(Score, ListsAtMostSoMuchEvidenceAndCountsOn) {
  Scene scene;
  auto const s = scene.signal();
  scene.practice(never(s));
  for (base::Millis at = 0; at < 60; ++at) scene.agent(at, at, {{.signal = s}});
  auto const found = occasions_of(scene.play())[0];
  EXPECT_EQ(found.evidence.size(), limits::evidence_per_practice_max);
  EXPECT_EQ(found.times, 60);
}

TEST(Score, BeyondTheLimitOfOpenObligationsNothingIsAssessed) {
  Scene scene;
  auto const t = scene.signal();
  auto const s = scene.signal();
  scene.practice(then(t, s));
  scene.agent(0, 1);
  std::vector<Scene::Firing> firings;
  for (std::uint32_t i = 0; i <= limits::open_obligations_max; ++i) firings.push_back({.signal = t, .position = i});
  scene.customer(1, 2, firings);
  scene.agent(3, 4, {{.signal = s}});
  Ledger const ledger = scene.play();
  EXPECT_EQ(verdict_seen(ledger), (Seen{not_assessed, Why::over_limit}));
  EXPECT_EQ(ledger.occasions.size(), limits::open_obligations_max);
}

TEST(Why, IsSaidInPlainWords) {
  domain::Interaction head;
  playbook::Practice practice;
  PracticeResult result;
  auto const say = [&](Why why) {
    result.why = why;
    return explain(result, practice, head);
  };
  result.missing = {Source::words, Source::audio};
  EXPECT_EQ(say(Why::none), "");
  EXPECT_EQ(say(Why::off), "off");
  EXPECT_EQ(say(Why::source_unobserved), "not recorded: words, audio");
  EXPECT_EQ(say(Why::no_agent), "no agent took part");
  EXPECT_EQ(say(Why::unsure), "what was found is too unsure to judge by");
  result.due_ms = 75'000;
  EXPECT_EQ(say(Why::not_due_yet), "due 01:15");
  head.started_at = *base::parse_rfc3339("2026-03-02T09:15:00Z");
  EXPECT_EQ(say(Why::not_due_yet), "due 2026-03-02T09:16:15Z");
}

}  // namespace
}  // namespace rapport::evaluation::testing
