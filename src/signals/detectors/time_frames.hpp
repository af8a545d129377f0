#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "signals/detectors/number_reader.hpp"
#include "signals/detectors/token_view.hpp"

namespace rapport::signals::detectors {

/// A stated time by or in which something is to be, as said; due_time.hpp makes a moment of it.
struct TimeFrame {
  enum class Day : std::uint8_t {
    none,  ///< only a span or a time of day
    today,
    in_days,            ///< `count` days ahead (tomorrow: 1)
    in_business_days,   ///< `count` days ahead, Saturdays and Sundays left out
    in_months,          ///< `count` months ahead
    weekday,            ///< the next `count` (0 Monday to 6 Sunday) after today
    weekday_or_today,   ///< "this Friday", said on a Friday too
    weekday_next_week,  ///< "next Friday": in the week after this one
    weekday_and_week,   ///< "Friday week": seven days after the next
    day_of_month,       ///< the next `count`th
    date,               ///< `month` and `count`, and perhaps `year`
    end_of_week,        ///< Friday, of the week `count` weeks ahead
    week,               ///< the week's Sunday, `count` weeks ahead
    month,              ///< the last day of the month, `count` months ahead
  };
  std::uint32_t first = 0;  ///< tokens, both inclusive
  std::uint32_t last = 0;
  Day day = Day::none;
  std::int32_t count = 0;
  std::int32_t month = 0;             ///< 1 to 12, of a date
  std::int32_t year = 0;              ///< 0: not said
  std::optional<base::Millis> span;   ///< hours, minutes, seconds from now
  std::optional<base::Millis> clock;  ///< the latest time of the day, from midnight
};

/// Finds the time frames of a text: "within 24 hours", "three to five business days" (its upper
/// end), "in ten minutes", "by Friday", "tomorrow morning", "at 3 pm on the 24th", "by the end of
/// the day", "between nine and twelve". Not: times past ("since Saturday", "two days ago", "was due
/// on Monday"), ages and rates ("two years old", "every week"), words of no length ("soon", "in a
/// moment", "one second"), "help you today".
/// `month_first`: how 03/04 is read.
void find_time_frames(TokenView view, std::vector<NumberReading> const& numbers, bool month_first,
                      std::vector<TimeFrame>& frames);

}  // namespace rapport::signals::detectors
