#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "server/http/reply.hpp"
#include "server/http/websocket.hpp"

namespace rapport::server::http {

/// Where one request's answer arrives: given by any thread, taken on the connection's. It outlives
/// the connection if the handler keeps the Reply longer; then the answer goes nowhere.
class Exchange final : public ReplySink, public UpgradeSink, public std::enable_shared_from_this<Exchange> {
 public:
  struct Accepted {
    std::shared_ptr<WebSocketListener> listener;
    std::string subprotocol;
  };

  /// `wake` runs on `executor` once an answer is there, unless it was there before wait_for().
  Exchange(boost::asio::any_io_executor executor, std::function<void()> wake);

  void answer(Response&& response) override { give(std::move(response), {}); }
  void accept(std::shared_ptr<WebSocketListener> listener, std::string subprotocol) override {
    give({}, Accepted{std::move(listener), std::move(subprotocol)});
  }
  void refuse(Response&& response) override { give(std::move(response), {}); }

  /// Whether an answer is there; if not, `wake` will be called. On the connection's thread.
  bool ready_or_wake();
  /// No wake any more; an answer that comes later is dropped. On the connection's thread.
  void leave();

  /// What was given. REQUIRES: an answer is there, or leave() was called.
  std::optional<Response> take_response() { return std::exchange(response_, std::nullopt); }
  std::optional<Accepted> take_accepted() { return std::exchange(accepted_, std::nullopt); }

 private:
  void give(std::optional<Response> response, std::optional<Accepted> accepted);

  std::mutex mutex_;
  boost::asio::any_io_executor executor_;  // all under mutex_
  std::function<void()> wake_;
  std::optional<Response> response_;
  std::optional<Accepted> accepted_;
  bool given_ = false;
  bool wanted_ = false;
  bool left_ = false;
};

}  // namespace rapport::server::http
