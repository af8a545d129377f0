#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/api/gate.hpp"
#include "server/http/websocket.hpp"

namespace rapport::server::api {

/// Whose page wants to be a phone.
struct PhonePage {
  std::string agent;
  std::string principal;  ///< people::who
  std::string login;      ///< the id of the session or token
  std::string page;       ///< an id that the page made for its life
};

/// The phone as pages need it. Any thread; must not block.
struct PagePhones {
  std::function<bool()> available = {};  ///< whether this server has a phone
  std::function<std::shared_ptr<http::WebSocketListener>(PhonePage)> listener = {};
};

/// An agent's own phone in the browser: /api/v1/me/phone says whether there is one, its `socket` speaks
/// SIP over WebSocket (RFC 7118). Who it is tells the session, so that no page knows a password of SIP.
void add_phone_socket(Gate& gate, PagePhones phones);

}  // namespace rapport::server::api
