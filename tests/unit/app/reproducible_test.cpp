// Ledgers are equal for equal timeline, playbook and engine version, at any optimisation level. Every
// build (release, dev, asan) checks the same file of hashes, so equal to it is equal to one another.
// The playbook here is fixed and made for this test; tuning the standard one does not touch it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "app/paths.hpp"
#include "app/playbook_choice.hpp"
#include "base/hash.hpp"
#include "evaluation/evaluator.hpp"
#include "evaluation/scorecard.hpp"
#include "playbook/load.hpp"
#include "signals/detector.hpp"
#include "support/imports.hpp"

namespace rapport::app {
namespace {

using evaluation::Verdict;
using playbook::Condition;
using playbook::PatternKind;
using playbook::Playbook;
using playbook::Practice;

std::string const source = std::string{RAPPORT_SOURCE_DIR} + "/";
std::string const golden = source + "tests/data/ledgers/golden.txt";

Playbook every_part() {
  auto const files = read_playbook_folder(source + "tests/data/ledgers/playbook");
  if (!files) throw std::runtime_error(files.error().message);
  auto loaded = playbook::load(*files, "tested");
  for (playbook::Problem const& problem : loaded.problems) ADD_FAILURE() << to_text(problem);
  return *std::move(loaded.playbook);
}

/// Calls `take` with every conversation's timeline, in order.
template <typename Take>
void each_conversation(Take take) {
  auto const files = expand_paths({source + "samples/harper-valley/transcript", source + "samples/star/dialogues.jsonl", source + "tests/labelled/build/a.jsonl",
                                   source + "tests/labelled/build/b.jsonl", source + "tests/data/ledgers/conversations.jsonl"});
  if (!files) throw std::runtime_error(files.error().message);
  for (auto const& file : *files) {
    auto read = test::read_path(file.string());
    for (std::string const& error : read.errors) ADD_FAILURE() << error;
    for (timeline::formats::Imported& imported : read.interactions) {
      auto const timeline = timeline::formats::to_timeline(imported);
      if (!timeline) throw std::runtime_error(timeline.error().message);
      take(*timeline);
    }
  }
}

TEST(Ledgers, AreWhatEveryBuildMakes) {
  Playbook const playbook = every_part();
  evaluation::Plan const plan = evaluation::plan_of(playbook);
  auto const models = evaluation::models_of(playbook);
  EXPECT_EQ(models.size(), 1U);
  std::string hashes;
  each_conversation([&](timeline::Timeline const& timeline) {
    std::string const ledger = to_json(evaluation::evaluate(plan, timeline), timeline, playbook, models);
    hashes += base::sha256_hex(ledger) + "  " + timeline.head().id + '\n';
  });
  if (std::getenv("RAPPORT_WRITE_GOLDEN") != nullptr) std::ofstream{golden} << hashes;
  std::ifstream file{golden};
  std::ostringstream expected;
  expected << file.rdbuf();
  ASSERT_FALSE(expected.str().empty());
  EXPECT_EQ(hashes, expected.str()) << "where ledgers are meant to change, run this test with RAPPORT_WRITE_GOLDEN=1 to write the file anew";
}

TEST(Ledgers, OfTheTestHaveEveryPracticeDecided) {
  Playbook const playbook = every_part();
  evaluation::Plan const plan = evaluation::plan_of(playbook);
  std::vector<std::set<Verdict>> seen(playbook.practices.size());
  each_conversation([&](timeline::Timeline const& timeline) {
    evaluation::Ledger const ledger = evaluation::evaluate(plan, timeline);
    for (std::size_t i = 0; i < seen.size(); ++i) seen[i].insert(ledger.practices[i].verdict);
  });
  for (std::size_t i = 0; i < seen.size(); ++i) {
    Practice const& practice = playbook.practices[i];
    if (!practice.on || practice.patterns.empty()) continue;
    // A practice that forbids is met where its signal never fires: only a miss shows that it can.
    bool const forbids = practice.patterns.front().kind == PatternKind::never;
    EXPECT_TRUE(seen[i].contains(Verdict::missed) || (!forbids && seen[i].contains(Verdict::met))) << practice.id;
  }
}

TEST(Ledgers, OfTheTestHaveVerdictsThatAreTooUnsure) {
  Playbook const playbook = every_part();
  evaluation::Plan const plan = evaluation::plan_of(playbook);
  std::size_t unsure = 0;
  std::size_t decided = 0;
  each_conversation([&](timeline::Timeline const& timeline) {
    evaluation::Ledger const ledger = evaluation::evaluate(plan, timeline);
    for (std::size_t i = 0; i < ledger.practices.size(); ++i) {
      if (playbook.practices[i].sure == 0) continue;
      unsure += ledger.practices[i].why == evaluation::Why::unsure;
      decided += ledger.practices[i].verdict == Verdict::met || ledger.practices[i].verdict == Verdict::missed;
    }
  });
  EXPECT_GT(unsure, 0U);
  EXPECT_GT(decided, 0U);
}

TEST(EveryPart, OfTheSignalsIsInThePlaybook) {
  Playbook const playbook = every_part();
  std::set<std::string_view> detectors;
  bool doubts = false;
  std::set<std::pair<signals::Filter::Kind, bool>> filters;
  std::set<signals::Reach> reaches;
  for (std::size_t id = 0; id < playbook.lexicon->size(); ++id) {
    signals::Spec const& spec = playbook.lexicon->spec(static_cast<signals::SignalId>(id));
    for (signals::DetectorSource const& detector : spec.detectors) {
      detectors.insert(detector.name);
      doubts = doubts || (detector.parameters.contains("doubt") && !spec.phrases.empty());
    }
    for (signals::Filter const& filter : spec.filters) {
      filters.emplace(filter.kind, filter.negated);
      if (filter.kind == signals::Filter::Kind::with) reaches.insert(filter.reach);
    }
  }
  for (signals::DetectorKind const& kind : signals::detector_kinds()) EXPECT_TRUE(detectors.contains(kind.name)) << kind.name;
  EXPECT_TRUE(doubts) << "no phrases beside a model that doubts them";
  std::set<signals::Filter::Kind> kinds;
  for (auto const& [kind, negated] : filters) kinds.insert(kind);
  EXPECT_EQ(kinds.size(), 7U);
  for (auto const kind : {signals::Filter::Kind::with, signals::Filter::Kind::after, signals::Filter::Kind::question}) {
    EXPECT_TRUE(filters.contains({kind, true})) << static_cast<int>(kind);
  }
  EXPECT_GE(reaches.size(), 2U);
}

TEST(EveryPart, OfThePracticesIsInThePlaybook) {
  std::set<PatternKind> kinds;
  std::set<playbook::ScopeKind> scopes;
  std::set<signals::Reach> reaches;
  std::set<Condition::Subject> subjects;
  std::map<std::string, int> parts;
  Playbook const playbook = every_part();
  for (Practice const& practice : playbook.practices) {
    for (playbook::Pattern const& pattern : practice.patterns) {
      kinds.insert(pattern.kind);
      scopes.insert(pattern.scope.kind);
      if (pattern.kind == PatternKind::each_with) reaches.insert(pattern.reach);
      for (Condition const& condition : pattern.when) subjects.insert(condition.subject);
      parts["time"] += pattern.bound.time_ms.has_value();
      parts["agent turns"] += pattern.bound.agent_turns.has_value();
      parts["customer turns"] += pattern.bound.customer_turns.has_value();
      parts["speech"] += pattern.bound.speech_ms.has_value();
      parts["due"] += pattern.bound.due_of_trigger;
      parts["none"] += pattern.bound.none();
      parts["item"] += pattern.same_item;
      parts["first"] += pattern.first_only;
      parts["void"] += !pattern.void_if.empty();
    }
    parts["pool"] += practice.patterns.size() > 1;
    parts["off"] += !practice.on;
    parts["unjudged"] += practice.patterns.empty();
    parts["sure"] += practice.sure > 0;
    parts["critical"] += practice.critical;
    parts["channel weight"] += !practice.channel_weight.empty();
    for (auto const transfer : {playbook::OnTransfer::drop, playbook::OnTransfer::inherit, playbook::OnTransfer::stay}) {
      parts["transfer " + std::to_string(static_cast<int>(transfer))] += practice.on_transfer == transfer;
    }
  }
  EXPECT_EQ(kinds.size(), 7U);
  EXPECT_EQ(scopes.size(), 5U);
  EXPECT_EQ(reaches.size(), 3U);
  EXPECT_EQ(subjects.size(), 14U);
  for (auto const& [part, times] : parts) EXPECT_GT(times, 0) << part;
  EXPECT_FALSE(playbook.frameworks.empty());
}

}  // namespace
}  // namespace rapport::app
