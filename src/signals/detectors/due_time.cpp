#include "signals/detectors/due_time.hpp"

#include <date/tz.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace rapport::signals::detectors {
namespace {

using Day = TimeFrame::Day;
using date::days;
using date::local_days;
using std::chrono::milliseconds;

date::time_zone const* find_zone(std::string_view name) {
  try {
    return date::locate_zone(std::string{name});
  } catch (std::runtime_error const&) {  // the library's only way to say that there is none
    return nullptr;
  }
}

base::Instant to_instant(date::time_zone const& zone, date::local_time<milliseconds> local) {
  auto const info = zone.get_info(local);
  auto const offset = info.result == date::local_info::ambiguous ? info.second.offset : info.first.offset;
  if (info.result == date::local_info::nonexistent) {
    return {std::chrono::duration_cast<milliseconds>(info.first.end.time_since_epoch()).count()};
  }
  return {(local.time_since_epoch() - offset).count()};
}

/// Monday of the week in which the day lies.
local_days monday_of(local_days day) {
  return day - (date::weekday{day} - date::Monday);
}

local_days last_of_month(local_days day, std::int32_t months_ahead) {
  date::year_month_day const date{day};
  auto const month = date::year_month{date.year(), date.month()} + date::months{months_ahead};
  return local_days{month.year() / month.month() / date::last};
}

local_days add_months(local_days day, std::int32_t count) {
  date::year_month_day const date{day};
  auto const month = date::year_month{date.year(), date.month()} + date::months{count};
  date::year_month_day const moved{month.year(), month.month(), date.day()};
  return moved.ok() ? local_days{moved} : local_days{month.year() / month.month() / date::last};
}

local_days add_business_days(local_days day, std::int32_t count) {
  while (count > 0) {
    day += days{1};
    date::weekday const weekday{day};
    if (weekday != date::Saturday && weekday != date::Sunday) --count;
  }
  return day;
}

/// The next day, today included, that has this day of the month.
std::optional<local_days> next_day_of_month(local_days today, std::int32_t day) {
  date::year_month_day const now{today};
  for (int ahead = 0; ahead < 12; ++ahead) {
    auto const month = date::year_month{now.year(), now.month()} + date::months{ahead};
    date::year_month_day const candidate{month.year(), month.month(), date::day{static_cast<unsigned>(day)}};
    if (candidate.ok() && local_days{candidate} >= today) return local_days{candidate};
  }
  return std::nullopt;
}

std::optional<local_days> date_of(TimeFrame const& frame, local_days today) {
  date::month const month{static_cast<unsigned>(frame.month)};
  date::year_month_day const now{today};
  date::year year = frame.year != 0 ? date::year{frame.year} : now.year();
  for (int attempt = 0; attempt < 2; ++attempt, ++year) {
    date::year_month_day const whole = frame.count == 0
                                           ? date::year_month_day{year / month / date::last}
                                           : date::year_month_day{year, month, date::day{static_cast<unsigned>(frame.count)}};
    if (whole.ok() && local_days{whole} >= today) return local_days{whole};
    if (frame.year != 0) break;
  }
  return std::nullopt;
}

std::optional<local_days> day_of(TimeFrame const& frame, local_days today) {
  date::weekday const now{today};
  days const to_weekday = date::weekday{static_cast<unsigned>((frame.count + 1) % 7)} - now;  // 0 to 6
  switch (frame.day) {
    case Day::none:
    case Day::today:
      return today;
    case Day::in_days:
      return today + days{frame.count};
    case Day::in_business_days:
      return add_business_days(today, frame.count);
    case Day::in_months:
      return add_months(today, frame.count);
    case Day::weekday:
      return today + (to_weekday == days{0} ? days{7} : to_weekday);
    case Day::weekday_or_today:
      return today + to_weekday;
    case Day::weekday_next_week:
      return monday_of(today) + days{7 + frame.count};
    case Day::weekday_and_week:
      return today + (to_weekday == days{0} ? days{7} : to_weekday) + days{7};
    case Day::day_of_month:
      return next_day_of_month(today, frame.count);
    case Day::date:
      return date_of(frame, today);
    case Day::end_of_week: {
      bool const weekend = frame.count == 0 && (now == date::Saturday || now == date::Sunday);
      return monday_of(today) + days{7 * frame.count + (weekend ? 6 : 4)};
    }
    case Day::week:
      return monday_of(today) + days{7 * frame.count + 6};
    case Day::month:
      return last_of_month(today, frame.count);
  }
  return std::nullopt;
}

}  // namespace

std::optional<base::Millis> due_time(TimeFrame const& frame, base::Millis said_at_ms, base::Instant start,
                                     bool has_date, std::string_view zone_name) {
  if (frame.span) return said_at_ms + *frame.span;
  if (!has_date) return std::nullopt;
  date::time_zone const* const zone = find_zone(zone_name);
  if (zone == nullptr) return std::nullopt;
  date::sys_time<milliseconds> const now{milliseconds{start.since_epoch + said_at_ms}};
  date::local_time<milliseconds> const local_now = zone->to_local(now);
  local_days const today = date::floor<days>(local_now);
  auto day = day_of(frame, today);
  if (!day) return std::nullopt;
  milliseconds const clock{frame.clock.value_or(base::day)};
  bool const passed = *day + clock < local_now;
  bool const moves_on = frame.day == Day::none || frame.day == Day::today || frame.day == Day::weekday_or_today;
  if (passed && moves_on) *day += days{frame.day == Day::weekday_or_today ? 7 : 1};
  base::Instant const due = to_instant(*zone, *day + clock);
  if (due < base::Instant{start.since_epoch + said_at_ms}) return std::nullopt;
  return due - start;
}

}  // namespace rapport::signals::detectors
