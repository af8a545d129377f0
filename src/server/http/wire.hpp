#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/http/lane.hpp"

namespace rapport::server::http {

namespace asio = boost::asio;
using IoError = boost::system::error_code;

struct Transfer {
  IoError error;
  std::size_t bytes = 0;
};

/// A connected socket, plain or TLS: what differs between the two ends here. On its lane's thread only;
/// one read and one write may be under way at a time.
class Wire {
 public:
  /// `tls` is null for a plain one and must outlive it.
  Wire(asio::ip::tcp::socket socket, asio::ssl::context* tls);

  bool secure() const { return tls_.has_value(); }
  asio::ip::tcp::socket::executor_type executor() { return socket_.get_executor(); }

  /// The TLS handshake; at once for a plain socket.
  asio::awaitable<IoError> handshake();
  asio::awaitable<Transfer> read_some(asio::mutable_buffer into);
  /// Writes all of head and body.
  asio::awaitable<IoError> write(asio::const_buffer head, asio::const_buffer body);
  /// Writes all buffers, then calls done. The bytes, not the vector, must live until then.
  void write_all(std::vector<asio::const_buffer> const& buffers, std::function<void(IoError)> done);
  /// Ends the sending side and reads what the peer still sends until it ends too, so that our last
  /// answer is not lost to a reset. Bounded by the caller's deadline.
  asio::awaitable<void> end();

  /// Whatever is under way ends with operation_aborted; the socket stays usable.
  void cancel();
  /// The same, and the socket is gone.
  void close();

 private:
  asio::ip::tcp::socket socket_;
  std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
  std::string flat_;  // of a TLS write: one record for many buffers
};

}  // namespace rapport::server::http
