#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "base/time.hpp"

/// What the benchmarks of routing share: the size of the centre, dice, and latencies of single calls.
namespace rapport::routing {

inline constexpr std::uint32_t queues = 50;
inline constexpr std::uint32_t skills = 200;
inline constexpr std::size_t agents = 100'000;
inline constexpr std::size_t contacts = 1'000'000;
inline constexpr std::size_t requirements = 5'000;
inline constexpr base::Instant start{1'772'442'000'000};

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

inline void report(benchmark::State& state, Samples& samples, char const* label) {
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

/// What bounds it: the least key of a std::set taken and a new one put in.
inline void ordered_set_alone(benchmark::State& state) {
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

}  // namespace rapport::routing
