#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace rapport::base {

/// A span of time in milliseconds, or a moment in milliseconds from an interaction's start.
using Millis = std::int64_t;

inline constexpr Millis second = 1'000;
inline constexpr Millis minute = 60 * second;
inline constexpr Millis hour = 60 * minute;
inline constexpr Millis day = 24 * hour;

/// A moment in UTC, in milliseconds since 1970-01-01T00:00:00Z. Core code takes it as a
/// parameter; only app reads a clock.
struct Instant {
  Millis since_epoch = 0;

  auto operator<=>(Instant const&) const = default;
};

inline Instant operator+(Instant instant, Millis span) { return {instant.since_epoch + span}; }
inline Millis operator-(Instant later, Instant earlier) { return later.since_epoch - earlier.since_epoch; }

/// Reads an RFC 3339 date and time ("2026-03-02T09:15:00.250+01:00", any fraction, `Z` or an
/// offset; a space or lower-case `t` may stand for `T`). Years 0001 to 9999. A leap second reads
/// as the second after. Error: says what was found and that RFC 3339 was expected.
Result<Instant> parse_rfc3339(std::string_view text);

/// Writes UTC with `Z`, and milliseconds only where there are any: "2026-03-02T09:15:00Z".
std::string format_rfc3339(Instant instant);

/// Writes a moment of an interaction as minutes and seconds: 75 250 ms is "01:15".
std::string format_clock(Millis at_ms);

}  // namespace rapport::base
