#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulation/api_client.hpp"

namespace rapport::simulation {

/// A member of a frame that is a text; empty: it has none, or one that is no text.
std::string_view text_of(json::object const& object, std::string_view member);

/// A connection to the live feed. On the thread of its io_context; held by shared_ptr, as a write may
/// still be under way when its owner goes.
class FeedConnection : public std::enable_shared_from_this<FeedConnection> {
 public:
  explicit FeedConnection(asio::io_context& context) : socket_(context) {}

  /// False: refused or not there; why stands in problem().
  asio::awaitable<bool> open(ServerAddress const& address, Credentials const& who);
  /// Each is "stream:NAME" or "topic:NAME". The answers come as frames.
  void subscribe(std::vector<std::string> const& names);
  void unsubscribe(std::vector<std::string> const& names);
  /// The next frame; nothing: the connection has ended. One caller at a time.
  asio::awaitable<std::optional<json::object>> next();
  /// The next frame, not parsed; empty: the connection has ended.
  asio::awaitable<std::string> next_text();
  void close();
  std::string const& problem() const { return problem_; }

 private:
  void ask(char const* verb, std::vector<std::string> const& names);
  void send(std::string frame);
  asio::awaitable<void> write();

  boost::beast::websocket::stream<boost::beast::tcp_stream> socket_;
  boost::beast::flat_buffer buffer_;
  std::deque<std::string> outgoing_;
  bool writing_ = false;
  bool open_ = false;
  std::uint64_t frames_ = 0;
  std::string problem_;
};

}  // namespace rapport::simulation
