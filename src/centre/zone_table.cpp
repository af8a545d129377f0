#include "centre/zone_table.hpp"

#include <date/tz.h>

#include <stdexcept>
#include <string>

#include "base/limits.hpp"

namespace rapport::centre {
namespace {

using std::chrono::milliseconds;

constexpr int years_before = 1;
constexpr int years_after = 10;

date::time_zone const* find_zone(std::string_view name) {
  try {
    return date::locate_zone(std::string{name});
  } catch (std::runtime_error const&) {  // the library's only way to say that there is none
    return nullptr;
  }
}

base::Millis millis(auto span) { return std::chrono::duration_cast<milliseconds>(span).count(); }

}  // namespace

bool is_zone(std::string_view name) { return name == "UTC" || find_zone(name) != nullptr; }

std::optional<std::vector<routing::ZoneChange>> zone_table(std::string_view name, base::Instant now) {
  std::vector<routing::ZoneChange> table;
  if (name == "UTC") return table;
  date::time_zone const* const zone = find_zone(name);
  if (zone == nullptr) return std::nullopt;
  date::sys_time<milliseconds> const moment{milliseconds{now.since_epoch}};
  date::year const year = date::year_month_day{date::floor<date::days>(moment)}.year();
  date::sys_seconds at = date::sys_days{(year - date::years{years_before}) / 1 / 1};
  date::sys_seconds const end = date::sys_days{(year + date::years{years_after}) / 12 / 31};
  while (at < end && table.size() < limits::zone_changes_max) {
    date::sys_info const info = zone->get_info(at);
    table.push_back({{millis(at.time_since_epoch())}, millis(info.offset)});
    at = info.end;
  }
  return table;
}

}  // namespace rapport::centre
