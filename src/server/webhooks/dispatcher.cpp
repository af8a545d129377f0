#include "server/webhooks/dispatcher.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.hpp"
#include "base/limits.hpp"

namespace rapport::server::webhooks {

bool Dispatcher::Line::can_start() const {
  return !paused && !due.empty() && in_flight < (failing ? 1 : limits::webhook_in_flight_max);
}

void Dispatcher::set_webhook(std::string const& id, bool paused) { lines_[id].paused = paused; }

std::vector<InLine> Dispatcher::remove_webhook(std::string const& id) {
  auto const found = lines_.find(id);
  if (found == lines_.end()) return {};
  std::vector<InLine> dropped;
  for (auto const& [interaction, queue] : found->second.queues) dropped.insert(dropped.end(), queue.deliveries.begin(), queue.deliveries.end());
  waiting_ -= dropped.size();
  lines_.erase(found);
  return dropped;
}

Dispatcher::Taken Dispatcher::take(std::string const& webhook, InLine delivery) {
  auto const found = lines_.find(webhook);
  if (found == lines_.end()) return Taken::no_webhook;
  Line& line = found->second;
  if (line.size >= limits::webhook_queue_max) return Taken::queue_full;
  std::string const interaction = delivery.interaction;
  Queue& queue = line.queues[interaction];
  if (!queue.deliveries.empty()) line.due.erase({queue.deliveries.front().next_at, interaction});
  auto const from = queue.deliveries.begin() + (queue.in_flight ? 1 : 0);  // the one under way stays first
  auto const place = std::upper_bound(from, queue.deliveries.end(), delivery.id,
                                      [](std::string const& its_id, InLine const& each) { return its_id < each.id; });
  queue.deliveries.insert(place, std::move(delivery));
  ++line.size;
  ++waiting_;
  expect(line, interaction, queue);
  return Taken::queued;
}

std::vector<Dispatcher::Attempt> Dispatcher::start(base::Instant now) {
  std::vector<Attempt> attempts;
  for (auto& [webhook, line] : lines_) {
    while (line.can_start() && line.due.begin()->first <= now) {
      Queue& queue = line.queues.at(line.due.begin()->second);
      line.due.erase(line.due.begin());
      queue.in_flight = true;
      ++line.in_flight;
      ++queue.deliveries.front().attempts;
      attempts.push_back({webhook, queue.deliveries.front()});
    }
  }
  return attempts;
}

std::optional<base::Instant> Dispatcher::next() const {
  std::optional<base::Instant> first;
  for (auto const& [webhook, line] : lines_) {
    if (line.can_start() && (!first || line.due.begin()->first < *first)) first = line.due.begin()->first;
  }
  return first;
}

/// The queue whose first delivery this attempt is of; null where it was removed.
Dispatcher::Queue* Dispatcher::under_way(Line*& line, std::string const& webhook, InLine const& attempt) {
  auto const found = lines_.find(webhook);
  if (found == lines_.end()) return nullptr;
  auto const queue = found->second.queues.find(attempt.interaction);
  if (queue == found->second.queues.end() || !queue->second.in_flight || queue->second.deliveries.front().id != attempt.id) return nullptr;
  line = &found->second;
  --line->in_flight;
  queue->second.in_flight = false;
  return &queue->second;
}

std::optional<Dispatcher::Finished> Dispatcher::finish(std::string const& webhook, InLine const& attempt, Result result, base::Instant now) {
  Line* line = nullptr;
  Queue* const queue = under_way(line, webhook, attempt);
  if (queue == nullptr) return std::nullopt;
  InLine& first = queue->deliveries.front();
  line->failing = result != Result::delivered;
  Finished finished;
  if (result != Result::delivered) {
    bool const dead = result == Result::gone || first.attempts >= policy_.attempts;
    finished.verdict = dead ? Verdict::dead : Verdict::again;
    first.next_at = dead ? now : now + pause(first);
  }
  finished.delivery = first;
  if (finished.verdict == Verdict::again) {
    expect(*line, attempt.interaction, *queue);
    return finished;
  }
  queue->deliveries.pop_front();
  --line->size;
  --waiting_;
  expect(*line, attempt.interaction, *queue);
  if (queue->deliveries.empty()) line->queues.erase(attempt.interaction);
  return finished;
}

void Dispatcher::postpone(std::string const& webhook, InLine const& attempt, base::Instant until) {
  Line* line = nullptr;
  Queue* const queue = under_way(line, webhook, attempt);
  if (queue == nullptr) return;
  --queue->deliveries.front().attempts;
  queue->deliveries.front().next_at = until;
  expect(*line, attempt.interaction, *queue);
}

/// Before the attempt after this one.
base::Millis Dispatcher::pause(InLine const& delivery) const {
  base::Millis whole = policy_.first;
  for (std::uint32_t attempt = 1; attempt < delivery.attempts && whole < policy_.longest; ++attempt) whole *= 2;
  whole = std::min(whole, policy_.longest);
  std::uint64_t const chance = base::fnv1a(fmt::format("{} {}", delivery.id, delivery.attempts));
  base::Millis const varied = whole / 4;
  return whole - varied + static_cast<base::Millis>(chance % static_cast<std::uint64_t>(varied + 1));
}

void Dispatcher::expect(Line& line, std::string const& interaction, Queue const& queue) {
  if (!queue.in_flight && !queue.deliveries.empty()) line.due.emplace(queue.deliveries.front().next_at, interaction);
}

}  // namespace rapport::server::webhooks
