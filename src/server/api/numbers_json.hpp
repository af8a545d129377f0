#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "centre/publication.hpp"
#include "insight/report.hpp"

/// The numbers of the floor as JSON: one shape for routes and feed (docs/numbers.md). Shares are fractions
/// of 1 with three decimals; what has no data is null.
namespace rapport::server::api {

/// Which of a report's numbers there are.
struct ReportParts {
  bool target = false;  ///< one target held for all of it: of a queue
  bool states = false;  ///< agents' time, and occupancy
};
boost::json::object render(insight::Report const& report, ReportParts parts);
boost::json::object render(centre::QueueNumbers const& numbers);
boost::json::object render(centre::AgentNumbers const& numbers);
boost::json::object render(centre::BrandNumbers const& numbers);

}  // namespace rapport::server::api
