#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "routing/hours.hpp"

/// The machine's tz database, for configuration alone: the floor decides by the tables it was handed.
/// Any thread.
namespace rapport::centre {

/// Whether the tz database knows the name ("Europe/London"); "UTC" it always does.
bool is_zone(std::string_view name);

/// When the zone is how far ahead of UTC, from a year before the year of `now` to ten after it; empty for
/// "UTC". Nothing for an unknown name.
std::optional<std::vector<routing::ZoneChange>> zone_table(std::string_view name, base::Instant now);

}  // namespace rapport::centre
