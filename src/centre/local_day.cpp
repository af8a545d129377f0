#include "centre/local_day.hpp"

#include <algorithm>

namespace rapport::centre {
namespace {

/// How far local clocks are ahead of UTC.
base::Millis offset_at(std::span<routing::ZoneChange const> zone, base::Instant at) {
  auto const next = std::ranges::upper_bound(zone, at, {}, &routing::ZoneChange::from);
  if (next != zone.begin()) return std::prev(next)->offset_ms;
  return zone.empty() ? 0 : zone.front().offset_ms;
}

}  // namespace

base::Instant local_day(std::span<routing::ZoneChange const> zone, base::Instant at) {
  base::Millis const offset = offset_at(zone, at);
  base::Millis const local = at.since_epoch + offset;
  base::Millis const midnight = local - ((local % base::day) + base::day) % base::day;
  // Clocks may have been changed between midnight and now.
  base::Instant const start{midnight - offset_at(zone, {midnight - offset})};
  base::Instant const other{midnight - offset};
  return start <= at && offset_at(zone, start) + start.since_epoch >= midnight ? start : other;
}

}  // namespace rapport::centre
