#pragma once

#include <compare>
#include <cstdint>

#include "base/time.hpp"
#include "signals/occurrence.hpp"

namespace rapport::evaluation {

/// Where something stands in the order of the timeline. Two firings of one place are neither
/// before nor after each other.
struct Place {
  base::Millis at_ms = 0;
  std::uint32_t event = 0;
  std::uint32_t position = 0;

  auto operator<=>(Place const&) const = default;
};

/// Before everything, so that a scope from the start holds all; and before even that.
inline constexpr Place at_the_start{-1, 0, 0};
inline constexpr Place never_yet{-2, 0, 0};

inline Place place_of(signals::Occurrence const& occurrence) {
  return {occurrence.at_ms, occurrence.event, occurrence.position};
}

/// How far the conversation has come, for bounds that count turns or speech.
struct Counts {
  std::int32_t agent_turns = 0;  ///< begun; another agent's words begin one, too
  std::int32_t customer_turns = 0;
  std::uint32_t turn = 0;             ///< serial number of the running turn, of any role
  base::Millis speech_ms = 0;         ///< of all roles, the running event's included
  base::Millis speech_before_ms = 0;  ///< without the running event's
};

}  // namespace rapport::evaluation
