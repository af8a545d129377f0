#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace rapport::server::http {

/// What is wrong with a WebSocket handshake (RFC 6455, section 4.2.1), as the answer to it: 426 where
/// it is none or of another version, 400 where its key is bad. Nothing: it may be accepted.
std::optional<Response> refuse_handshake(Request const& request);

/// The whole head of the 101 answer. REQUIRES: refuse_handshake(request) is nothing.
std::string switching_head(Request const& request, std::string_view subprotocol);

}  // namespace rapport::server::http
