#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/result.hpp"
#include "insight/intervals.hpp"
#include "insight/report.hpp"
#include "people/brands.hpp"
#include "records/store.hpp"
#include "server/http/problem.hpp"
#include "server/http/request.hpp"

/// The numbers of a past range, added up from the store's counters.
namespace rapport::server::api {

/// What is asked for: `?from=&to=&by=&formula=`. The intervals that begin in [from, to).
struct RangeAsked {
  base::Instant from;
  base::Instant to;
  std::string by = "total";  ///< or "hour", "interval"
  insight::ServiceLevelFormula formula = insight::ServiceLevelFormula::all_contacts;

  /// Where an interval's counters go: the start of its row of the answer.
  base::Instant row_of(base::Instant interval) const;
};
/// The last day unless asked otherwise. Problem: 400, which parameter is wrong.
base::Result<RangeAsked, http::Problem> range_asked(http::Request const& request, base::Instant now);

/// Whose counters: of these brands, and of one queue or agent or of all.
struct CountersAsked {
  insight::Scope scope = insight::Scope::queue;
  people::BrandSet brands;  ///< all: of every brand, and agents' time that is no brand's
  std::optional<std::string> id;
};

/// Brand, id, start of the row.
using RangeKey = std::tuple<std::string, std::string, base::Instant>;
/// Reads a day at a time, so that memory holds the answer and not the range. Blocks. Problems: 503; 400
/// for more than limits::numbers_items_max rows.
base::Result<std::map<RangeKey, insight::Counters>, http::Problem> read_counters(records::Store& store, RangeAsked const& range,
                                                                                 CountersAsked const& asked);

}  // namespace rapport::server::api
