#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/metrics.hpp"
#include "server/http/listener.hpp"
#include "server/http/websocket_frames.hpp"

/// A blocking client that can misbehave byte by byte, and a server on a free port.
namespace rapport::server::http::testing {

struct Answer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  std::string header(std::string_view name) const;  ///< empty where there is none
};

class Client {
 public:
  /// Connects to a port of the loopback address; with `tls` it speaks TLS and trusts anybody.
  explicit Client(std::uint16_t port, bool tls = false);
  ~Client();
  Client(Client&& other) noexcept;
  Client& operator=(Client&&) = delete;

  /// Whether all of it could be sent.
  bool send(std::string_view bytes);
  /// No more will be sent; the other direction stays.
  void end_sending();
  /// Small buffers, so that a reader that does not read is soon felt.
  void shrink_receive_buffer();

  /// The next answer; nothing where the server ended the connection, or ten seconds passed, before it
  /// was whole. The answer to HEAD has no body.
  std::optional<Answer> answer(bool to_head = false);
  /// GET and its answer.
  std::optional<Answer> get(std::string_view target, std::string_view more_headers = {});
  /// Whether the server has ended the connection without another byte (waits for it).
  bool ended();

  /// The handshake on a path; whether it was accepted.
  bool upgrade(std::string_view path);
  /// A masked frame.
  bool send_frame(Opcode opcode, std::string_view payload, bool final = true);
  struct ServerFrame {
    Opcode opcode = Opcode::text;
    std::string payload;
  };
  std::optional<ServerFrame> frame();

  std::string tls_version() const;

 private:
  bool receive();  ///< more bytes into buffer_
  std::optional<std::string> take(std::size_t bytes);

  int socket_ = -1;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_{nullptr, SSL_CTX_free};
  std::unique_ptr<SSL, void (*)(SSL*)> tls_{nullptr, SSL_free};
  std::string buffer_;
};

/// Options for a test: short sweeps, a fixed clock.
ListenerOptions test_options();

/// A listener with its metrics; stops with the test.
struct Server {
  explicit Server(Router router, ListenerOptions options = test_options());

  std::uint64_t counted(std::string_view name, base::Labels labels = {});
  std::uint64_t refused(std::string_view reason) { return counted("rapport_http_refused_total", {{"reason", std::string{reason}}}); }
  std::int64_t gauge(std::string_view name) { return metrics.gauge(name, "").value(); }
  std::int64_t connections() { return gauge("rapport_http_connections"); }

  base::Metrics metrics;
  std::unique_ptr<Listener> listener;
};

}  // namespace rapport::server::http::testing
