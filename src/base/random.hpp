#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace rapport::base {

/// SplitMix64 (Steele, Lea, Flood, 2014): the same numbers on every machine, unlike the standard
/// library's distributions.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27U) * 0x94D049BB133111EBULL;
    return z ^ z >> 31U;
  }
  /// From 0 to just below 1.
  float unit() { return static_cast<float>(next() >> 40U) * 0x1p-24F; }

  /// From 0 to just below `count`. REQUIRES: count > 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  /// Whether something happens that does so often of a hundred.
  bool chance(int percent) { return static_cast<int>(below(100)) < percent; }
  /// From `least` to `most`, both included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
  }
  /// REQUIRES: not empty.
  template <typename T>
  T const& pick(std::vector<T> const& items) {
    return items[below(items.size())];
  }
  template <typename T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[next() % left]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace rapport::base
