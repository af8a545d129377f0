#include "base/id.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::base {

IdGenerator::IdGenerator(std::uint64_t seed) : state_(seed) {}

/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014).
std::uint64_t IdGenerator::random() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
  return mixed ^ (mixed >> 31U);
}

std::string IdGenerator::next(Instant now) {
  constexpr std::uint32_t counter_max = 0xFFF;
  auto const now_ms = static_cast<std::uint64_t>(std::max<Millis>(now.since_epoch, 0));
  if (now_ms > last_ms_) {
    last_ms_ = now_ms;
    counter_ = 0;
  } else if (++counter_ > counter_max) {
    ++last_ms_;  // borrow from the future rather than repeat
    counter_ = 0;
  }
  std::uint64_t const tail = (random() & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", (last_ms_ >> 16U) & 0xffffffffULL,
                     last_ms_ & 0xffffULL, counter_, tail >> 48U, tail & 0xffffffffffffULL);
}

}  // namespace rapport::base
