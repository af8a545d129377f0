#include "server/api/request_rates.hpp"

#include <string>
#include <utility>

#include "base/hash.hpp"
#include "server/api/gate.hpp"
#include "server/http/client_address.hpp"
#include "server/http/problem.hpp"

namespace rapport::server::api {
namespace {

/// A key that holds no secret; empty without credentials.
std::string credentials_of(http::Request const& head) {
  if (auto const header = head.header("authorization")) return base::sha256_hex(*header);
  if (auto const secret = http::cookie(head, session_cookie)) return base::sha256_hex(*secret);
  return {};
}

}  // namespace

RequestRates::RequestRates(Rates rates, std::function<base::Instant()> clock, base::Metrics& metrics)
    : clock_(std::move(clock)),
      refused_(metrics.counter("rapport_requests_too_fast_total", "Requests refused because somebody asked too fast")),
      known_(rates.known),
      anonymous_(rates.anonymous) {}

std::optional<http::Response> RequestRates::refuse(http::Request const& head) {
  // Pages come from memory and ask nothing of the store; a desk loads a dozen files at once.
  if (http::is_loopback(head.remote_address) || !head.path.starts_with("/api/")) return std::nullopt;
  std::string const credentials = credentials_of(head);
  base::Instant const now = clock_();
  http::RateLimiter::Verdict verdict;
  {
    std::lock_guard const lock{mutex_};
    bool const seen = !credentials.empty() && known_.knows(credentials);
    verdict = seen ? known_.take(credentials, now) : anonymous_.take(http::address_group(head.remote_address), now);
    if (verdict.allowed && !seen && !credentials.empty()) verdict = known_.take(credentials, now);
  }
  if (verdict.allowed) return std::nullopt;
  refused_.add();
  http::Problem problem;
  problem.status = http::status::too_many_requests;
  problem.code = "too_fast";
  problem.detail = "slow down";
  return problem.response().with("Retry-After", std::to_string((verdict.retry_after_ms + base::second - 1) / base::second));
}

}  // namespace rapport::server::api
