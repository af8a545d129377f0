#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <random>

#include "../tests/support/postgres_cluster.hpp"
#include "base/assert.hpp"
#include "closed_interactions.hpp"
#include "store/open.hpp"

/// What the store does on this machine: 250-byte events of 1,000 interactions, durable; one closed
/// interaction read; searches among 100,000 closed interactions.
namespace rapport::store {
namespace {

using namespace records;
using bench::row_of;

Key master() {
  Key key;
  key.fill(1);
  return key;
}

/// A store of its own in a fresh folder or database. SQLite is 0, PostgreSQL 1.
class World {
 public:
  explicit World(std::int64_t kind) {
    if (kind == 0) {
      folder_ = "/tmp/rapport-bench-XXXXXX";
      RAPPORT_ASSERT(::mkdtemp(folder_.data()) != nullptr);
      where_ = folder_;
    } else {
      cluster_ = std::make_unique<test::PostgresCluster>();
      where_ = cluster_->make_database();
    }
    auto opened = open(where_, master());
    RAPPORT_ASSERT(static_cast<bool>(opened));
    store_ = *std::move(opened);
  }
  ~World() {
    store_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  World(World const&) = delete;
  World& operator=(World const&) = delete;

  Store& store() { return *store_; }
  void put(std::vector<Change> changes) { RAPPORT_ASSERT(static_cast<bool>(store_->commit({std::move(changes), {1}, false}))); }

 private:
  std::string folder_, where_;
  std::unique_ptr<test::PostgresCluster> cluster_;
  std::unique_ptr<Store> store_;
};

/// Events a second durable, as batches of one event: `group` of them are on their way at a time.
void durable_events(benchmark::State& state) {
  World world{state.range(0)};
  auto const group = static_cast<std::size_t>(state.range(1));
  constexpr std::size_t interactions = 1'000;
  std::vector<Change> opening;
  for (std::size_t at = 0; at < interactions; ++at) opening.emplace_back(OpenInteraction{row_of(static_cast<std::int64_t>(at)), {}});
  world.put(std::move(opening));
  std::vector<std::uint32_t> numbers(interactions);
  std::size_t next = 0;
  for (auto _ : state) {
    std::atomic<std::size_t> left = group;
    for (std::size_t sent = 0; sent < group; ++sent) {
      std::size_t const at = next++ % interactions;
      auto const row = row_of(static_cast<std::int64_t>(at));
      Batch batch{{AppendEvent{row.id, row.customer, ++numbers[at], {std::string(100, 's'), std::string(150, 'p')}}}, {1}, true};
      bool const taken = world.store().submit(std::move(batch), [&left](Stored<Nothing> const& result) {
        RAPPORT_ASSERT(static_cast<bool>(result));
        if (left.fetch_sub(1) == 1) left.notify_one();
      });
      RAPPORT_ASSERT(taken);
    }
    for (std::size_t seen = left; seen > 0; seen = left) left.wait(seen);
  }
  state.SetItemsProcessed(state.iterations() * state.range(1));
}
BENCHMARK(durable_events)->ArgNames({"postgres", "at_once"})->ArgsProduct({{0, 1}, {1, 100, 1'000}})->UseRealTime()->MinTime(1.0);

/// Whole interactions a second: opened, twelve commands (an event, a floor event and an answer each), closed.
void whole_interactions(benchmark::State& state) {
  World world{state.range(0)};
  constexpr std::int64_t at_once = 200;
  std::int64_t next = 0;
  for (auto _ : state) {
    std::atomic<std::int64_t> left = at_once * 14;
    auto const send = [&](std::vector<Change> changes) {
      bool const taken = world.store().submit({std::move(changes), {1}, true}, [&left](Stored<Nothing> const& result) {
        RAPPORT_ASSERT(static_cast<bool>(result));
        if (left.fetch_sub(1) == 1) left.notify_one();
      });
      RAPPORT_ASSERT(taken);
    };
    for (std::int64_t number = next; number < next + at_once; ++number) send({OpenInteraction{row_of(number), {std::string(200, 's'), "head"}}, AppendFloor{std::string(100, 'f')}});
    for (std::uint32_t command = 1; command <= 12; ++command) {
      for (std::int64_t number = next; number < next + at_once; ++number) {
        auto const row = row_of(number);
        send({AppendEvent{row.id, row.customer, command, {std::string(100, 's'), std::string(150, 'p')}}, AppendFloor{std::string(100, 'f')},
              KeepAnswer{"user", row.id + std::to_string(command), "hash", 200, "{}", {1}}});
      }
    }
    for (std::int64_t number = next; number < next + at_once; ++number) {
      CloseInteraction closing{row_of(number), {std::string(1'500, 's'), std::string(2'000, 'p')}, "thank you for calling about the parcel", {}};
      closing.row.closed_at = closing.row.started_at;
      send({closing, AddCounters{"queue/" + closing.row.queue, {0}, {1, 2, 3}}});
    }
    next += at_once;
    for (std::int64_t seen = left; seen > 0; seen = left) left.wait(seen);
  }
  state.SetItemsProcessed(state.iterations() * at_once);
}
BENCHMARK(whole_interactions)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime()->MinTime(1.0);

/// 100,000 closed interactions, made once for all that read them.
World& archive(std::int64_t kind) {
  static std::array<std::unique_ptr<World>, 2> worlds;
  auto& world = worlds[static_cast<std::size_t>(kind)];
  if (world) return *world;
  world = std::make_unique<World>(kind);
  std::mt19937_64 dice{1};
  constexpr std::int64_t count = 100'000;
  for (std::int64_t number = 0; number < count;) {
    std::vector<Change> changes;
    for (std::int64_t const end = number + 1'000; number < end; ++number) {
      changes.emplace_back(bench::closed(row_of(number), dice));
    }
    world->put(std::move(changes));
  }
  return *world;
}

/// The latencies of calls as counters, in microseconds.
template <typename Call>
void timed(benchmark::State& state, Call const& call) {
  std::vector<double> micros;
  std::int64_t number = 0;
  for (auto _ : state) {
    auto const start = std::chrono::steady_clock::now();
    call(number = (number + 7'919) % 100'000);
    micros.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(micros.begin(), micros.end());
  state.counters["p50_us"] = micros[micros.size() / 2];
  state.counters["p99_us"] = micros[micros.size() * 99 / 100];
}

void read_closed(benchmark::State& state) {
  World& world = archive(state.range(0));
  timed(state, [&](std::int64_t number) { RAPPORT_ASSERT((*world.store().interaction("interaction-" + std::to_string(number))).has_value()); });
}
BENCHMARK(read_closed)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime();

template <typename Set>
void search(benchmark::State& state, Set const& set) {
  World& world = archive(state.range(0));
  timed(state, [&](std::int64_t number) {
    InteractionQuery query;
    set(query, number);
    RAPPORT_ASSERT(static_cast<bool>(world.store().search(query)));
  });
}
void search_newest(benchmark::State& state) {
  search(state, [](InteractionQuery& query, std::int64_t) { query.brands = {"acme"}; });
}
void search_customer(benchmark::State& state) {
  search(state, [](InteractionQuery& query, std::int64_t number) { query.customer = "customer-" + std::to_string(number % 30'000); });
}
void search_agent_missed(benchmark::State& state) {
  search(state, [](InteractionQuery& query, std::int64_t number) {
    query.agent = "agent-" + std::to_string(number % 200);
    query.missed = "practice-" + std::to_string(number % 7);
    query.brands = {"acme"};
  });
}
void search_common_word(benchmark::State& state) {
  search(state, [](InteractionQuery& query, std::int64_t number) { query.words = "word" + std::to_string(1 + number % 5); });
}
void search_rare_words(benchmark::State& state) {
  search(state, [](InteractionQuery& query, std::int64_t number) { query.words = "word" + std::to_string(500 + number % 1'000) + " word" + std::to_string(20 + number % 50); });
}
BENCHMARK(search_newest)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime();
BENCHMARK(search_customer)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime();
BENCHMARK(search_agent_missed)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime();
BENCHMARK(search_common_word)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime();
BENCHMARK(search_rare_words)->ArgName("postgres")->Arg(0)->Arg(1)->UseRealTime();

}  // namespace
}  // namespace rapport::store

BENCHMARK_MAIN();
