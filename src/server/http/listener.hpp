#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "base/metrics.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

namespace rapport::server::http {

/// A certificate chain (leaf first) and its private key, as PEM text.
struct TlsIdentity {
  std::string certificate_pem;
  std::string key_pem;
};

/// Looks at a request whose head has come and whose body has not, and may answer instead of its
/// handler: so that who may not enter uploads nothing. `request.body` is empty. Runs on an I/O thread,
/// on several at once; must not block.
using Gate = std::function<std::optional<Response>(Request const& head, Route const& route)>;

/// Everything that may differ between two listeners. The defaults of limits are those of limits.hpp.
struct ListenerOptions {
  std::string address = "127.0.0.1";             ///< IPv4 or IPv6; "::" serves both
  std::uint16_t port = 0;                        ///< 0: the system picks one, Listener::port() tells
  std::size_t threads = 1;                       ///< of I/O; each owns the connections that it was given
  std::optional<TlsIdentity> tls;                ///< none: plain HTTP
  std::vector<std::string> trusted_proxies;      ///< addresses whose X-Forwarded-For and -Proto count
  std::function<base::Instant()> clock;          ///< REQUIRED; any thread
  Gate gate;                                     ///< may be empty
  std::function<void(std::string_view)> report;  ///< of a handler's exception, for the log; any thread; may be empty

  std::size_t connections_max = limits::http_connections_max;
  std::size_t connections_per_address_max = limits::http_connections_per_address_max;  ///< of an IPv6 /64
  base::Millis handshake_ms = limits::http_handshake_ms;
  base::Millis idle_ms = limits::http_idle_ms;
  base::Millis header_ms = limits::http_header_ms;
  base::Millis body_ms = limits::http_body_ms;
  base::Millis write_ms = limits::http_write_ms;
  std::size_t websocket_backlog_bytes_max = limits::websocket_backlog_bytes_max;
  base::Millis websocket_ping_ms = limits::websocket_ping_ms;
  base::Millis websocket_close_ms = limits::websocket_close_ms;
  base::Millis sweep_ms = 100;  ///< how often time limits are looked at: their precision
};

/// Serves a router on one address: HTTP/1.1 and 1.0 and WebSockets, plain or by TLS 1.2 and above.
/// A connection's requests are answered one after the other, however many a client sends ahead. What
/// a client does wrong, or does too slowly, ends its own connection and costs the others nothing.
/// Its members are called by one thread.
class Listener {
 public:
  /// Binds and starts the threads. `metrics` must outlive it. Error: an address that cannot be read or
  /// bound, or a certificate and key that do not fit.
  static base::Result<std::unique_ptr<Listener>> start(ListenerOptions options, Router router, base::Metrics& metrics);

  /// Cuts whatever is still open.
  ~Listener();
  Listener(Listener const&) = delete;
  Listener& operator=(Listener const&) = delete;

  std::uint16_t port() const;

  /// The first stage of stopping: no new connections; connections between two requests are closed,
  /// those that serve one are closed behind its answer. WebSockets stay.
  void stop_accepting();

  /// The second stage: WebSockets are closed with 1001, and what still runs gets `limit_ms` to end;
  /// the rest is cut. Returns how many connections were cut. No handler is called afterwards, and no
  /// WebSocketListener. REQUIRES: not called from a handler.
  std::size_t stop(base::Millis limit_ms);

 private:
  class Impl;
  explicit Listener(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::server::http
