#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "base/metrics.hpp"
#include "server/http/rate_limiter.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace rapport::server::api {

/// How fast somebody may ask: by credentials where a request bears some, else by address. Credentials
/// that were not seen lately count for the address, too: who makes them up gains nothing. Requests of
/// this machine itself are not counted: monitoring, load tests, and who could stop the server anyway.
/// Looked at before the body is read. Any thread.
class RequestRates {
 public:
  struct Rates {
    http::RateLimiter::Rate known;      ///< of one session or token
    http::RateLimiter::Rate anonymous;  ///< of one address (an IPv6 /64)
  };

  RequestRates(Rates rates, std::function<base::Instant()> clock, base::Metrics& metrics);

  /// 429 with Retry-After, or nothing.
  std::optional<http::Response> refuse(http::Request const& head);

 private:
  std::function<base::Instant()> clock_;
  base::Counter& refused_;
  std::mutex mutex_;
  http::RateLimiter known_;
  http::RateLimiter anonymous_;
};

}  // namespace rapport::server::api
