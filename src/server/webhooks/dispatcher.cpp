#include "server/webhooks/dispatcher.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.hpp"
#include "base/hash.hpp"
#include "base/limits.hpp"

namespace rapport::server::webhooks {
namespace {

constexpr int gone = 410;

/// SplitMix64's finaliser (Steele, Lea, Flood 2014).
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ x >> 30U) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ x >> 27U) * 0x94d049bb133111ebULL;
  return x ^ x >> 31U;
}

}  // namespace

bool Dispatcher::set_endpoint(Endpoint endpoint) {
  RAPPORT_ASSERT(!endpoint.secrets.empty() && endpoint.secrets.size() <= limits::webhook_secrets_max);
  auto found = lines_.find(endpoint.id);
  if (found == lines_.end()) {
    if (lines_.size() >= limits::webhook_endpoints_max) return false;
    found = lines_.try_emplace(endpoint.id).first;
  }
  Line& line = found->second;
  forget(line);
  line.endpoint = std::move(endpoint);
  expect(line);
  return true;
}

std::vector<Delivery> Dispatcher::remove_endpoint(std::string const& id) {
  auto const found = lines_.find(id);
  if (found == lines_.end()) return {};
  forget(found->second);
  std::vector<Delivery> dropped{found->second.queue.begin(), found->second.queue.end()};
  waiting_ -= dropped.size();
  lines_.erase(found);
  return dropped;
}

Dispatcher::Taken Dispatcher::take(Delivery delivery) {
  RAPPORT_ASSERT(!delivery.dead);
  auto const found = lines_.find(delivery.endpoint);
  if (found == lines_.end()) return Taken::no_endpoint;
  Line& line = found->second;
  if (line.queue.size() >= limits::webhook_queue_max) return Taken::queue_full;
  forget(line);
  // The one under way stays first.
  auto const from = line.queue.begin() + (line.in_flight ? 1 : 0);
  auto const place = std::upper_bound(from, line.queue.end(), delivery.id,
                                      [](std::string const& its_id, Delivery const& each) { return its_id < each.id; });
  line.queue.insert(place, std::move(delivery));
  ++waiting_;
  expect(line);
  return Taken::queued;
}

std::vector<Dispatcher::Attempt> Dispatcher::start(base::Instant now) {
  std::vector<Attempt> attempts;
  while (!due_.empty() && due_.begin()->first <= now && in_flight_.size() < limits::webhook_in_flight_max) {
    Line& line = lines_.at(due_.begin()->second);
    forget(line);
    line.in_flight = true;
    ++line.queue.front().attempts;
    in_flight_.insert(line.queue.front().id);
    attempts.push_back({line.endpoint, line.queue.front()});
  }
  return attempts;
}

std::optional<base::Instant> Dispatcher::next() const {
  if (due_.empty() || in_flight_.size() >= limits::webhook_in_flight_max) return std::nullopt;
  return due_.begin()->first;
}

std::optional<Dispatcher::Finished> Dispatcher::finish(std::string const& endpoint, std::string const& delivery, Outcome const& outcome,
                                                       base::Instant now) {
  in_flight_.erase(delivery);
  auto const found = lines_.find(endpoint);
  bool const still = found != lines_.end() && found->second.in_flight && found->second.queue.front().id == delivery;
  if (!still) return std::nullopt;
  Line& line = found->second;
  line.in_flight = false;
  Delivery& first = line.queue.front();
  Finished finished;
  if (outcome.status < 200 || outcome.status > 299) {
    first.failure = outcome.status == 0 ? outcome.failure : fmt::format("answered {}", outcome.status);
    first.next_at = now + pause(first);
    first.dead = outcome.status == gone || first.next_at - first.since > limits::webhook_give_up_after;
    finished.verdict = first.dead ? Verdict::dead : Verdict::again;
  }
  finished.delivery = first;
  if (finished.verdict != Verdict::again) {
    line.queue.pop_front();
    --waiting_;
  }
  expect(line);
  return finished;
}

/// Before the attempt after this one.
base::Millis Dispatcher::pause(Delivery const& delivery) const {
  base::Millis whole = limits::webhook_retry_first;
  for (std::uint32_t attempt = 1; attempt < delivery.attempts && whole < limits::webhook_retry_max; ++attempt) whole *= 2;
  whole = std::min(whole, limits::webhook_retry_max);
  std::uint64_t const chance = mixed(seed_ ^ base::fnv1a(delivery.id) ^ mixed(delivery.attempts));
  return whole / 2 + static_cast<base::Millis>(chance % static_cast<std::uint64_t>(whole / 2 + 1));
}

void Dispatcher::expect(Line const& line) {
  bool const can = !line.in_flight && !line.endpoint.paused && !line.queue.empty();
  if (can) due_.emplace(line.queue.front().next_at, line.endpoint.id);
}

void Dispatcher::forget(Line const& line) {
  if (!line.queue.empty()) due_.erase({line.queue.front().next_at, line.endpoint.id});
}

}  // namespace rapport::server::webhooks
