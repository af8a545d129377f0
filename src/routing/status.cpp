#include "routing/status.hpp"

#include <algorithm>
#include <limits>

namespace rapport::routing {
namespace {

using base::Instant;
using base::Millis;

/// How many of a line with this base priority have at least `priority` at `now`. As age raises it,
/// these are the ones that came at or before some moment.
std::size_t with_priority(Ordered<Place> const& line, Queue const& rules, int base_priority, int priority,
                          Instant now) {
  if (priority <= base_priority) return line.size();
  if (priority > limits::priority_max || rules.age_every_ms == 0) return 0;
  Instant const latest{now.since_epoch - (priority - base_priority) * rules.age_every_ms};
  return line.count_before({latest + 1, {}});
}

/// At the pace of the last answers.
std::optional<Millis> paced(AnswersRing const& answers, std::size_t place, Instant now) {
  if (answers.known() < 2) return std::nullopt;
  return static_cast<Millis>(place) * (now - answers.earliest()) / static_cast<Millis>(answers.known());
}

}  // namespace

std::optional<std::size_t> position(State const& state, ContactId id, Instant now) {
  Contact const* const contact = state.contact(id);
  if (contact == nullptr || !contact->in_line()) return std::nullopt;
  int const own = contact->priority(now);
  std::size_t ahead = 0;
  for (auto const& [base_priority, line] : state.queue(contact->rules->id)->line) {
    std::size_t const higher = with_priority(line, *contact->rules, base_priority, own + 1, now);
    std::size_t const equal = with_priority(line, *contact->rules, base_priority, own, now);
    std::size_t const earlier = line.count_before({contact->effective_entry, id});
    ahead += std::max(higher, std::min(equal, earlier));
  }
  return ahead + 1;
}

std::optional<Millis> estimated_wait(State const& state, ContactId id, Instant now) {
  auto const place = position(state, id, now);
  if (!place) return std::nullopt;
  return paced(state.queue(state.contact(id)->rules->id)->answers, *place, now);
}

std::optional<Millis> estimated_wait_behind_all(State const& state, QueueId id, Instant now) {
  QueueState const* const queue = state.queue(id);
  return queue != nullptr ? paced(queue->answers, queue->waiting + 1, now) : std::nullopt;
}

std::optional<Millis> estimated_wait_of_next(State const& state, QueueId id, domain::Channel channel, Instant now) {
  QueueState const* const queue = state.queue(id);
  if (queue == nullptr) return std::nullopt;
  if (queue->waiting == 0 && state.has_free(*queue->rules, channel)) return 0;
  return paced(queue->answers, queue->waiting + 1, now);
}

std::optional<QueueStatus> queue_status(State const& state, QueueId id, Instant now) {
  QueueState const* const queue = state.queue(id);
  if (queue == nullptr) return std::nullopt;
  QueueStatus status{queue->waiting, std::nullopt, is_open(queue->rules->hours, now)};
  for (auto const& [base_priority, line] : queue->line) {
    Instant const first = line.front().effective_entry;
    if (!status.oldest || first < *status.oldest) status.oldest = first;
  }
  return status;
}

}  // namespace rapport::routing
