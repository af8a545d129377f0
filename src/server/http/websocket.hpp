#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "server/http/reply.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

/// WebSocket connections (RFC 6455) as the feed sees them: text frames out, serialised once for all
/// who get them; text messages in. Pings, pongs, fragments, UTF-8 and the closing handshake are the
/// transport's business.
namespace rapport::server::http {

/// A text message in UTF-8, shared by every connection that sends it.
using Frame = std::shared_ptr<std::string const>;

/// Close codes (RFC 6455, section 7.4). Codes of the application lie in 4000 to 4999.
using CloseCode = std::uint16_t;
namespace close_code {
inline constexpr CloseCode normal = 1000, going_away = 1001, protocol_error = 1002, unsupported = 1003,
                           none = 1005,  ///< the peer's close frame had no code
    abnormal = 1006,                     ///< the connection broke, or timed out, without a close frame
    bad_text = 1007, policy = 1008, too_big = 1009, internal_error = 1011, try_again_later = 1013;
}  // namespace close_code

enum class Sent : std::uint8_t {
  queued,
  full,    ///< the connection's backlog limit would be passed; nothing was queued, the connection lives on
  closed,  ///< closing or closed; nothing was queued
};

/// One connection. Every member may be called on any thread, also from within the listener's calls.
/// The connection does not need a holder to live; a holder does not keep it open.
class WebSocket {
 public:
  virtual ~WebSocket() = default;
  WebSocket() = default;
  WebSocket(WebSocket const&) = delete;
  WebSocket& operator=(WebSocket const&) = delete;

  /// Queues a text frame. Frames of one thread leave in its order; those that wait together leave in
  /// one write. REQUIRES: frame is not null.
  virtual Sent send(Frame frame) = 0;
  /// Sends what is queued, then the close frame, then waits a bounded time for the peer's. Only the
  /// first call counts. REQUIRES: reason of at most 123 bytes.
  virtual void close(CloseCode code, std::string reason) = 0;

  virtual std::string const& remote_address() const = 0;
  /// What was given to send() and not yet to the operating system.
  virtual std::size_t buffered_bytes() const = 0;
  virtual std::size_t buffered_frames() const = 0;
};

/// The application's side of one connection. All calls come on the connection's own strand, one at a
/// time and in order: on_open, then any of on_text and on_drained, then on_closed exactly once. They
/// must not block. The connection holds the listener from on_open until on_closed has returned; a
/// listener that holds the WebSocket lets go of it in on_closed (each holds the other until then).
class WebSocketListener {
 public:
  virtual ~WebSocketListener() = default;
  virtual void on_open(std::shared_ptr<WebSocket> socket) = 0;
  /// A whole text message, valid UTF-8, at most limits::websocket_message_bytes_max.
  virtual void on_text(std::string&& text) = 0;
  /// Everything queued has gone to the operating system: the moment to send what was held back.
  virtual void on_drained() = 0;
  /// `code` is the peer's, or ours if we closed first; `abnormal` where the connection just broke.
  virtual void on_closed(CloseCode code) = 0;
};

/// Where the decision over an upgrade goes: the transport's side of an Upgrade, or a test's.
class UpgradeSink {
 public:
  virtual ~UpgradeSink() = default;
  virtual void accept(std::shared_ptr<WebSocketListener> listener, std::string subprotocol) = 0;
  virtual void refuse(Response&& response) = 0;
};

/// The right to decide over one upgrade, once and on any thread, now or later; destroyed unused it
/// refuses with 500. Move-only.
class Upgrade {
 public:
  /// REQUIRES: sink is not null.
  explicit Upgrade(std::shared_ptr<UpgradeSink> sink);
  Upgrade(Upgrade&&) noexcept = default;
  Upgrade& operator=(Upgrade&& other) noexcept;
  ~Upgrade();

  /// Answers 101; on_open follows. `subprotocol` is one that the client offered in
  /// Sec-WebSocket-Protocol, or empty. REQUIRES: not decided yet, listener is not null.
  void accept(std::shared_ptr<WebSocketListener> listener, std::string subprotocol = {});
  /// Answers the request as any other. REQUIRES: not decided yet.
  void refuse(Response response);
  void refuse(Problem const& problem) { refuse(problem.response()); }

 private:
  void abandon() noexcept;

  std::shared_ptr<UpgradeSink> sink_;
};

/// Serves a route of WebSockets (Router::add_upgrade). The request's handshake headers are checked
/// already; who it is and whether its Origin may (same_origin, security_headers.hpp) is decided here.
/// Runs on an I/O thread, so it must not block.
using UpgradeHandler = std::function<void(Request&&, Upgrade)>;

}  // namespace rapport::server::http
