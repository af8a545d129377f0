// Ordinary conversations in which nothing was done wrong, or nothing could be read: the standard playbook must not say
// that their practice was missed. Each is named by the practice and a number.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

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

TEST(Innocent, ConversationsMissNothing) {
  playbook::Playbook const playbook = standard_playbook();
  evaluation::Plan const plan = evaluation::plan_of(playbook);
  auto read = test::read_path(std::string{RAPPORT_SOURCE_DIR} + "/tests/data/innocent.jsonl");
  for (std::string const& error : read.errors) ADD_FAILURE() << error;
  std::set<Verdict> seen;
  for (timeline::formats::Imported& imported : read.interactions) {
    auto const timeline = timeline::formats::to_timeline(imported);
    ASSERT_TRUE(timeline) << timeline.error().message;
    std::string const id = timeline->head().id;
    auto const practice = std::ranges::find(playbook.practices, id.substr(0, id.find('/')), &playbook::Practice::id);
    ASSERT_NE(practice, playbook.practices.end()) << id;
    evaluation::Ledger const ledger = evaluation::evaluate(plan, *timeline);
    Verdict const verdict = ledger.practices[static_cast<std::size_t>(practice - playbook.practices.begin())].verdict;
    EXPECT_NE(verdict, Verdict::missed) << id;
    bool const unreadable = id.ends_with("/german") || id.ends_with("/poorly-heard") || id.ends_with("/no-words");
    if (unreadable) {
      EXPECT_EQ(verdict, Verdict::not_assessed) << id;
    }
    seen.insert(verdict);
  }
  EXPECT_TRUE(seen.contains(Verdict::met) && seen.contains(Verdict::not_assessed) && seen.contains(Verdict::not_applicable));
}

}  // namespace
}  // namespace rapport::app
