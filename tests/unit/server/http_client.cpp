#include "http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "server/http/text.hpp"

namespace rapport::server::http::testing {

std::string Answer::header(std::string_view name) const {
  for (auto const& [key, value] : headers) {
    if (same_token(key, name)) return value;
  }
  return {};
}

Client::Client(std::uint16_t port, bool tls) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (socket_ < 0) throw std::runtime_error{"no socket"};
  timeval const limit{60, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error{"cannot connect"};
  if (!tls) return;
  context_.reset(SSL_CTX_new(TLS_client_method()));
  tls_.reset(SSL_new(context_.get()));
  SSL_set_fd(tls_.get(), socket_);
  if (SSL_connect(tls_.get()) != 1) throw std::runtime_error{"no TLS"};
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), context_(std::move(other.context_)), tls_(std::move(other.tls_)), buffer_(std::move(other.buffer_)) {}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t const sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                              : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Client::end_sending() { ::shutdown(socket_, SHUT_WR); }

void Client::shrink_receive_buffer() {
  int const bytes = 4096;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

bool Client::receive() {
  char bytes[16384];
  ssize_t const got = tls_ ? SSL_read(tls_.get(), bytes, sizeof bytes) : ::recv(socket_, bytes, sizeof bytes, 0);
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

std::optional<std::string> Client::take(std::size_t bytes) {
  while (buffer_.size() < bytes) {
    if (!receive()) return std::nullopt;
  }
  std::string taken = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return taken;
}

std::optional<Answer> Client::answer(bool to_head) {
  std::size_t end = buffer_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!receive()) return std::nullopt;
    end = buffer_.find("\r\n\r\n");
  }
  std::string const head = *take(end + 4);
  Answer answer;
  answer.status = std::stoi(head.substr(9, 3));
  for (std::size_t at = head.find("\r\n") + 2; at < end;) {
    std::size_t const line_end = head.find("\r\n", at);
    std::string const line = head.substr(at, line_end - at);
    std::size_t const colon = line.find(": ");
    answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    at = line_end + 2;
  }
  std::string const length = answer.header("Content-Length");
  if (to_head || length.empty()) return answer;
  auto body = take(std::stoul(length));
  if (!body) return std::nullopt;
  answer.body = *std::move(body);
  return answer;
}

std::optional<Answer> Client::get(std::string_view target, std::string_view more_headers) {
  std::string request = "GET ";
  request.append(target).append(" HTTP/1.1\r\nHost: test\r\n").append(more_headers).append("\r\n");
  if (!send(request)) return std::nullopt;
  return answer();
}

bool Client::ended() {
  if (!buffer_.empty()) return false;
  char byte = 0;
  if (tls_) return SSL_read(tls_.get(), &byte, 1) <= 0;
  ssize_t const got = ::recv(socket_, &byte, 1, 0);
  return got == 0 || (got < 0 && errno == ECONNRESET);
}

bool Client::upgrade(std::string_view path) {
  auto const answered = get(path,
                            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
  return answered && answered->status == 101 && answered->header("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
}

bool Client::send_frame(Opcode opcode, std::string_view payload, bool final) {
  FrameHead const head = frame_head(opcode, payload.size());
  std::string bytes{head.view()};
  if (!final) bytes[0] = static_cast<char>(bytes[0] & 0x7F);
  bytes[1] = static_cast<char>(static_cast<unsigned char>(bytes[1]) | 0x80U);
  constexpr std::string_view mask = "\x11\x22\x33\x44";
  bytes.append(mask);
  for (std::size_t index = 0; index < payload.size(); ++index) bytes.push_back(static_cast<char>(payload[index] ^ mask[index % 4]));
  return send(bytes);
}

std::optional<Client::ServerFrame> Client::frame() {
  auto const head = take(2);
  if (!head) return std::nullopt;
  std::size_t length = static_cast<unsigned char>((*head)[1]);
  std::size_t const length_bytes = length == 126 ? 2 : length == 127 ? 8
                                                                     : 0;
  if (length_bytes > 0) {
    auto const more = take(length_bytes);
    if (!more) return std::nullopt;
    length = 0;
    for (char const c : *more) length = length << 8U | static_cast<unsigned char>(c);
  }
  auto payload = take(length);
  if (!payload) return std::nullopt;
  return ServerFrame{static_cast<Opcode>((*head)[0] & 0x0F), *std::move(payload)};
}

std::string Client::tls_version() const { return SSL_get_version(tls_.get()); }

ListenerOptions test_options() {
  ListenerOptions options;
  options.clock = [] { return base::Instant{1'772'442'900'000}; };
  options.sweep_ms = 10;
  options.threads = 2;
  return options;
}

Server::Server(Router router, ListenerOptions options) {
  auto started = Listener::start(std::move(options), std::move(router), metrics);
  if (!started) throw std::runtime_error{started.error().message};
  listener = *std::move(started);
}

std::uint64_t Server::counted(std::string_view name, base::Labels labels) { return metrics.counter(name, "", std::move(labels)).value(); }

}  // namespace rapport::server::http::testing
