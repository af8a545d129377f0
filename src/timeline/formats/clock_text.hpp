#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"

/// Times as people and other systems write them.
namespace rapport::timeline::formats {

/// A time read from the start of a text, and how many bytes it took.
struct ClockText {
  base::Millis millis = 0;
  std::size_t length = 0;
  bool time_of_day = false;  ///< it named AM or PM
};

/// A moment read from the start of a text.
struct DatedClockText {
  base::Millis millis = 0;  ///< since 1970
  std::size_t length = 0;
  base::Millis midnight = 0;  ///< at which its day began, since 1970
};

/// Reads "0:12", "00:12.5", "1:02:03,250" or "9:15 PM" from the start of the text.
std::optional<ClockText> read_clock(std::string_view text);

/// Reads a date and a time of day, "2026-03-02 09:15:00", "2026-03-02T09:15Z" or "02.03.2026, 9:15",
/// from the start of the text, UTC where no offset follows ("-08:00", " +0100").
std::optional<DatedClockText> read_dated_clock(std::string_view text);

/// Reads the time of day at which something ends that began at `start`, "09:15:04" or "9:15 PM", from
/// the start of the text: on the same date at the same offset, or just after midnight.
std::optional<DatedClockText> read_clock_after(DatedClockText const& start, std::string_view text);

/// An ISO 8601 duration of days, hours, minutes and seconds ("PT1M2.5S") in milliseconds; nothing
/// where it is more than limits::interaction_span_max.
std::optional<base::Millis> parse_duration(std::string_view text);

/// A moment in any of the forms that other systems write: RFC 3339, the same without an offset (then
/// UTC) or with one without its colon, and the date of e-mails (RFC 5322).
std::optional<base::Instant> parse_moment(std::string_view text);

}  // namespace rapport::timeline::formats
