#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace rapport::base {

/// Makes ids that are unique across machines and sort by time as text: UUID version 7 (RFC 9562,
/// section 5.7), a 48-bit millisecond clock, a 12-bit counter within the millisecond and 62 random
/// bits. Ids of one generator strictly increase, even if the clock steps back. One thread at a time.
class IdGenerator {
 public:
  /// `seed` drives the random bits: a test passes a constant, app a true random number.
  explicit IdGenerator(std::uint64_t seed);

  /// The next id in lower-case canonical form (36 characters).
  std::string next(Instant now);

 private:
  std::uint64_t random();

  std::uint64_t state_;
  std::uint64_t last_ms_ = 0;
  std::uint32_t counter_ = 0;
};

}  // namespace rapport::base
