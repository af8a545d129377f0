#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/limits.hpp"
#include "base/time.hpp"

namespace rapport::server::http {

/// A token bucket for each key (an address, a login name, a principal): so many at once, so many a
/// minute in the long run. Pure; one owner, or under its owner's lock. Memory is bounded: of too many
/// keys the one asked longest ago is forgotten, and a forgotten key begins with a full bucket. So
/// `keys_max` is to be well above the keys that may be asked while a bucket fills.
class RateLimiter {
 public:
  struct Rate {
    std::int64_t burst = 10;       ///< at once; above 0
    std::int64_t per_minute = 60;  ///< above 0
  };
  struct Verdict {
    bool allowed = false;
    base::Millis retry_after_ms = 0;  ///< where it is not allowed: when it would be
  };

  /// REQUIRES: rate and keys_max above 0.
  explicit RateLimiter(Rate rate, std::size_t keys_max = limits::rate_limiter_keys_max);
  RateLimiter(RateLimiter const&) = delete;
  RateLimiter& operator=(RateLimiter const&) = delete;

  /// Takes one token of the key's bucket if there is one. A clock that stepped back gives nothing and
  /// takes nothing.
  Verdict take(std::string_view key, base::Instant now);
  /// Fills the key's bucket: after a login that succeeded.
  void forget(std::string_view key);

  /// Whether the key asked before, and was not forgotten.
  bool knows(std::string_view key) const { return by_key_.contains(key); }
  std::size_t keys() const { return by_key_.size(); }

 private:
  /// Counted in 1/60000 tokens, so that a millisecond adds exactly `per_minute`.
  struct Bucket {
    std::string key;
    std::int64_t level = 0;
    base::Instant at;
  };
  using Order = std::list<Bucket>;

  Order::iterator bucket_of(std::string_view key, base::Instant now);

  Rate const rate_;
  std::size_t const keys_max_;
  Order order_;                                                   // asked last first
  std::unordered_map<std::string_view, Order::iterator> by_key_;  // views of the buckets' keys
};

}  // namespace rapport::server::http
