#include "server/webhooks/http_sender.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <chrono>
#include <set>
#include <thread>

namespace rapport::server::webhooks {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;

constexpr std::uint32_t answer_header_bytes_max = 16U << 10U;

/// Writes the request and reads the answer's head: the rest of it is of no interest.
template <typename Stream>
asio::awaitable<Outcome> exchange(Stream& stream, Post const& post) {
  beast::http::request<beast::http::string_body> request{beast::http::verb::post, post.target.path, 11};
  request.set(beast::http::field::host, post.target.authority());
  request.set(beast::http::field::connection, "close");
  for (auto const& [name, value] : post.headers) request.set(name, value);
  request.body() = post.body;
  request.prepare_payload();
  co_await beast::http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer{answer_header_bytes_max};
  beast::http::response_parser<beast::http::empty_body> parser;
  parser.header_limit(answer_header_bytes_max);
  co_await beast::http::async_read_header(stream, buffer, parser, asio::use_awaitable);
  co_return Outcome{static_cast<int>(parser.get().result_int()), {}};
}

asio::awaitable<Outcome> exchange_securely(beast::tcp_stream& tcp, asio::ssl::context& context, Post const& post) {
  beast::ssl_stream<beast::tcp_stream&> stream{tcp, context};
  std::string name = post.target.host;  // SSL_set_tlsext_host_name, without the cast in its macro
  if (!is_address(name)) SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback(asio::ssl::host_name_verification{post.target.host});
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  co_return co_await exchange(stream, post);
}

}  // namespace

/// The thread and what is under way on it.
class HttpSender::Impl {
 public:
  explicit Impl(HttpSenderOptions options) : options_(std::move(options)) {
    tls_.set_default_verify_paths();
    tls_.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  }
  ~Impl() {
    asio::post(context_, [this] {
      stopping_ = true;
      for (beast::tcp_stream* const stream : open_) stream->close();
    });
    work_.reset();
    if (thread_.joinable()) thread_.join();
  }

  base::Result<void> trust(std::string const& pem) {
    if (pem.empty()) return {};
    boost::system::error_code error;
    tls_.add_certificate_authority(asio::buffer(pem), error);
    if (error) return base::Error{"the trusted certificates of webhooks cannot be read: " + error.message()};
    return {};
  }
  void run() {
    thread_ = std::thread{[this] { context_.run(); }};
  }
  void send(Post post, Done done) {
    asio::co_spawn(context_, attempt(std::move(post)), [done = std::move(done)](std::exception_ptr const& failed, Outcome outcome) {
      done(failed ? Outcome{0, "the attempt broke off"} : std::move(outcome));
    });
  }

 private:
  asio::awaitable<Outcome> attempt(Post post) {
    beast::tcp_stream stream{context_};
    open_.insert(&stream);
    Outcome outcome;
    try {
      outcome = co_await connect_and_exchange(stream, post);
    } catch (boost::system::system_error const& error) {
      bool const late = error.code() == beast::error::timeout;
      outcome.failure = late ? fmt::format("no answer within {} ms", options_.attempt_ms) : error.code().message();
    }
    open_.erase(&stream);
    co_return outcome;
  }

  asio::awaitable<Outcome> connect_and_exchange(beast::tcp_stream& stream, Post const& post) {
    Tcp::resolver resolver{context_};
    auto const found = co_await resolver.async_resolve(post.target.host, std::to_string(post.target.port), asio::use_awaitable);
    std::vector<Tcp::endpoint> endpoints;
    for (auto const& entry : found) {
      if (options_.policy.allow_private || is_public(entry.endpoint().address().to_string())) endpoints.push_back(entry.endpoint());
    }
    if (endpoints.empty()) co_return Outcome{0, "the host has no address that the configuration allows"};
    if (!post.target.tls && !options_.policy.allow_http) co_return Outcome{0, "http is not allowed by the configuration"};
    if (stopping_) co_return Outcome{0, "the server stops"};
    stream.expires_after(std::chrono::milliseconds{options_.attempt_ms});
    co_await stream.async_connect(endpoints, asio::use_awaitable);
    if (post.target.tls) co_return co_await exchange_securely(stream, tls_, post);
    co_return co_await exchange(stream, post);
  }

  HttpSenderOptions options_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_ = asio::make_work_guard(context_);
  std::set<beast::tcp_stream*> open_;  ///< the thread's
  bool stopping_ = false;              ///< the thread's
  std::thread thread_;
};

base::Result<std::unique_ptr<HttpSender>> HttpSender::make(HttpSenderOptions options) {
  std::string const pem = options.trusted_pem;
  auto impl = std::make_unique<Impl>(std::move(options));
  if (auto const trusted = impl->trust(pem); !trusted) return trusted.error();
  impl->run();
  return std::unique_ptr<HttpSender>{new HttpSender{std::move(impl)}};
}

HttpSender::HttpSender(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpSender::~HttpSender() = default;

void HttpSender::send(Post post, Done done) { impl_->send(std::move(post), std::move(done)); }

}  // namespace rapport::server::webhooks
