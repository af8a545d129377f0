#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <set>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "routing/floor.hpp"
#include "routing/status.hpp"

/// Exact decisions on one core: 1,000,000 contacts waiting for 100,000 agents, 200 skills at ten
/// levels, 5,000 distinct requirements in 50 queues. Latencies are of single calls, each timed; beside
/// them, in the same run, the ordered set of the standard library with as many keys.
namespace rapport::routing {
namespace {

constexpr std::uint32_t queues = 50;
constexpr std::uint32_t skills = 200;
constexpr std::size_t agents = 100'000;
constexpr std::size_t contacts = 1'000'000;
constexpr std::size_t requirements = 5'000;
constexpr base::Instant start{1'772'442'000'000};

/// xorshift64*: the same run every time.
class Dice {
 public:
  std::uint64_t below(std::uint64_t bound) {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return (state_ * 0x2545F4914F6CDD1DULL >> 16U) % bound;
  }

 private:
  std::uint64_t state_ = 0x9E3779B97F4A7C15ULL;
};

using Samples = std::vector<std::int64_t>;

/// Times one call and keeps its nanoseconds.
template <typename Call>
auto timed(Samples& samples, Call&& call) {
  auto const before = std::chrono::steady_clock::now();
  auto result = call();
  auto const after = std::chrono::steady_clock::now();
  samples.push_back(std::chrono::duration_cast<std::chrono::nanoseconds>(after - before).count());
  return result;
}

void report(benchmark::State& state, Samples& samples, char const* label) {
  std::ranges::sort(samples);
  auto const at = [&](double share) {
    return static_cast<double>(
               samples[static_cast<std::size_t>(share * static_cast<double>(samples.size() - 1))]) /
           1e3;
  };
  state.counters["p50_us"] = at(0.5);
  state.counters["p99_us"] = at(0.99);
  state.counters["p999_us"] = at(0.999);
  state.counters["max_us"] = at(1.0);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  state.SetLabel(label);
}

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

/// What bounds it: the least key of a std::set taken and a new one put in.
void ordered_set_alone(benchmark::State& state) {
  using Key = std::pair<std::uint64_t, std::uint64_t>;
  std::set<Key> keys;
  Dice dice;
  for (std::uint64_t i = 0; i < contacts; ++i) keys.insert({dice.below(contacts), i});
  Samples samples;
  std::uint64_t next = contacts;
  for ([[maybe_unused]] auto const iteration : state) {
    timed(samples, [&] {
      keys.erase(keys.begin());
      return keys.insert({dice.below(contacts), ++next}).second;
    });
  }
  report(state, samples, "the limit to compare with");
}

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

BENCHMARK(index_alone)->Iterations(500'000);
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
