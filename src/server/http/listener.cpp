#include "server/http/listener.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>

#include "base/assert.hpp"
#include "server/http/admission.hpp"
#include "server/http/client_address.hpp"
#include "server/http/connection.hpp"
#include "server/http/response_head.hpp"
#include "server/http/tls_context.hpp"

namespace rapport::server::http {

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds accept_pause{100};
constexpr base::Millis cut_ms = 5 * base::second;  // for what was cut to notice

std::uint64_t random_seed() {
  std::array<unsigned char, sizeof(std::uint64_t)> bytes{};
  RAPPORT_ASSERT(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
  std::uint64_t seed = 0;
  for (unsigned char const byte : bytes) seed = seed << 8U | byte;
  return seed;
}

/// An IPv4 client of a socket for both versions is that IPv4 address.
std::string address_text(asio::ip::address address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return address.to_string();
}

asio::awaitable<void> sweep_lane(Lane& lane) {
  asio::steady_timer timer{lane.context};
  while (true) {
    timer.expires_after(std::chrono::milliseconds{lane.service.options.sweep_ms});
    auto const [stopped] = co_await timer.async_wait(as_result);
    if (stopped) co_return;
    auto const now = Clock::now();
    for (Sweepable* const connection : lane.connections) connection->sweep(now);
  }
}

asio::awaitable<void> serve_connection(Lane& lane, asio::ip::tcp::socket socket, std::string peer, std::shared_ptr<void> admission) {
  auto const connection = std::make_shared<Connection>(lane, std::move(socket), std::move(peer), std::move(admission));
  co_await connection->run();
}

}  // namespace

std::string const& Lane::http_date_now(base::Instant now) {
  std::int64_t const second = now.since_epoch / base::second;
  if (second != date_second) {
    date_second = second;
    date = http_date(now);
  }
  return date;
}

class Listener::Impl {
 public:
  Impl(ListenerOptions&& options, Router&& router, base::Metrics& metrics)
      : service_(std::move(options), std::move(router), metrics),
        admissions_(std::make_shared<Admissions>(service_.options.connections_max, service_.options.connections_per_address_max,
                                                 service_.numbers.connections)) {
    for (std::size_t index = 0; index < service_.options.threads; ++index) {
      lanes_.push_back(std::make_unique<Lane>(service_, random_seed()));
    }
    acceptor_.emplace(lanes_.front()->context);
  }

  ~Impl() {
    if (!threads_.empty()) stop(0);
  }

  base::Result<void> open() {
    ListenerOptions const& options = service_.options;
    if (options.tls) {
      auto context = tls_context(*options.tls);
      if (!context) return context.error();
      service_.tls = *std::move(context);
    }
    IoError error;
    auto const address = asio::ip::make_address(options.address, error);
    if (error) return base::Error{"no IP address to listen on: \"" + options.address + "\""};
    asio::ip::tcp::endpoint const endpoint{address, options.port};
    acceptor_->open(endpoint.protocol(), error);
    if (!error) acceptor_->set_option(asio::socket_base::reuse_address{true}, error);
    if (!error && address.is_v6()) acceptor_->set_option(asio::ip::v6_only{false}, error);
    if (!error) acceptor_->bind(endpoint, error);
    if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
    if (error) return base::Error{"cannot listen on " + options.address + " port " + std::to_string(options.port) + ": " + error.message()};
    port_ = acceptor_->local_endpoint(error).port();
    return {};
  }

  void run() {
    asio::co_spawn(lanes_.front()->context, accept(), asio::detached);
    for (auto const& lane : lanes_) {
      guards_.emplace_back(lane->context.get_executor());
      asio::co_spawn(lane->context, sweep_lane(*lane), asio::detached);
      threads_.emplace_back([context = &lane->context] { context->run(); });
    }
  }

  std::uint16_t port() const { return port_; }

