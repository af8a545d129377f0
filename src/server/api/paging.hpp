#pragma once

#include <optional>
#include <string>
#include <string_view>

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

}  // namespace rapport::server::api
