#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "records/interaction_record.hpp"
#include "server/http/request.hpp"

namespace rapport::server::api {

/// Which page of a list is asked for: `?limit=` (1 to limits::page_max, 50) and `?after=`, the `next`
/// of the page before.
struct PageAsked {
  std::size_t limit = 50;
  std::string after;  ///< what the cursor stands for; empty: from the start
};
/// Nothing: a parameter is malformed.
std::optional<PageAsked> page_asked(http::Request const& request);

/// A cursor is opaque to clients: base64url of what it stands for.
std::string cursor_of(std::string_view place);

/// Of lists of interactions: the place behind the page's last row.
std::string cursor_of(records::InteractionRow const& last);
/// Begins the query behind the row that the cursor stood for; false: it is no such place.
bool begin_behind(std::string const& place, records::InteractionQuery& query);

}  // namespace rapport::server::api
