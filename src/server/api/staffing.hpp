#pragma once

#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace rapport::server::api {

/// How many agents a load asks for: `?arrivals_per_hour=&handle_seconds=&target_seconds=&target_percent=&patience_seconds=`,
/// by Erlang C and, with a patience, Erlang A. Estimates.
http::Response staffing(http::Request const& request);

}  // namespace rapport::server::api
