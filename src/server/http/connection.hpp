#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/http/exchange.hpp"
#include "server/http/request_reader.hpp"
#include "server/http/target.hpp"
#include "server/http/websocket_connection.hpp"
#include "server/http/wire.hpp"

namespace rapport::server::http {

/// One client's connection, from the handshake to the end: reads a request, has it served, writes the
/// answer, and only then reads the next. On its lane's thread only; its time limits are one deadline
/// that the lane's sweep looks at.
class Connection final : public Sweepable, public std::enable_shared_from_this<Connection> {
 public:
  /// `admission` is held as long as the connection counts against the limits.
  Connection(Lane& lane, asio::ip::tcp::socket socket, std::string peer, std::shared_ptr<void> admission);
  ~Connection() override;

  asio::awaitable<void> run();

  void sweep(Clock::time_point now) override;
  void drain() override;
  void leave() override;
  void cut() override;

 private:
  enum class Next : std::uint8_t { request,
                                   websocket,
                                   end,
                                   drop };
  enum class Part : std::uint8_t { head,
                                   whole };

  asio::awaitable<Next> serve_one();
  asio::awaitable<bool> receive(Part part);
  asio::awaitable<Next> refuse_reading();
  asio::awaitable<bool> receive_body(std::size_t bytes_max);
  asio::awaitable<Next> have_served();
  asio::awaitable<Next> respond(Response response);
  asio::awaitable<Next> upgrade(Exchange::Accepted accepted);

  void begin_request();
  std::optional<Response> judge_head();
  std::optional<Response> find_route(Method method, Target const& target);
  bool hold_body();
  void call_handler(std::shared_ptr<Exchange> const& exchange);
  void limit(base::Millis milliseconds);
  void no_limit() { deadline_ = Clock::time_point::max(); }
  void expire();

  Lane& lane_;
  Service& service_;
  std::shared_ptr<void> const admission_;
  std::string const peer_;
  std::shared_ptr<Wire> const wire_;
  asio::steady_timer answered_;
  std::optional<std::list<Sweepable*>::iterator> place_;
  std::shared_ptr<WebSocketConnection> websocket_;

  Clock::time_point deadline_ = Clock::time_point::max();
  bool expired_ = false;
  bool idle_ = false;  ///< between two requests

  boost::beast::flat_buffer input_;
  std::optional<RequestReader> reader_;
  bool begun_ = false;  ///< a byte of the request has come
  Request request_;
  Route const* route_ = nullptr;
  std::vector<std::shared_ptr<void>> large_body_;  ///< the memory that a large body has, until the answer is written
  bool crowded_out_ = false;                       ///< there was none for it
  bool head_only_ = false;
  bool keep_alive_ = false;
  Clock::time_point started_;
  std::string request_id_;
};

}  // namespace rapport::server::http
