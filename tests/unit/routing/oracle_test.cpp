// Random centres, command by command against the slow oracle: every event, every refusal, every
// position and deadline must be the same; the invariants hold after each step; and the events alone
// make the state again.
#include "unit/routing/oracle.hpp"

#include <gtest/gtest.h>

#include <set>

#include "routing/floor.hpp"
#include "routing/status.hpp"
#include "unit/routing/invariants.hpp"
#include "unit/routing/names.hpp"
#include "unit/routing/random_world.hpp"

namespace rapport::routing {
namespace {

constexpr base::Instant oracle_start{1'000'000};
constexpr int steps = 250;

/// Plays one world on both.
class Trial {
 public:
  explicit Trial(std::uint64_t seed) : world_(seed) {}

  void play() {
    for (std::uint32_t number = 0; number < RandomWorld::queues; ++number) both(world_.queue(number, false));
    for (std::uint32_t number = 0; number < RandomWorld::queues; ++number) both(world_.queue(number, true));
    for (std::uint32_t number = 0; number < RandomWorld::agents; ++number) both(world_.agent(number));
    for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
      now_ = now_ + world_.pause();
      same(floor_.advance(now_ + -1), oracle_.advance(now_ + -1));
      both(world_.command(now_, floor_.state()));
      look();
    }
    Floor again;
    for (Event const& event : log_) again.apply(event);
    EXPECT_TRUE(again.state() == floor_.state()) << "the events make another state";
    EXPECT_EQ(again.next_deadline(), floor_.next_deadline());
  }

  /// Kinds of events and refusals seen, to know that the worlds reach everything.
  std::set<std::size_t> kinds;
  std::set<Refusal> refusals;

 private:
  void both(Command const& command) {
    auto result = floor_.handle(command, now_);
    auto expected = oracle_.handle(command, now_);
    if (!result) {
      refusals.insert(result.error());
      ASSERT_TRUE(std::holds_alternative<Refusal>(expected)) << name(result.error()) << trail();
      ASSERT_EQ(name(std::get<Refusal>(expected)), name(result.error())) << trail();
      return;
    }
    ASSERT_TRUE(std::holds_alternative<std::vector<Event>>(expected))
        << "oracle refuses: " << name(std::get<Refusal>(expected)) << told(*result) << trail();
    same(*std::move(result), std::get<std::vector<Event>>(std::move(expected)));
  }

  void same(std::vector<Event> const& events, std::vector<Event> const& expected) {
    for (Event const& event : events) kinds.insert(event.what.index());
    ASSERT_TRUE(events == expected) << "floor:" << told(events) << "\noracle:" << told(expected) << trail();
    log_.insert(log_.end(), events.begin(), events.end());
  }

  void look() {
    State state = floor_.state();
    ASSERT_EQ(broken_invariant(state, now_), "") << trail();
    ASSERT_EQ(floor_.next_deadline(), oracle_.next_deadline()) << trail();
    for (std::uint32_t number = 0; number < RandomWorld::contacts; ++number) {
      ContactId const id = contact("c" + std::to_string(number));
      ASSERT_EQ(position(floor_.state(), id, now_), oracle_.position(id, now_)) << name_of(id) << trail();
    }
  }

  static std::string told(std::vector<Event> const& events) {
    std::string text;
    for (Event const& event : events)
      text += "\n  " + clock(event.at - oracle_start) + " " + sentence(event, oracle_start, {});
    return text;
  }
  std::string trail() const {
    std::size_t const from = log_.size() > 40 ? log_.size() - 40 : 0;
    return "\nbefore:" + told({log_.begin() + static_cast<std::ptrdiff_t>(from), log_.end()});
  }

  RandomWorld world_;
  Floor floor_;
  Oracle oracle_;
  base::Instant now_ = oracle_start;
  std::vector<Event> log_;
};

TEST(RoutingOracle, AgreesOnEveryDecision) {
  std::set<std::size_t> kinds;
  std::set<Refusal> refusals;
  for (std::uint64_t seed = 1; seed <= 400 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Trial trial{seed};
    trial.play();
    kinds.merge(trial.kinds);
    refusals.merge(trial.refusals);
  }
  for (std::size_t kind = 0; kind < std::variant_size_v<Happening>; ++kind)
    EXPECT_TRUE(kinds.contains(kind)) << "event number " << kind << " never happened";
  EXPECT_GE(refusals.size(), 16U);
}

}  // namespace
}  // namespace rapport::routing