  void stop_accepting() {
    if (service_.draining.exchange(true)) return;
    asio::post(lanes_.front()->context, [this] {
      IoError ignored;
      acceptor_->close(ignored);
    });
    for_each_connection([](Sweepable& connection) { connection.drain(); });
  }

  std::size_t stop(base::Millis limit_ms) {
    stop_accepting();
    for_each_connection([](Sweepable& connection) { connection.leave(); });
    std::size_t const cut = admissions_->wait_until_empty(limit_ms);
    for_each_connection([](Sweepable& connection) { connection.cut(); });
    admissions_->wait_until_empty(cut_ms);
    guards_.clear();
    for (auto const& lane : lanes_) lane->context.stop();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    return cut;
  }

 private:
  void for_each_connection(std::function<void(Sweepable&)> const& act) {
    for (auto const& lane : lanes_) {
      asio::post(lane->context, [&owned = *lane, act] {
        for (Sweepable* const connection : owned.connections) act(*connection);
      });
    }
  }

  asio::awaitable<void> accept() {
    asio::steady_timer pause{lanes_.front()->context};
    std::size_t next = 0;
    while (acceptor_->is_open()) {
      Lane& lane = *lanes_[next];
      asio::ip::tcp::socket socket{lane.context};
      auto const [error] = co_await acceptor_->async_accept(socket, as_result);
      if (!error) {
        next = (next + 1) % lanes_.size();
        take(lane, std::move(socket));
        continue;
      }
      bool const exhausted = error == asio::error::no_descriptors || error == asio::error::no_memory ||
                             error == asio::error::no_buffer_space || error == boost::system::errc::too_many_files_open_in_system;
      if (!exhausted) continue;  // the client has gone already, or the acceptor was closed
      service_.numbers.accept_pauses.add();
      pause.expires_after(accept_pause);
      co_await pause.async_wait(as_result);
    }
  }

  void take(Lane& lane, asio::ip::tcp::socket socket) {
    IoError error;
    auto const endpoint = socket.remote_endpoint(error);
    if (error) return;  // gone already
    std::string peer = address_text(endpoint.address());
    auto admitted = admissions_->admit(address_group(peer));
    if (auto const* refusal = std::get_if<std::string_view>(&admitted)) return refuse(socket, *refusal);
    service_.numbers.connections_total.add();
    asio::co_spawn(lane.context,
                   serve_connection(lane, std::move(socket), std::move(peer), std::get<std::shared_ptr<void>>(std::move(admitted))),
                   asio::detached);
  }

  /// Says so if that costs nothing: one write that does not wait, no reading, no TLS.
  void refuse(asio::ip::tcp::socket& socket, std::string_view name) {
    service_.numbers.refused(name);
    if (service_.tls) return;
    constexpr std::string_view answer =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 5\r\n\r\n";
    IoError error;
    socket.non_blocking(true, error);
    if (!error) socket.write_some(asio::buffer(answer), error);
    socket.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  }

  Service service_;
  std::shared_ptr<Admissions> admissions_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::optional<asio::ip::tcp::acceptor> acceptor_;  // after the lanes: its context outlives it
  std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards_;
  std::vector<std::thread> threads_;
  std::uint16_t port_ = 0;
};

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Listener::~Listener() = default;

base::Result<std::unique_ptr<Listener>> Listener::start(ListenerOptions options, Router router, base::Metrics& metrics) {
  RAPPORT_ASSERT(options.clock && options.threads > 0);
  auto impl = std::make_unique<Impl>(std::move(options), std::move(router), metrics);
  auto const opened = impl->open();
  if (!opened) return opened.error();
  impl->run();
  return std::unique_ptr<Listener>{new Listener{std::move(impl)}};
}

std::uint16_t Listener::port() const { return impl_->port(); }

void Listener::stop_accepting() { impl_->stop_accepting(); }

std::size_t Listener::stop(base::Millis limit_ms) { return impl_->stop(limit_ms); }

}  // namespace rapport::server::http
