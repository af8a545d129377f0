// The steps of a case, its attempts, and what keeps it from being closed.
#include "customers/case.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace rapport::customers {
namespace {

base::Instant case_at(base::Millis seconds) { return {1'750'000'000'000 + seconds * base::second}; }

Case owned() {
  Case matter;
  matter.id = "k-77";
  matter.owner = "dana";
  matter.opened_at = matter.changed_at = case_at(0);
  return matter;
}

TEST(Case, TheTableIsTheOneOfTheHeader) {
  using enum CaseState;
  using enum CaseAction;
  std::vector<std::tuple<CaseState, CaseAction, CaseState>> const steps{
      {open, wait, waiting}, {open, resolve, resolved}, {open, close, closed}, {waiting, resume, open}, {waiting, resolve, resolved}, {waiting, close, closed}, {resolved, close, closed}, {resolved, reopen, open}, {closed, reopen, open}};
  std::size_t found = 0;
  for (std::size_t from = 0; from < case_state_count; ++from) {
    for (std::size_t action = 0; action < case_action_count; ++action) {
      auto const next = next_state(static_cast<CaseState>(from), static_cast<CaseAction>(action));
      if (!next) continue;
      ++found;
      EXPECT_NE(std::ranges::find(steps, std::tuple{static_cast<CaseState>(from), static_cast<CaseAction>(action), *next}), steps.end());
    }
  }
  EXPECT_EQ(found, steps.size());
}

TEST(Case, EveryStateHasAWayOutAndIsReached) {
  std::set<CaseState> reached{CaseState::open};
  for (std::size_t round = 0; round < case_state_count; ++round) {
    for (CaseState const from : std::set{reached}) {
      std::size_t ways = 0;
      for (std::size_t action = 0; action < case_action_count; ++action) {
        if (auto const next = next_state(from, static_cast<CaseAction>(action))) {
          ++ways;
          reached.insert(*next);
        }
      }
      EXPECT_GT(ways, 0U) << name(from);
    }
  }
  EXPECT_EQ(reached.size(), case_state_count);
}

TEST(Case, ResolvedClosedAndReopened) {
  Case matter = owned();
  EXPECT_EQ(apply(matter, CaseAction::reopen, {}, case_at(1)), CaseRefusal::no_such_step);
  EXPECT_EQ(matter, owned());
  EXPECT_EQ(apply(matter, CaseAction::resolve, {}, case_at(2)), std::nullopt);
  EXPECT_EQ(matter.changed_at, case_at(2));
  EXPECT_EQ(apply(matter, CaseAction::close, {}, case_at(3)), std::nullopt);
  EXPECT_EQ(matter.closed_at, case_at(3));
  EXPECT_EQ(apply(matter, CaseAction::reopen, {}, case_at(4)), std::nullopt);
  EXPECT_EQ(matter.state, CaseState::open);
  EXPECT_EQ(matter.closed_at, std::nullopt);
  EXPECT_EQ(matter.reopened, 1U);
}

TEST(Case, IsSettledBySomebody) {
  Case matter = owned();
  matter.owner.clear();
  EXPECT_EQ(apply(matter, CaseAction::resolve, {}, case_at(1)), CaseRefusal::no_owner);
  EXPECT_EQ(apply(matter, CaseAction::close, {}, case_at(1)), CaseRefusal::no_owner);
  EXPECT_EQ(apply(matter, CaseAction::wait, {}, case_at(1)), std::nullopt);
  give_to(matter, "eli", case_at(2));
  EXPECT_EQ(matter.changed_at, case_at(2));
  give_to(matter, "eli", case_at(3));
  EXPECT_EQ(matter.changed_at, case_at(2)) << "nothing changed";
  EXPECT_EQ(apply(matter, CaseAction::resolve, {}, case_at(4)), std::nullopt);
}

TEST(Case, IsNotClosedWhileAPromiseIsOwed) {
  Promise promise;
  promise.made_at = case_at(0);
  promise.due = case_at(100);
  auto const closes = [](Promise const& of) {
    Case matter = owned();
    return apply(matter, CaseAction::close, {&of, 1}, case_at(200)) == std::nullopt;
  };
  EXPECT_FALSE(closes(promise));
  Promise late = promise;
  settle(late, case_at(150));
  EXPECT_FALSE(closes(late)) << "broken, and still to be done";
  keep(late, case_at(160));
  EXPECT_TRUE(closes(late));
  Promise given_up = promise;
  give_up(given_up, case_at(50), "no part");
  EXPECT_TRUE(closes(given_up));
  Promise withdrawn = promise;
  withdraw(withdrawn, case_at(50), "");
  EXPECT_TRUE(closes(withdrawn));
  Case matter = owned();
  EXPECT_EQ(apply(matter, CaseAction::close, {&promise, 1}, case_at(200)), CaseRefusal::open_promises);
  EXPECT_EQ(apply(matter, CaseAction::resolve, {&promise, 1}, case_at(200)), std::nullopt) << "a resolved case may owe a call";
}

TEST(Case, AttemptsCountFromOne) {
  Case matter = owned();
  EXPECT_EQ(attempt(matter, "i-1"), 1U);
  EXPECT_EQ(add_interaction(matter, "i-1"), std::nullopt);
  EXPECT_EQ(add_interaction(matter, "i-2"), std::nullopt);
  EXPECT_EQ(add_interaction(matter, "i-1"), CaseRefusal::already_there);
  EXPECT_EQ(attempt(matter, "i-1"), 1U);
  EXPECT_EQ(attempt(matter, "i-2"), 2U);
  EXPECT_EQ(attempt(matter, "i-3"), 3U);
}

TEST(Case, NamesReadBack) {
  for (std::size_t i = 0; i < case_state_count; ++i) EXPECT_EQ(parse_case_state(name(static_cast<CaseState>(i))), static_cast<CaseState>(i));
  for (std::size_t i = 0; i < case_action_count; ++i) EXPECT_EQ(parse_case_action(name(static_cast<CaseAction>(i))), static_cast<CaseAction>(i));
  EXPECT_EQ(parse_case_state("stale"), std::nullopt);
  EXPECT_EQ(name(CaseRefusal::too_many), "too_many");
}

}  // namespace
}  // namespace rapport::customers
