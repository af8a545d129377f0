#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"

namespace rapport::routing {

/// From when a zone is how far ahead of UTC.
struct ZoneChange {
  base::Instant from;
  base::Millis offset_ms = 0;

  bool operator==(ZoneChange const&) const = default;
};

/// Open from minute to minute of a local day, the end excluded; 1440 is midnight at its end. A span
/// over midnight is written as two.
struct OpenSpan {
  std::int32_t day = 0;  ///< of the week, Monday is 0; of a holiday, days since 1970-01-01
  std::int32_t from_minute = 0;
  std::int32_t to_minute = 0;  ///< equal to `from_minute` on a holiday: closed all day

  bool operator==(OpenSpan const&) const = default;
};

/// When a queue is open, on local clocks. Whoever configures the queue hands in the zone's table
/// (from the tz database), so that the same events decide the same on every machine, whatever its
/// tzdata. A value; no hours at all means always open.
struct OpeningHours {
  std::vector<ZoneChange> zone;  ///< ascending; before the first its offset holds; empty is UTC
  std::vector<OpenSpan> week;
  std::vector<OpenSpan> holidays;  ///< a day listed here has these spans and not the week's

  bool operator==(OpeningHours const&) const = default;
};

/// True if every span, day and table is in order and within the limits.
bool valid(OpeningHours const& hours);

/// Whether it is open at `now`. Where local clocks are put back, the repeated hour counts twice.
bool is_open(OpeningHours const& hours, base::Instant now);

/// The next moment after `now` that opens or closes, at most 400 days ahead; nothing if there is none.
std::optional<base::Instant> next_change(OpeningHours const& hours, base::Instant now);

}  // namespace rapport::routing
