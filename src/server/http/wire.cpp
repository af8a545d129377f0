#include "server/http/wire.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace rapport::server::http {

namespace {

constexpr auto as_outcome = asio::as_tuple(asio::use_awaitable);

std::string flattened(std::vector<asio::const_buffer> const& buffers) {
  std::string flat;
  flat.reserve(asio::buffer_size(buffers));
  for (asio::const_buffer const& buffer : buffers) flat.append(static_cast<char const*>(buffer.data()), buffer.size());
  return flat;
}

}  // namespace

Wire::Wire(asio::ip::tcp::socket socket, asio::ssl::context* tls) : socket_(std::move(socket)) {
  IoError ignored;
  socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
  if (tls != nullptr) tls_.emplace(socket_, *tls);
}

asio::awaitable<IoError> Wire::handshake() {
  if (!tls_) co_return IoError{};
  auto const [error] = co_await tls_->async_handshake(asio::ssl::stream_base::server, as_outcome);
  co_return error;
}

asio::awaitable<Transfer> Wire::read_some(asio::mutable_buffer into) {
  if (tls_) {
    auto const [error, bytes] = co_await tls_->async_read_some(into, as_outcome);
    co_return Transfer{error, bytes};
  }
  auto const [error, bytes] = co_await socket_.async_read_some(into, as_outcome);
  co_return Transfer{error, bytes};
}

asio::awaitable<IoError> Wire::write(asio::const_buffer head, asio::const_buffer body) {
  std::array<asio::const_buffer, 2> const both{head, body};
  if (!tls_) {
    auto const [error, bytes] = co_await asio::async_write(socket_, both, as_outcome);
    co_return error;
  }
  constexpr std::size_t one_record = 16U << 10U;
  if (head.size() + body.size() <= one_record) {
    flat_ = flattened({head, body});
    auto const [error, bytes] = co_await asio::async_write(*tls_, asio::buffer(flat_), as_outcome);
    co_return error;
  }
  auto const [error, bytes] = co_await asio::async_write(*tls_, both, as_outcome);
  co_return error;
}

void Wire::write_all(std::vector<asio::const_buffer> const& buffers, std::function<void(IoError)> done) {
  auto const finish = [done = std::move(done)](IoError error, std::size_t) { done(error); };
  if (!tls_) {
    asio::async_write(socket_, buffers, finish);
    return;
  }
  flat_ = flattened(buffers);
  asio::async_write(*tls_, asio::buffer(flat_), finish);
}

asio::awaitable<void> Wire::end() {
  if (tls_) co_await tls_->async_shutdown(as_outcome);
  IoError error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  std::array<char, 4096> waste{};
  while (!error) {
    auto const [failed, bytes] = co_await socket_.async_read_some(asio::buffer(waste), as_outcome);
    error = failed;
  }
  close();
}

void Wire::cancel() {
  IoError ignored;
  socket_.cancel(ignored);
}

void Wire::close() {
  IoError ignored;
  socket_.close(ignored);
}

}  // namespace rapport::server::http
