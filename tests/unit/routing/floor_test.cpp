// What scenarios cannot say: time that runs wrong, limits, and deadlines in great number.
#include "routing/floor.hpp"

#include <gtest/gtest.h>

#include "routing/status.hpp"
#include "unit/routing/names.hpp"

namespace rapport::routing {
namespace {

constexpr base::Instant floor_start{1'000'000};

std::shared_ptr<Queue> a_queue(std::uint32_t number = 0) {
  auto queue = std::make_shared<Queue>();
  queue->id = QueueId{number};
  return queue;
}

Command an_agent(AgentId id) {
  auto profile = std::make_shared<AgentProfile>();
  profile->id = id;
  profile->capacity[0] = 1;
  return SetAgent{profile};
}

Command call(std::uint64_t number) {
  return Enter{{7, number}, QueueId{0}, domain::Channel::voice, 0, {}, {}};
}

Refusal refusal_of(Floor& floor, Command const& command, base::Instant now = floor_start) {
  State const before = floor.state();
  auto const result = floor.handle(command, now);
  EXPECT_FALSE(static_cast<bool>(result));
  EXPECT_TRUE(before == floor.state()) << "refused, and yet something changed";
  return result.error();
}

void done(Floor& floor, Command const& command, base::Instant now = floor_start) {
  auto const result = floor.handle(command, now);
  ASSERT_TRUE(static_cast<bool>(result)) << name(result.error());
}

TEST(Floor, TimeDoesNotRunBackwards) {
  Floor floor;
  done(floor, SetQueue{a_queue()}, floor_start + 10);
  EXPECT_EQ(refusal_of(floor, call(1), floor_start + 9), Refusal::time_before_present);
  done(floor, call(1), floor_start + 10);
}

TEST(Floor, WhatRanOutBeforeIsDecidedBefore) {
  Floor floor;
  auto const queue = a_queue();
  queue->overflow_after_ms = 5 * base::second;
  done(floor, SetQueue{queue});
  done(floor, call(1));
  ASSERT_EQ(floor.next_deadline(), floor_start + 5'000);
  EXPECT_EQ(refusal_of(floor, call(2), floor_start + 5'001), Refusal::deadlines_due);
  auto const events = floor.advance(floor_start + 60'000);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].at, floor_start + 5'000)
      << "a deadline is decided at its own moment, however late it is noticed";
  done(floor, call(2), floor_start + 60'000);
}

TEST(Floor, ManyDeadlinesAreDecidedInSteps) {
  Floor floor;
  auto const queue = a_queue();
  queue->overflow_after_ms = 5 * base::second;
  done(floor, SetQueue{queue});
  std::size_t const calls = limits::deadlines_per_step_max + 10;
  for (std::uint64_t number = 1; number <= calls; ++number) done(floor, call(number));
  EXPECT_EQ(floor.advance(floor_start + 5'000).size(), limits::deadlines_per_step_max);
  EXPECT_EQ(floor.advance(floor_start + 5'000).size(), 10U);
  EXPECT_EQ(floor.state().contact_count(), 0U);
}

TEST(Floor, RefusesMoreQueuesAndAgentsThanTheLimits) {
  Floor floor;
  for (std::uint32_t number = 0; number < limits::queues_max; ++number)
    done(floor, SetQueue{a_queue(number)});
  done(floor, SetQueue{a_queue(0)});
  EXPECT_EQ(floor.state().queue_count(), limits::queues_max);
  auto const more = floor.handle(SetQueue{a_queue(limits::queues_max)}, floor_start);
  ASSERT_FALSE(static_cast<bool>(more));
  EXPECT_EQ(more.error(), Refusal::too_many_queues);
  for (std::uint64_t number = 1; number <= limits::agents_max; ++number) done(floor, an_agent({1, number}));
  auto const another = floor.handle(an_agent({2, 1}), floor_start);
  ASSERT_FALSE(static_cast<bool>(another));
  EXPECT_EQ(another.error(), Refusal::too_many_agents);
}

TEST(Floor, SoManyWaitForOneAgentAloneAndNoMore) {
  Floor floor;
  done(floor, SetQueue{a_queue()});
  for (char const* who : {"a", "b"}) {
    done(floor, an_agent(agent(who)));
    done(floor, SetPresence{agent(who), Presence::available, {}});
  }
  done(floor, call(1));  // keeps a busy
  done(floor, Answer{agent("a"), {7, 1}});
  for (std::uint64_t number = 2; number <= limits::reserved_max + 1; ++number) {
    done(floor, call(number));
    done(floor, Answer{agent("b"), {7, number}});
    done(floor, Transfer{{7, number}, agent("b"), TransferTo::agent, {}, agent("a"), {}, {}});
  }
  done(floor, call(900));
  done(floor, Answer{agent("b"), {7, 900}});
  EXPECT_EQ(refusal_of(floor, Transfer{{7, 900}, agent("b"), TransferTo::agent, {}, agent("a"), {}, {}}),
            Refusal::agent_overbooked);
}

TEST(Floor, RefusesWhatNoFormWouldSend) {
  Floor floor;
  EXPECT_EQ(refusal_of(floor, SetQueue{nullptr}), Refusal::bad_queue);
  EXPECT_EQ(refusal_of(floor, SetAgent{nullptr}), Refusal::bad_agent);
  EXPECT_EQ(refusal_of(floor, an_agent({})), Refusal::bad_agent);
  done(floor, SetQueue{a_queue()});
  EXPECT_EQ(refusal_of(floor, Enter{}), Refusal::bad_contact);
  done(floor, an_agent(agent("a")));
  std::string const long_reason(limits::name_bytes_max + 1, 'x');
  EXPECT_EQ(refusal_of(floor, SetPresence{agent("a"), Presence::on_break, long_reason}), Refusal::bad_reason);
}

TEST(Floor, StatusOfAQueue) {
  Floor floor;
  auto const queue = a_queue();
  queue->hours.week = {{0, 0, 1}};
  queue->accepts_when_closed = true;
  done(floor, SetQueue{queue});
  EXPECT_EQ(queue_status(floor.state(), QueueId{5}, floor_start), std::nullopt);
  EXPECT_EQ(queue_status(floor.state(), QueueId{0}, floor_start)->oldest, std::nullopt);
  done(floor, call(1));
  done(floor, Enter{{7, 2}, QueueId{0}, domain::Channel::chat, 3, {}, {}}, floor_start + 50);
  auto const status = queue_status(floor.state(), QueueId{0}, floor_start + 100);
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->waiting, 2U);
  EXPECT_EQ(status->oldest, floor_start);
  EXPECT_FALSE(status->open);
}

}  // namespace
}  // namespace rapport::routing
