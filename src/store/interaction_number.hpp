#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/hash.hpp"
#include "base/time.hpp"

/// What the databases know an interaction by: its start in milliseconds with room for 32,768 that begin
/// in one of them. So the order of numbers is the order of lists.
namespace rapport::store {

inline constexpr std::int64_t numbers_per_millisecond = 32'768;
/// Beyond (years before −2491 and after 6429) the order is not kept.
inline constexpr base::Millis numbered_ms_max = (std::int64_t{1} << 47U) - 1;

/// The least number of those that begin then.
inline std::int64_t first_number(base::Instant started_at) {
  return std::clamp(started_at.since_epoch, -numbered_ms_max, numbered_ms_max) * numbers_per_millisecond;
}

/// The numbers that an interaction may have, to be tried in order until one is free.
inline std::int64_t number_for(base::Instant started_at, std::string_view id, std::int64_t attempt) {
  auto const scattered = static_cast<std::int64_t>(base::fnv1a(id) % static_cast<std::uint64_t>(numbers_per_millisecond));
  return first_number(started_at) + (scattered + attempt) % numbers_per_millisecond;
}

}  // namespace rapport::store
