#pragma once

#include <span>

#include "base/time.hpp"
#include "routing/hours.hpp"

namespace rapport::centre {

/// When the local day that holds the moment began, by a zone's table (zone_table.hpp; empty is UTC). Where
/// midnight does not exist that day, the first moment after it.
base::Instant local_day(std::span<routing::ZoneChange const> zone, base::Instant at);

}  // namespace rapport::centre
