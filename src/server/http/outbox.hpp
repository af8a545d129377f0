#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/http/websocket.hpp"

namespace rapport::server::http {

/// The WebSocket that the application holds: a bounded queue between any thread and the connection's.
/// It may outlive the connection; then it is closed.
class Outbox final : public WebSocket, public std::enable_shared_from_this<Outbox> {
 public:
  struct Farewell {
    CloseCode code = close_code::normal;
    std::string reason;
  };

  /// `wake` runs on `executor` when there is something to write, once for all that came together.
  Outbox(boost::asio::any_io_executor executor, std::string remote_address, std::size_t bytes_max, std::function<void()> wake);

  Sent send(Frame frame) override;
  void close(CloseCode code, std::string reason) override;
  std::string const& remote_address() const override { return remote_address_; }
  std::size_t buffered_bytes() const override { return bytes_.load(std::memory_order_relaxed); }
  std::size_t buffered_frames() const override { return frames_.load(std::memory_order_relaxed); }

  // The rest is for the connection, on its thread.

  /// Appends the next frames to be written, up to a number and about a size. They stay counted as
  /// buffered until written().
  void take(std::vector<Frame>& batch, std::size_t frames_max, std::size_t bytes_max);
  /// Takes a batch out of the count; whether nothing is left, queued or under way.
  bool written(std::vector<Frame> const& batch);
  /// How to close, once everything queued was taken; nothing if nobody asked.
  std::optional<Farewell> farewell() const;
  /// The code of the close that was asked for, also while frames wait before it.
  std::optional<CloseCode> closing() const;
  /// The connection has ended: no wake any more, every send is refused.
  void leave();

 private:
  void wake_soon();  // under mutex_

  std::string const remote_address_;
  std::size_t const bytes_max_;
  std::atomic<std::size_t> bytes_{0};
  std::atomic<std::size_t> frames_{0};
  std::mutex mutable mutex_;
  boost::asio::any_io_executor executor_;  // the rest under mutex_
  std::function<void()> wake_;
  std::deque<Frame> queue_;
  std::optional<Farewell> farewell_;
  bool woken_ = false;
  bool left_ = false;
};

}  // namespace rapport::server::http
