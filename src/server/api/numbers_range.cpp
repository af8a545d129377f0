#include "server/api/numbers_range.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"
#include "centre/live_numbers.hpp"
#include "server/api/body.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace {

/// Of which all wanted keys begin with one.
base::Result<std::vector<std::string>, http::Problem> prefixes_of(records::Store& store, CountersAsked const& asked) {
  std::string const everything = centre::counters_key(asked.scope, {}, {});  // "queue//"
  if (asked.brands.all && !asked.id) return std::vector{everything.substr(0, everything.size() - 1)};
  std::vector<std::string> brands = asked.brands.names;
  if (asked.brands.all) {  // a key has its brand before its id
    brands = {std::string{}};
    for (std::string after;;) {
      auto const page = store.documents("brand", std::nullopt, after, limits::page_max);
      if (!page) return problem_of(page.error());
      for (records::Document const& brand : page->documents) brands.push_back(brand.id);
      if (!page->more) break;
      after = page->documents.back().id;
    }
  }
  std::vector<std::string> prefixes;
  for (std::string const& brand : brands) prefixes.push_back(centre::counters_key(asked.scope, brand, asked.id.value_or(std::string{})));
  return prefixes;
}

}  // namespace

base::Instant RangeAsked::row_of(base::Instant interval) const {
  if (by == "interval") return interval;
  if (by == "hour") return {interval.since_epoch - interval.since_epoch % base::hour};
  return from;
}

base::Result<RangeAsked, http::Problem> range_asked(http::Request const& request, base::Instant now) {
  RangeAsked range{now + -base::day, now};
  auto const moment = [&](std::string_view name, base::Instant& bound) {
    auto const text = request.query.find(name);
    auto const parsed = text ? base::parse_rfc3339(*text) : base::Result<base::Instant>{bound};
    if (parsed) bound = *parsed;
    return bool{parsed};
  };
  if (!moment("to", range.to)) return malformed("to: expected a moment as of RFC 3339");
  range.from = range.to + -base::day;
  if (!moment("from", range.from)) return malformed("from: expected a moment as of RFC 3339");
  bool const fits = range.from < range.to && range.to - range.from <= limits::numbers_range_max && range.from.since_epoch >= 0;
  if (!fits) return malformed(fmt::format("from, to: expected a time of at most numbers_range_max, {} days", limits::numbers_range_max / base::day));
  range.by = request.query.find("by").value_or(range.by);
  if (range.by != "total" && range.by != "hour" && range.by != "interval") return malformed("by: expected total, hour or interval");
  if (auto const name = request.query.find("formula")) {
    auto const formula = insight::parse_service_level_formula(*name);
    if (!formula) return malformed("formula: expected the name of a service level's formula");
    range.formula = *formula;
  }
  return range;
}

base::Result<std::map<RangeKey, insight::Counters>, http::Problem> read_counters(records::Store& store, RangeAsked const& range, CountersAsked const& asked) {
  auto const prefixes = prefixes_of(store, asked);
  if (!prefixes) return prefixes.error();
  std::map<RangeKey, insight::Counters> sums;
  for (base::Instant from = range.from; from < range.to; from = from + base::day) {
    base::Instant const to = std::min(range.to, from + base::day);
    for (std::string const& prefix : *prefixes) {
      auto const rows = store.counters(prefix, from, to);
      if (!rows) return problem_of(rows.error());
      for (records::CounterRow const& row : *rows) {
        auto const key = centre::read_counters_key(row.key, row.start);
        if (!key || (asked.id && key->id != *asked.id)) continue;
        sums[{key->brand, key->id, range.row_of(row.start)}] += insight::counters_of(row.values);
      }
      if (sums.size() > limits::numbers_items_max) {
        return malformed(fmt::format("more than numbers_items_max, {}, rows: ask for a shorter time or by another step", limits::numbers_items_max));
      }
    }
  }
  return sums;
}

}  // namespace rapport::server::api
