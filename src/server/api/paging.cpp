#include "server/api/paging.hpp"

#include "base/limits.hpp"
#include "people/secret.hpp"
#include "server/api/body.hpp"

namespace rapport::server::api {
std::string cursor_of(std::string_view place) { return people::base64url(place); }

std::optional<PageAsked> page_asked(http::Request const& request) {
  auto const limit = query_whole(request, "limit", 1, limits::page_max, 50);
  auto const place = people::from_base64url(request.query.find("after").value_or(""));
  if (!limit || !place) return std::nullopt;
  return PageAsked{static_cast<std::size_t>(*limit), *place};
}

/// "STARTED_MS ID".
std::string cursor_of(records::InteractionRow const& last) { return cursor_of(std::to_string(last.started_at.since_epoch) + " " + last.id); }

bool begin_behind(std::string const& place, records::InteractionQuery& query) {
  if (place.empty()) return true;
  auto const space = place.find(' ');
  if (space == std::string::npos || space > 15) return false;
  std::int64_t moment = 0;
  for (char const c : place.substr(0, space)) {
    if (c < '0' || c > '9') return false;
    moment = moment * 10 + (c - '0');
  }
  query.after = records::InteractionQuery::After{{moment}, place.substr(space + 1)};
  return true;
}

}  // namespace rapport::server::api
