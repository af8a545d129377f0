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

}  // namespace rapport::server::api
