#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "signals/detectors/time_frames.hpp"

namespace rapport::signals::detectors {

/// The moment at which a time frame said at `said_at_ms` has run out, in milliseconds from the
/// interaction's start at `start`, in the IANA zone's local time: a day ends at its midnight, a
/// morning at 12:00, an afternoon at 18:00, an evening at 22:00, close of business is 18:00, a week
/// ends with its Sunday and "the end of the week" with its Friday. A time of day that has passed is
/// tomorrow's. A local time that a change of clocks skips is the moment of the change; one that
/// comes twice is the later. Nothing where the frame needs a date and `has_date` is false, or the
/// zone is unknown, or the date is no date or has passed.
std::optional<base::Millis> due_time(TimeFrame const& frame, base::Millis said_at_ms, base::Instant start,
                                     bool has_date, std::string_view zone);

}  // namespace rapport::signals::detectors
