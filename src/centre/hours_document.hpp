#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "centre/json_reading.hpp"
#include "routing/hours.hpp"

/// Opening hours as administrators write them:
///   {"zone": "Europe/London",
///    "week": {"mon": ["09:00-12:30", "13:30-17:00"], "sat": ["10:00-24:00"]},
///    "holidays": [{"date": "2026-12-25"}, {"date": "2026-12-24", "open": ["09:00-12:00"]}]}
/// `zone` is a name of the tz database, UTC where it is left out. A day that `week` does not name is closed;
/// a holiday has its own hours, none where `open` is left out, and not the week's. Local minutes.
namespace rapport::centre {

/// Hours, and the zone's name for writing them back.
struct Hours {
  routing::OpeningHours hours;
  std::string zone = "UTC";

  bool operator==(Hours const&) const = default;
};

/// Reads hours with the zone's table for the years around `now` (zone_table). A document must be read
/// again before these are over, and when the machine's tz database changes.
bool read_hours(Trouble& trouble, Place const& place, json::value const& value, base::Instant now, Hours& out);

/// The same hours as a document; without the table.
json::object hours_json(Hours const& hours);

}  // namespace rapport::centre
