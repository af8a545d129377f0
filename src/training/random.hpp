#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace rapport::training {

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

  template <typename T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[next() % left]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace rapport::training
