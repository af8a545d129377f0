#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "phone/phone.hpp"
#include "server/api/phone_socket.hpp"

namespace rapport::app {

/// Between the WebSockets of agents' pages and the phone: SIP messages in and out. Any thread; never waits.
class BrowserPhones {
 public:
  BrowserPhones();
  ~BrowserPhones();

  /// The phone that pages speak to; null: none, or none any more.
  void connect(phone::Phone* phone);
  bool available() const;
  std::shared_ptr<server::http::WebSocketListener> listener(server::api::PhonePage page);
  /// Of the pages that are open.
  std::vector<std::string> logins() const;
  // Somebody's login ended: their pages are phones no more.
  void close_login(std::string_view login);
  void close_principal(std::string_view principal);

 private:
  class Socket;
  struct Open {
    server::api::PhonePage page;
    std::weak_ptr<server::http::WebSocket> socket;
  };
  struct State;

  std::shared_ptr<State> state_;  ///< sockets may end later than this
};

}  // namespace rapport::app
