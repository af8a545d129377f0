#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/assert.hpp"
#include "server/http/listener.hpp"

/// The HTTP transport over loopback: one I/O thread serves, one thread plays all clients. Rates are per
/// second of the server's CPU, taken as the process's less the clients' thread; latencies are what the
/// clients saw on a machine where both share the cores.
namespace rapport::server::http {
namespace {

using Clock = std::chrono::steady_clock;

double cpu_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  auto const seconds = [](timeval const& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}
double server_cpu_seconds() { return cpu_seconds(RUSAGE_SELF) - cpu_seconds(RUSAGE_THREAD); }

int connected(std::uint16_t port) {
  int const handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  RAPPORT_ASSERT(::connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  int const yes = 1;
  ::setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return handle;
}

void send_all(int handle, std::string_view bytes) {
  RAPPORT_ASSERT(::send(handle, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()));
}

/// Connections of one thread, and the next of them that has something to read.
class Clients {
 public:
  Clients(std::uint16_t port, std::size_t count) : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (std::size_t index = 0; index < count; ++index) {
      handles.push_back(connected(port));
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = index;
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, handles.back(), &event);
    }
  }
  ~Clients() {
    for (int const handle : handles) ::close(handle);
    ::close(poll_);
  }
  Clients(Clients const&) = delete;
  Clients& operator=(Clients const&) = delete;

  /// Reads what has come: calls act(index, bytes) for each connection that has some.
  template <typename Act>
  void read(Act const& act) {
    std::array<epoll_event, 256> events{};
    int const ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 1'000);
    for (int at = 0; at < ready; ++at) {
      std::size_t const index = events.at(static_cast<std::size_t>(at)).data.u64;
      ssize_t const got = ::recv(handles[index], buffer_.data(), buffer_.size(), 0);
      RAPPORT_ASSERT(got > 0);
      act(index, std::string_view{buffer_.data(), static_cast<std::size_t>(got)});
    }
  }

  std::vector<int> handles;

 private:
  int poll_;
  std::array<char, 65536> buffer_{};
};

class Keeper final : public WebSocketListener {
 public:
  void on_open(std::shared_ptr<WebSocket> socket) override { socket_ = std::move(socket); }
  void on_text(std::string&&) override {}
  void on_drained() override {}
  void on_closed(CloseCode) override { socket_.reset(); }

  std::shared_ptr<WebSocket> socket_;
};

struct Served {
  Served() {
    std::string const body(310, 'x');
    Router router;
    router.add(Method::get, "/api/v1/queues/{id}", [body](Request&&, Reply reply) { reply(Response::json(body)); });
    router.add_upgrade("/feed", [this](Request&&, Upgrade upgrade) {
      auto keeper = std::make_shared<Keeper>();
      {
        std::lock_guard const lock{mutex};
        keepers.push_back(keeper);
      }
      upgrade.accept(std::move(keeper));
    });
    ListenerOptions options;
    options.clock = [] {
      return base::Instant{std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
    };
    auto started = Listener::start(std::move(options), std::move(router), metrics);
    RAPPORT_ASSERT(static_cast<bool>(started));
    listener = *std::move(started);
  }

  base::Metrics metrics;
  std::mutex mutex;
  std::vector<std::shared_ptr<Keeper>> keepers;
  std::unique_ptr<Listener> listener;
};

void report(benchmark::State& state, std::vector<std::int64_t>& latencies_us, double cpu, std::string_view what) {
  std::sort(latencies_us.begin(), latencies_us.end());
  auto const at = [&](double share) {
    return static_cast<double>(latencies_us[static_cast<std::size_t>(share * static_cast<double>(latencies_us.size() - 1))]);
  };
  state.counters[std::string{what} + "_per_core_s"] = static_cast<double>(latencies_us.size()) / cpu;
  state.counters["p50_us"] = at(0.5);
  state.counters["p99_us"] = at(0.99);
}

std::int64_t since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count();
}

/// One request under way on each connection; the answer's body has 310 bytes.
void requests(benchmark::State& state) {
  Served served;
  Clients clients{served.listener->port(), static_cast<std::size_t>(state.range(0))};
  constexpr std::string_view request = "GET /api/v1/queues/17 HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n";
  std::vector<Clock::time_point> sent(clients.handles.size());
  std::vector<std::int64_t> latencies;
  auto const ask = [&](std::size_t index) {
    sent[index] = Clock::now();
    send_all(clients.handles[index], request);
  };
  for (std::size_t index = 0; index < clients.handles.size(); ++index) ask(index);
  double const before = server_cpu_seconds();
  for (auto _ : state) {
    for (std::size_t const goal = latencies.size() + 1'000; latencies.size() < goal;) {
      clients.read([&](std::size_t index, std::string_view bytes) {
        if (!bytes.ends_with('x')) return;  // the rest of the answer is to come
        latencies.push_back(since(sent[index]));
        ask(index);
      });
    }
  }
  report(state, latencies, server_cpu_seconds() - before, "requests");
  state.SetLabel("peer: none measured over HTTP");
}

/// One frame of 310 bytes, made once, to every desk; the next when all have it.
void fan_out(benchmark::State& state) {
  Served served;
  Clients clients{served.listener->port(), static_cast<std::size_t>(state.range(0))};
  for (int const handle : clients.handles) {
    send_all(handle,
             "GET /feed HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  }
  for (std::size_t upgraded = 0; upgraded < clients.handles.size();) {
    clients.read([&](std::size_t, std::string_view bytes) { upgraded += bytes.ends_with("\r\n\r\n") ? 1U : 0U; });
  }
  while (served.metrics.gauge("rapport_websocket_connections", "").value() < state.range(0)) std::this_thread::yield();
  auto const frame = std::make_shared<std::string const>(310, 'x');
  std::vector<std::int64_t> latencies;
  double const before = cpu_seconds(RUSAGE_SELF) - cpu_seconds(RUSAGE_THREAD);
  double sending = 0;  // of this thread, but the server's work
  for (auto _ : state) {
    auto const start = Clock::now();
    double const own = cpu_seconds(RUSAGE_THREAD);
    for (auto const& keeper : served.keepers) RAPPORT_ASSERT(keeper->socket_->send(frame) == Sent::queued);
    sending += cpu_seconds(RUSAGE_THREAD) - own;
    for (std::size_t got = 0; got < served.keepers.size();) {
      clients.read([&](std::size_t, std::string_view bytes) {
        if (!bytes.ends_with('x')) return;
        ++got;
        latencies.push_back(since(start));
      });
    }
  }
  report(state, latencies, server_cpu_seconds() - before + sending, "messages");
  state.SetLabel("peer: Beast, frame written raw: 262k messages/core/s, p50 3.9 ms, p99 9.4 ms");
}

BENCHMARK(requests)->Arg(1)->Arg(64)->Arg(1'000)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(fan_out)->Arg(2'000)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rapport::server::http

BENCHMARK_MAIN();
