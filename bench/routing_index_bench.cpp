#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "base/assert.hpp"
#include "routing/contact_index.hpp"
#include "routing_world.hpp"

namespace rapport::routing {
namespace {

/// The index by itself, without commands, events, timers and agents' states: one arrival and the
/// exact decision for one agent, as the figures of the limits page were measured.
void index_alone(benchmark::State& state) {
  ContactIndex index;
  Dice dice;
  std::vector<std::shared_ptr<Queue>> rules;
  for (std::uint32_t number = 0; number < queues; ++number) {
    rules.push_back(std::make_shared<Queue>());
    rules.back()->priority = static_cast<std::uint8_t>(number % 5);
  }
  std::vector<Contact> kinds(requirements);
  for (std::size_t kind = 0; kind < requirements; ++kind) {
    kinds[kind].rules = rules[kind % queues];
    for (std::uint64_t left = 1 + dice.below(2); left > 0; --left) {
      kinds[kind].needs.add({SkillId(dice.below(skills)), static_cast<std::uint8_t>(1 + dice.below(5))});
    }
  }
  std::vector<std::vector<std::uint8_t>> levels(1'000);
  for (auto& of_agent : levels) {
    for (std::uint32_t skill = 0; skill < skills; ++skill) {
      of_agent.push_back(dice.below(5) == 0 ? static_cast<std::uint8_t>(1 + dice.below(10))
                                            : std::uint8_t{0});
    }
  }
  struct Waiting {
    std::size_t kind;
    std::uint32_t group;
    base::Instant entry;
  };
  std::vector<Waiting> waiting(contacts + static_cast<std::size_t>(state.max_iterations));
  base::Instant now = start;
  auto const arrive = [&](std::uint32_t number) {
    now = now + 1;
    Waiting& one = waiting[number];
    one = {dice.below(requirements), 0, now};
    Contact& contact = kinds[one.kind];
    contact.id = {2, number};
    contact.effective_entry = now;
    one.group = index.insert(number, contact, now);
  };
  for (std::uint32_t number = 0; number < contacts; ++number) arrive(number);
  Samples samples;
  std::uint32_t next = contacts;
  for ([[maybe_unused]] auto const iteration : state) {
    arrive(next++);
    auto const& agent = levels[dice.below(levels.size())];
    timed(samples, [&] {
      auto const found = index.first_for(agent, 1, now);
      RAPPORT_ASSERT(found.number != none);
      Waiting const& one = waiting[found.number];
      Contact& contact = kinds[one.kind];
      contact.id = {2, found.number};
      contact.effective_entry = one.entry;
      contact.group = one.group;
      index.erase(found.number, contact, now);
      return found.number;
    });
  }
  report(state, samples, "aim 500,000/s, p99 10 us; latency of the decision, rate with one arrival each");
}

BENCHMARK(ordered_set_alone)->Iterations(500'000);
BENCHMARK(index_alone)->Iterations(500'000);

}  // namespace
}  // namespace rapport::routing

BENCHMARK_MAIN();
