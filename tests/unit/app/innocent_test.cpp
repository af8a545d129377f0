// Conversations by which the standard playbook is held to single verdicts. Innocent: ordinary ones in which nothing was
// done wrong, or nothing could be read; their practice must not be missed. Each is named by the practice and a number.
// Disputed: ones whose verdict a reader of the scorecard would dispute were it another; each is named by the practice, the
// verdict and what it is about.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include "app/paths.hpp"
#include "app/playbook_choice.hpp"
#include "evaluation/evaluator.hpp"
#include "playbook/load.hpp"
#include "support/imports.hpp"

namespace rapport::app {
namespace {

using evaluation::Verdict;

playbook::Playbook standard_playbook() {
  auto const files = read_playbook_folder(std::string{RAPPORT_SOURCE_DIR} + "/playbooks/standard");
  if (!files) throw std::runtime_error(files.error().message);
  auto loaded = playbook::load(*files, "");
  for (playbook::Problem const& problem : loaded.problems) ADD_FAILURE() << to_text(problem);
  return *std::move(loaded.playbook);
}

/// By the id of each conversation in a file of tests/data, the verdict on the practice that the id begins with.
std::map<std::string, Verdict> verdicts_on(std::string const& file) {
  playbook::Playbook const playbook = standard_playbook();
  evaluation::Plan const plan = evaluation::plan_of(playbook);
  auto read = test::read_path(std::string{RAPPORT_SOURCE_DIR} + "/tests/data/" + file);
  for (std::string const& error : read.errors) ADD_FAILURE() << error;
  std::map<std::string, Verdict> verdicts;
  for (timeline::formats::Imported& imported : read.interactions) {
    auto const timeline = timeline::formats::to_timeline(imported);
    if (!timeline) throw std::runtime_error(timeline.error().message);
    std::string const id = timeline->head().id;
    auto const practice = std::ranges::find(playbook.practices, id.substr(0, id.find('/')), &playbook::Practice::id);
    if (practice == playbook.practices.end()) throw std::runtime_error("no practice: " + id);
    evaluation::Ledger const ledger = evaluation::evaluate(plan, *timeline);
    verdicts.emplace(id, ledger.practices[static_cast<std::size_t>(practice - playbook.practices.begin())].verdict);
  }
  return verdicts;
}

TEST(Innocent, ConversationsMissNothing) {
  std::set<Verdict> seen;
  for (auto const& [id, verdict] : verdicts_on("innocent.jsonl")) {
    EXPECT_NE(verdict, Verdict::missed) << id;
    bool const unreadable = id.ends_with("/german") || id.ends_with("/poorly-heard") || id.ends_with("/no-words");
    if (unreadable) {
      EXPECT_EQ(verdict, Verdict::not_assessed) << id;
    }
    seen.insert(verdict);
  }
  EXPECT_TRUE(seen.contains(Verdict::met) && seen.contains(Verdict::not_assessed) && seen.contains(Verdict::not_applicable));
}

TEST(Disputed, VerdictsAreThoseOfAFairReader) {
  auto const verdicts = verdicts_on("disputed.jsonl");
  EXPECT_FALSE(verdicts.empty());
  for (auto const& [id, verdict] : verdicts) {
    std::size_t const from = id.find('/') + 1;
    EXPECT_EQ(evaluation::name(verdict), id.substr(from, id.find('/', from) - from)) << id;
  }
}

}  // namespace
}  // namespace rapport::app
