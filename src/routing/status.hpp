#pragma once

#include <cstddef>
#include <optional>

#include "base/time.hpp"
#include "domain/words.hpp"
#include "routing/ids.hpp"
#include "routing/state.hpp"

/// What customers and wallboards ask. Nothing here changes the floor or looks at every contact: a
/// position costs a count over the blocks of one queue.
namespace rapport::routing {

/// The contact's place among the unanswered of its queue in the exact order, those ahead in other
/// queues not counted: 1 is next. Ageing is by the contact's own rules. Nothing if it does not wait.
std::optional<std::size_t> position(State const& state, ContactId contact, base::Instant now);

/// How long until an answer, at the pace of the queue's last answers (32 at most): position times
/// (now − the earliest of them) / their number. Nothing if fewer than two are known, or it does not wait.
std::optional<base::Millis> estimated_wait(State const& state, ContactId contact, base::Instant now);

/// The same of one that came now and waited behind all others of the queue.
std::optional<base::Millis> estimated_wait_behind_all(State const& state, QueueId queue, base::Instant now);

/// How long somebody who came on this channel now would wait: 0 where nobody waits and a suited agent
/// has room, else as estimated_wait for the next place. Nothing for an unknown queue.
std::optional<base::Millis> estimated_wait_of_next(State const& state, QueueId queue, domain::Channel channel, base::Instant now);

/// A queue at a glance.
struct QueueStatus {
  std::size_t waiting = 0;              ///< not answered yet, offered ones included
  std::optional<base::Instant> oldest;  ///< the earliest effective entry of these
  bool open = false;
};
/// Nothing for an unknown queue.
std::optional<QueueStatus> queue_status(State const& state, QueueId queue, base::Instant now);

}  // namespace rapport::routing
