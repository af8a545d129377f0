#include "server/http/rate_limiter.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace rapport::server::http {

namespace {

constexpr std::int64_t one_token = base::minute;  // in the bucket's unit

}  // namespace

RateLimiter::RateLimiter(Rate rate, std::size_t keys_max) : rate_(rate), keys_max_(keys_max) {
  RAPPORT_ASSERT(rate.burst > 0 && rate.per_minute > 0 && keys_max > 0);
}

RateLimiter::Order::iterator RateLimiter::bucket_of(std::string_view key, base::Instant now) {
  auto const found = by_key_.find(key);
  if (found != by_key_.end()) {
    order_.splice(order_.begin(), order_, found->second);
    return order_.begin();
  }
  if (by_key_.size() == keys_max_) {
    by_key_.erase(order_.back().key);
    order_.pop_back();
  }
  order_.push_front({std::string{key}, rate_.burst * one_token, now});
  by_key_.emplace(order_.front().key, order_.begin());
  return order_.begin();
}

RateLimiter::Verdict RateLimiter::take(std::string_view key, base::Instant now) {
  Bucket& bucket = *bucket_of(key, now);
  base::Millis const passed = now - bucket.at;
  if (passed > 0) {
    std::int64_t const full = rate_.burst * one_token;
    std::int64_t const missing = full - bucket.level;
    // Compared by division: a long absence times a high rate could overflow.
    bucket.level = passed > missing / rate_.per_minute ? full : bucket.level + passed * rate_.per_minute;
    bucket.at = now;
  }
  if (bucket.level >= one_token) {
    bucket.level -= one_token;
    return {true, 0};
  }
  std::int64_t const lacking = one_token - bucket.level;
  return {false, (lacking + rate_.per_minute - 1) / rate_.per_minute};
}

void RateLimiter::forget(std::string_view key) {
  auto const found = by_key_.find(key);
  if (found == by_key_.end()) return;
  auto const bucket = found->second;
  by_key_.erase(found);
  order_.erase(bucket);
}

}  // namespace rapport::server::http
