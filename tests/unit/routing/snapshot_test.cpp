// A floor made again from a snapshot is equal to the one it was taken of, and decides the same from then on.
#include "routing/snapshot.hpp"

#include <gtest/gtest.h>

#include "routing/floor.hpp"
#include "routing/status.hpp"
#include "unit/routing/invariants.hpp"
#include "unit/routing/names.hpp"
#include "unit/routing/random_world.hpp"

namespace rapport::routing {
namespace {

constexpr base::Instant start{1'000'000};

/// The same decision on both, or the same refusal.
void same(base::Result<std::vector<Event>, Refusal> const& left, base::Result<std::vector<Event>, Refusal> const& right) {
  ASSERT_EQ(static_cast<bool>(left), static_cast<bool>(right));
  if (left)
    ASSERT_TRUE(*left == *right);
  else
    ASSERT_EQ(name(left.error()), name(right.error()));
}

void look_alike(Floor const& left, Floor const& right, base::Instant now) {
  ASSERT_TRUE(left.state() == right.state());
  ASSERT_EQ(left.next_deadline(), right.next_deadline());
  State state = right.state();
  ASSERT_EQ(broken_invariant(state, now), "");
  for (std::uint32_t number = 0; number < RandomWorld::contacts; ++number) {
    ContactId const id = contact("c" + std::to_string(number));
    ASSERT_EQ(position(left.state(), id, now), position(right.state(), id, now));
    ASSERT_EQ(estimated_wait(left.state(), id, now), estimated_wait(right.state(), id, now));
  }
}

void play(std::uint64_t seed, int steps, int until_restored) {
  RandomWorld world{seed};
  Floor floor;
  Floor restored;
  base::Instant now = start;
  auto const both = [&](Command const& command) { same(floor.handle(command, now), restored.handle(command, now)); };
  for (std::uint32_t number = 0; number < RandomWorld::queues; ++number) both(world.queue(number, false));
  for (std::uint32_t number = 0; number < RandomWorld::queues; ++number) both(world.queue(number, true));
  for (std::uint32_t number = 0; number < RandomWorld::agents; ++number) both(world.agent(number));
  for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
    if (step % until_restored == until_restored - 1) {
      restored = Floor{floor.state().snapshot()};
      look_alike(floor, restored, now);
    }
    now = now + world.pause();
    ASSERT_TRUE(floor.advance(now + -1) == restored.advance(now + -1));
    both(world.command(now, floor.state()));
  }
  look_alike(floor, restored, now);
}

TEST(RoutingSnapshot, DecidesTheSameFromThenOn) {
  for (std::uint64_t seed = 1; seed <= 150 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    play(seed, 250, seed % 3 == 0 ? 7 : 60);
  }
}

TEST(RoutingSnapshot, OfAnEmptyFloor) {
  Floor const floor{Snapshot{}};
  EXPECT_TRUE(floor.state() == State{});
  EXPECT_EQ(floor.next_deadline(), std::nullopt);
}

TEST(RoutingSnapshot, StatesThatDifferAreToldApart) {
  Floor floor;
  auto const queue = std::make_shared<Queue>();
  ASSERT_TRUE(static_cast<bool>(floor.handle(SetQueue{queue}, start)));
  ASSERT_TRUE(static_cast<bool>(floor.handle(Enter{contact("c"), {}, domain::Channel::chat, 0, {}, {}}, start)));
  Snapshot other = floor.state().snapshot();
  auto const rules = std::make_shared<Queue>();
  rules->priority = 3;
  other.contacts[0].rules = rules;
  EXPECT_FALSE(State{other} == floor.state()) << "the rules that a contact lives by are part of the state";
  other.contacts[0].rules = std::make_shared<Queue>();
  EXPECT_TRUE(State{other} == floor.state()) << "by value, not by place in memory";
}

}  // namespace
}  // namespace rapport::routing
