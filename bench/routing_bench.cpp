#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "routing/floor.hpp"
#include "routing/status.hpp"
#include "routing_world.hpp"

/// Exact decisions on one core: 1,000,000 contacts waiting for 100,000 agents, 200 skills at ten
/// levels, 5,000 distinct requirements in 50 queues. Latencies are of single calls, each timed; beside
/// them, in the same run, the ordered set of the standard library with as many keys.
namespace rapport::routing {
namespace {

AgentId agent_id(std::size_t number) { return {1, number + 1}; }

/// A floor of the size under test.
class Centre {
 public:
  explicit Centre(Strategy strategy) {
    for (std::uint32_t number = 0; number < queues; ++number) {
      Queue queue;
      queue.id = QueueId{number};
      queue.priority = static_cast<std::uint8_t>(number % 5);
      queue.strategy = strategy;
      queue.age_every_ms = 10 * base::minute;
      queue.overflow_after_ms = base::day;
      queue.offer_ms = base::hour;
      done(SetQueue{std::make_shared<Queue const>(queue)});
    }
    for (std::size_t number = 0; number < requirements; ++number) {
      Requirement needs;
      for (std::uint64_t left = 1 + dice.below(2); left > 0; --left) {
        needs.add({SkillId(dice.below(skills)), static_cast<std::uint8_t>(1 + dice.below(5))});
      }
      wanted_.push_back(needs);
    }
    for (std::size_t number = 0; number < agents; ++number) {
      AgentProfile profile;
      profile.id = agent_id(number);
      profile.capacity[0] = 1;
      for (std::uint32_t skill = 0; skill < skills; ++skill) {
        if (dice.below(5) == 0)
          profile.skills.push_back({SkillId(skill), static_cast<std::uint8_t>(1 + dice.below(10))});
      }
      done(SetAgent{std::make_shared<AgentProfile const>(std::move(profile))});
    }
  }

  std::vector<Event> done(Command const& command) {
    auto result = floor.handle(command, now);
    RAPPORT_ASSERT(static_cast<bool>(result));
    return *std::move(result);
  }
  void available(std::size_t agent) { done(SetPresence{agent_id(agent), Presence::available, {}}); }
  Enter arrival() {
    now = now + 1;
    std::size_t const kind = dice.below(requirements);
    return {{2, ++last_contact}, QueueId(kind % queues), domain::Channel::voice, 0, wanted_[kind], {}};
  }

  Dice dice;
  base::Instant now = start;
  Floor floor;
  std::uint64_t last_contact = 0;

 private:
  std::vector<Requirement> wanted_;
};

/// The offer among events, if there is one.
Offered const* offer_in(std::vector<Event> const& events) {
  for (Event const& event : events) {
    if (auto const* offered = std::get_if<Offered>(&event.what)) return offered;
  }
  return nullptr;
}

/// A million waits and every agent has a contact: contacts end, and the agent gets the next.
Centre& busy_centre() {
  static Centre& centre = *[] {
    auto* made = new Centre{Strategy::longest_idle};
    for (std::size_t i = 0; i < contacts; ++i) made->done(made->arrival());
    return made;
  }();
  return centre;
}

/// One arrival, one call that ends and so frees an agent for whom the next is decided, one answer.
void agent_becomes_free(benchmark::State& state) {
  Centre& centre = busy_centre();
  static std::deque<Offered> busy;
  if (busy.empty()) {
    for (std::size_t agent = 0; agent < 1'000; ++agent) {
      auto const events = centre.done(SetPresence{agent_id(agent), Presence::available, {}});
      busy.push_back(*offer_in(events));
      centre.done(Answer{busy.back().agent, busy.back().contact});
    }
  }
  Samples samples;
  for ([[maybe_unused]] auto const iteration : state) {
    centre.done(centre.arrival());
    Offered const before = busy.front();
    busy.pop_front();
    auto const events = timed(samples, [&] { return centre.done(End{before.contact}); });
    Offered const* const next = offer_in(events);
    RAPPORT_ASSERT(next != nullptr);
    centre.done(Answer{next->agent, next->contact});
    busy.push_back(*next);
  }
  report(state, samples, "aim 500,000/s, p99 10 us; latency of the decision, rate of all three commands");
}

void arrival_that_waits(benchmark::State& state) {
  Centre& centre = busy_centre();
  Samples samples;
  for ([[maybe_unused]] auto const iteration : state) {
    Enter const arrival = centre.arrival();
    timed(samples, [&] { return centre.done(arrival); });
    centre.done(End{arrival.contact});
  }
  report(state, samples, "latency of the arrival; rate of arrival and hang-up");
}

void position_of_the_last(benchmark::State& state) {
  Centre& centre = busy_centre();
  Enter const arrival = centre.arrival();
  centre.done(arrival);
  Samples samples;
  for ([[maybe_unused]] auto const iteration : state) {
    benchmark::DoNotOptimize(
        timed(samples, [&] { return position(centre.floor.state(), arrival.contact, centre.now); }));
  }
  centre.done(End{arrival.contact});
  report(state, samples, "a status query");
}

/// An arrival finds its agent among so many free of 100,000.
void arrival_is_offered(benchmark::State& state, Strategy strategy) {
  Centre centre{strategy};
  auto const free = static_cast<std::size_t>(state.range(0));
  for (std::size_t number = 0; number < free; ++number) {
    if (number % 7 == 0) centre.now = centre.now + 1;
    centre.available(number * (agents / free));
  }
  Samples samples;
  for ([[maybe_unused]] auto const iteration : state) {
    Enter const arrival = centre.arrival();
    benchmark::DoNotOptimize(timed(samples, [&] { return centre.done(arrival); }));
    centre.done(End{arrival.contact});
  }
  report(state, samples, "free agents; p99 10 us");
}

BENCHMARK(ordered_set_alone)->Iterations(500'000);
BENCHMARK(agent_becomes_free)->Iterations(500'000);
BENCHMARK(arrival_that_waits)->Iterations(500'000);
BENCHMARK(position_of_the_last)->Iterations(10'000);
BENCHMARK_CAPTURE(arrival_is_offered, longest_idle, Strategy::longest_idle)
    ->Arg(1'000)
    ->Arg(100'000)
    ->Iterations(100'000);
BENCHMARK_CAPTURE(arrival_is_offered, most_skilled, Strategy::most_skilled)
    ->Arg(1'000)
    ->Arg(100'000)
    ->Iterations(3'000);
BENCHMARK_CAPTURE(arrival_is_offered, least_loaded, Strategy::least_loaded)
    ->Arg(1'000)
    ->Arg(100'000)
    ->Iterations(3'000);

}  // namespace
}  // namespace rapport::routing

BENCHMARK_MAIN();
