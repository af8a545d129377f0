#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <list>
#include <memory>
#include <string>

#include "base/id.hpp"
#include "base/limits.hpp"
#include "server/http/byte_budget.hpp"
#include "server/http/listener.hpp"
#include "server/http/numbers.hpp"

namespace boost::asio::ssl {
class context;
}

namespace rapport::server::http {

using Clock = std::chrono::steady_clock;

/// What all connections of a listener share; unchanged once it runs, but for `draining`.
struct Service {
  ListenerOptions options;
  Router router;
  Numbers numbers;
  std::shared_ptr<boost::asio::ssl::context> tls;  ///< null: plain
  std::atomic<bool> draining{false};
  // Above http_body_bytes_max; apart, so that what is sent cannot keep anybody from what is fetched.
  ByteBudget large_bodies{limits::attachment_bytes_under_way_max, numbers.large_body_bytes};
  ByteBudget large_answers{limits::attachment_bytes_under_way_max, numbers.large_answer_bytes};

  Service(ListenerOptions&& chosen, Router&& routes, base::Metrics& metrics)
      : options(std::move(chosen)), router(std::move(routes)), numbers(metrics, router) {}
};

/// Something with time limits, on a lane's list as long as it lives there.
class Sweepable {
 public:
  virtual ~Sweepable() = default;
  /// Acts on limits that have passed. On the lane's thread.
  virtual void sweep(Clock::time_point now) = 0;
  /// The listener stops accepting: leave if there is nothing to finish. On the lane's thread.
  virtual void drain() = 0;
  /// The listener stops: say goodbye where the protocol has one.
  virtual void leave() = 0;
  /// End at once.
  virtual void cut() = 0;
};

/// One I/O thread's world: everything in it is touched by that thread only, so nothing in it needs a
/// strand or a lock.
struct Lane {
  Service& service;
  std::list<Sweepable*> connections;  // before the context: its handlers leave the list when they are destroyed
  base::IdGenerator ids;
  std::string date;  ///< for the Date header, made anew each second
  std::int64_t date_second = -1;
  boost::asio::io_context context{1};

  Lane(Service& owner, std::uint64_t seed) : service(owner), ids(seed) {}

  std::string const& http_date_now(base::Instant now);
};

}  // namespace rapport::server::http
