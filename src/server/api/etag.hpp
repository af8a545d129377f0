#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/http/request.hpp"

/// Versions as entity tags (RFC 9110, sections 8.8.3 and 13.1).
namespace rapport::server::api {

std::string etag(std::int64_t version);
/// The version that If-Match names; nothing: no such header, or not one of ours.
std::optional<std::int64_t> if_match(http::Request const& request);

}  // namespace rapport::server::api
