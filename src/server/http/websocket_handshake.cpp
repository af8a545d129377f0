#include "server/http/websocket_handshake.hpp"

#include "base/assert.hpp"
#include "server/http/problem.hpp"
#include "server/http/text.hpp"
#include "server/http/websocket_frames.hpp"

namespace rapport::server::http {

namespace {

bool names(Request const& request, std::string_view header, std::string_view token) {
  for (auto const& [key, value] : request.headers.entries()) {
    if (key == header && lists_token(value, token)) return true;
  }
  return false;
}

Response upgrade_required(std::string detail) {
  return Problem{status::upgrade_required, "websocket_required", {}, std::move(detail), {}, {}}
      .response()
      .with("Upgrade", "websocket")
      .with("Sec-WebSocket-Version", "13");
}

}  // namespace

std::optional<Response> refuse_handshake(Request const& request) {
  if (request.method != Method::get || !names(request, "upgrade", "websocket") || !names(request, "connection", "upgrade"))
    return upgrade_required("this address speaks WebSocket only");
  if (request.header("sec-websocket-version").value_or("") != "13") return upgrade_required("WebSocket version 13 is spoken");
  if (request.headers.count("sec-websocket-key") != 1 || !accept_key(*request.header("sec-websocket-key")))
    return Problem{status::bad_request, "bad_websocket_key", {}, "Sec-WebSocket-Key must be 16 bytes in base64", {}, {}}.response();
  return std::nullopt;
}

std::string switching_head(Request const& request, std::string_view subprotocol) {
  auto const key = request.header("sec-websocket-key");
  RAPPORT_ASSERT(key.has_value());
  auto const accepted = accept_key(*key);
  RAPPORT_ASSERT(accepted.has_value());
  std::string head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
  head.append(*accepted).append("\r\n");
  if (!subprotocol.empty()) head.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
  return head.append("\r\n");
}

}  // namespace rapport::server::http
