#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/outbox.hpp"
#include "server/http/websocket_frames.hpp"
#include "server/http/wire.hpp"

namespace rapport::server::http {

/// A connection after its upgrade. One coroutine reads; writing is a pump that takes whatever waits
/// as one write. On its lane's thread only.
class WebSocketConnection final : public Sweepable, public std::enable_shared_from_this<WebSocketConnection> {
 public:
  WebSocketConnection(std::shared_ptr<Wire> wire, Service& service, std::shared_ptr<WebSocketListener> listener);

  /// Serves the connection to its end; `first` is what the client sent right behind its handshake.
  /// The sending side is still open afterwards, if the connection is.
  asio::awaitable<void> run(std::string remote_address, std::string first);

  void sweep(Clock::time_point now) override;
  void drain() override {}
  void leave() override;
  void cut() override { wire_->close(); }

 private:
  void hear(std::string_view bytes);
  void act(FrameEvent event);
  void fail(CloseCode code, std::string_view reason);
  void pump();
  void add_control(Opcode opcode, std::string_view payload);
  void add_farewell();
  void wrote(IoError error);
  bool finished() const;
  void end();
  template <typename Call>
  void tell(Call const& call);

  std::shared_ptr<Wire> wire_;
  Service& service_;
  std::shared_ptr<WebSocketListener> listener_;
  std::shared_ptr<Outbox> outbox_;
  FrameReader reader_;
  std::array<char, 4096> input_{};

  std::vector<Frame> batch_;  // under way, kept alive
  std::vector<FrameHead> heads_;
  std::string control_;
  std::vector<asio::const_buffer> buffers_;

  std::optional<std::string> pong_due_;
  bool ping_due_ = false;
  bool writing_ = false;
  bool close_begun_ = false;  // our close frame is under way or written
  bool close_written_ = false;
  bool peer_closed_ = false;
  bool deaf_ = false;    // the client broke the protocol, or our listener failed
  bool broken_ = false;  // the wire failed
  bool ended_ = false;
  std::optional<CloseCode> code_;  // of who closed first
  Clock::time_point heard_;
  Clock::time_point pinged_;
  Clock::time_point write_began_;
  std::optional<Clock::time_point> closing_since_;
};

}  // namespace rapport::server::http
