#include "routing/hours.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace rapport::routing {
namespace {

using base::Instant;
using base::Millis;

constexpr std::int32_t minutes_a_day = 1440;
constexpr Millis days_ahead = 400;

Millis offset_at(OpeningHours const& hours, Instant now) {
  if (hours.zone.empty()) return 0;
  auto const next = std::ranges::upper_bound(hours.zone, now, {}, &ZoneChange::from);
  return next == hours.zone.begin() ? next->offset_ms : (next - 1)->offset_ms;
}

Millis floor_divide(Millis value, Millis by) { return value / by - (value % by < 0 ? 1 : 0); }

/// Monday is 0; 1970-01-01 was a Thursday.
std::int32_t weekday_of(Millis local_day) { return static_cast<std::int32_t>(((local_day + 3) % 7 + 7) % 7); }

bool covers(std::vector<OpenSpan> const& spans, Millis day, Millis minute) {
  return std::ranges::any_of(spans, [&](OpenSpan const& span) {
    return span.day == day && span.from_minute <= minute && minute < span.to_minute;
  });
}

bool in_order(OpenSpan const& span) {
  return span.from_minute >= 0 && span.from_minute <= span.to_minute && span.to_minute <= minutes_a_day;
}

/// Every moment at which something may change on a local day. Around a change of offset a local time
/// is read with both offsets: one of them is right, and the other changes nothing.
std::vector<Instant> borders_of(OpeningHours const& hours, Millis local_day) {
  std::vector<Instant> borders;
  Millis const begin = local_day * base::day;
  auto const add = [&](Millis minute) {
    Millis const local = begin + minute * base::minute;
    borders.push_back({local - offset_at(hours, {local - base::day})});
    borders.push_back({local - offset_at(hours, {local + base::day})});
  };
  for (auto const* spans : {&hours.week, &hours.holidays}) {
    for (OpenSpan const& span : *spans) {
      add(span.from_minute);
      add(span.to_minute);
    }
  }
  add(0);
  for (ZoneChange const& change : hours.zone) {
    if (change.from.since_epoch > begin - base::day && change.from.since_epoch < begin + 2 * base::day) {
      borders.push_back(change.from);
    }
  }
  std::ranges::sort(borders);
  return borders;
}

}  // namespace

bool valid(OpeningHours const& hours) {
  if (hours.week.size() > limits::opening_spans_max || hours.holidays.size() > limits::opening_spans_max)
    return false;
  if (hours.zone.size() > limits::zone_changes_max) return false;
  bool const week = std::ranges::all_of(hours.week, [](OpenSpan const& span) {
    return span.day >= 0 && span.day < 7 && in_order(span) && span.from_minute < span.to_minute;
  });
  bool const zone = std::ranges::all_of(hours.zone, [](ZoneChange const& change) {
    return change.offset_ms > -base::day && change.offset_ms < base::day;
  });
  return week && zone && std::ranges::all_of(hours.holidays, in_order) &&
         std::ranges::is_sorted(hours.zone, {}, &ZoneChange::from);
}

bool is_open(OpeningHours const& hours, Instant now) {
  if (hours.week.empty() && hours.holidays.empty()) return true;
  Millis const local = now.since_epoch + offset_at(hours, now);
  Millis const day = floor_divide(local, base::day);
  Millis const minute = (local - day * base::day) / base::minute;
  bool const holiday =
      std::ranges::any_of(hours.holidays, [&](OpenSpan const& span) { return span.day == day; });
  return holiday ? covers(hours.holidays, day, minute) : covers(hours.week, weekday_of(day), minute);
}

std::optional<Instant> next_change(OpeningHours const& hours, Instant now) {
  if (hours.week.empty() && hours.holidays.empty()) return std::nullopt;
  bool const open = is_open(hours, now);
  Millis const today = floor_divide(now.since_epoch + offset_at(hours, now), base::day);
  for (Millis day = today; day <= today + days_ahead; ++day) {
    for (Instant const border : borders_of(hours, day)) {
      if (border > now && is_open(hours, border) != open) return border;
    }
  }
  return std::nullopt;
}

}  // namespace rapport::routing
