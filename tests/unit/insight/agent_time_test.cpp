// Agents' seconds by state: they sum to the time logged in, whatever happens.
#include "insight/agent_time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "insight/intervals.hpp"

namespace rapport::insight {
namespace {

base::Instant at(base::Millis seconds) { return {1'000'000'000 + seconds * base::second}; }

TEST(AgentClock, SpansFollowTheChanges) {
  AgentClock clock{"northwind", "dana"};
  EXPECT_EQ(clock.changed(at(0), AgentState::idle), std::nullopt) << "offline is not counted";
  EXPECT_EQ(clock.changed(at(10), AgentState::talking), (StateSpan{"northwind", "dana", AgentState::idle, at(0), at(10)}));
  EXPECT_EQ(clock.cut(at(30)), (StateSpan{"northwind", "dana", AgentState::talking, at(10), at(30)}));
  EXPECT_EQ(clock.since(), at(10)) << "a cut is no change";
  EXPECT_EQ(clock.changed(at(40), AgentState::offline), (StateSpan{"northwind", "dana", AgentState::talking, at(30), at(40)}));
  EXPECT_EQ(clock.changed(at(90), AgentState::idle), std::nullopt);
  EXPECT_EQ(clock.since(), at(90));
}

TEST(AgentClock, AMomentBeforeTheLastIsTheLast) {
  AgentClock clock{"northwind", "dana"};
  clock.changed(at(10), AgentState::idle);
  EXPECT_EQ(clock.changed(at(5), AgentState::talking), std::nullopt);
  EXPECT_EQ(clock.changed(at(12), AgentState::wrap_up)->from, at(10));
}

TEST(AgentClock, NamesReadBack) {
  for (std::size_t i = 0; i < agent_state_count; ++i) {
    auto const state = static_cast<AgentState>(i);
    EXPECT_EQ(parse_agent_state(name(state)), state);
  }
  EXPECT_EQ(parse_agent_state("asleep"), std::nullopt);
}

RC_GTEST_PROP(AgentClockProperty, SecondsByStateSumToTheTimeLoggedIn, ()) {
  AgentClock clock{"northwind", "dana"};
  IntervalBook book;
  StateTimes totals;
  base::Instant now = at(0);
  base::Millis logged_in = 0;
  bool online = false;
  auto const changes = *rc::gen::container<std::vector<std::pair<std::uint32_t, std::uint8_t>>>(
      rc::gen::pair(rc::gen::inRange<std::uint32_t>(0, 3'000'000), rc::gen::inRange<std::uint8_t>(0, 12)));
  auto const count = [&](std::optional<StateSpan> const& span) {
    if (!span) return;
    totals.of(span->state) += span->to - span->from;
    book.add(*span);
  };
  for (auto const& [pause, state] : changes) {
    now = now + pause;
    if (online) logged_in += pause;
    if (state >= agent_state_count) {
      count(clock.cut(now));
      continue;
    }
    count(clock.changed(now, static_cast<AgentState>(state)));
    online = static_cast<AgentState>(state) != AgentState::offline;
  }
  count(clock.cut(now));
  RC_ASSERT(totals.logged_in() == logged_in);
  RC_ASSERT(totals.of(AgentState::offline) == 0);
  for (auto const& [key, counters] : book.intervals()) RC_ASSERT(counters.states.logged_in() <= interval_ms);
  base::Instant const after = now + interval_ms;
  RC_ASSERT(book.sum("northwind", Scope::agent, "dana", interval_of(at(0)), after).states == totals);
  RC_ASSERT(book.sum("northwind", Scope::brand, "", interval_of(at(0)), after).states == totals);
}

}  // namespace
}  // namespace rapport::insight
