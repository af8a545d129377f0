#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace rapport::centre {

/// How the line of one leg of a call is, as the phone measured it over some seconds. A value.
struct LineReading {
  std::string leg;                             ///< "customer" or "agent"
  std::string agent;                           ///< whose leg; empty: the customer's
  std::uint32_t score = 0;                     ///< mean opinion score in hundredths, 100 to 450 (ITU-T G.107, G.113)
  std::uint32_t loss = 0;                      ///< thousandths of the sound that was not there in time
  std::optional<std::uint32_t> loss_away;      ///< of what we sent, as the other end reports it
  std::uint32_t jitter_ms = 0;                 ///< RFC 3550
  std::uint32_t buffered_ms = 0;               ///< that we wait for what is late
  std::optional<std::uint32_t> round_trip_ms;  ///< nothing: the other end reports nothing
  bool bad = false;                            ///< as the timeline has it: it does not flicker

  bool operator==(LineReading const&) const = default;
};

}  // namespace rapport::centre
