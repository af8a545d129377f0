#pragma once

#include <atomic>
#include <memory>

#include "server/http/websocket.hpp"

namespace rapport::server::feed {

/// One client's WebSocket as the hub uses it, with the flag by which the hub asks to be told when
/// what was given to it has gone out. Without the flag every frame to an idle client would wake the
/// hub again.
struct Connection {
  explicit Connection(std::shared_ptr<http::WebSocket> its_socket) : socket(std::move(its_socket)) {}

  std::shared_ptr<http::WebSocket> socket;
  std::atomic<bool> wants_drained = false;  ///< set by the hub, cleared by who calls Hub::drained
};

/// Close codes of the feed, beside those of RFC 6455.
namespace feed_close {
inline constexpr http::CloseCode signed_out = 4001,  ///< the login ended: sign in again
    rights_changed = 4003,                           ///< connect again, with the rights of now
    too_slow = 4008,                                 ///< fell behind and read nothing for long
    too_many_errors = 4010,                          ///< frames that could not be taken
    too_many_connections = 4029;
}  // namespace feed_close

}  // namespace rapport::server::feed
