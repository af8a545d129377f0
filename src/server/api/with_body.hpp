#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "server/api/body.hpp"
#include "server/http/response.hpp"

namespace rapport::server::api {

/// Reads a body (none is an empty object) and does the work; answers 400 where it is no JSON object.
http::Response with_body(std::string_view text, std::function<http::Response(Body&)> const& work);

/// The answer to a body of which something is wrong; nothing: all is well. After every field was read.
std::optional<http::Response> wrong(Body& body);

}  // namespace rapport::server::api
