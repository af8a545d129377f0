#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "routing/hours.hpp"
#include "routing/ids.hpp"
#include "routing/refusal.hpp"
#include "routing/requirement.hpp"

namespace rapport::routing {

/// Which of several free agents a contact that arrives goes to; the least agent id breaks ties.
enum class Strategy : std::uint8_t {
  longest_idle,  ///< idle for the longest time
  most_skilled,  ///< the greatest sum of proficiencies in the skills asked for
  least_loaded,  ///< the fewest contacts in hand
};

/// After so long in the queue, less is asked of one skill.
struct RelaxStep {
  base::Millis after_ms = 0;
  SkillLevel to;

  bool operator==(RelaxStep const&) const = default;
};

/// The rules of one queue. A contact lives by the rules that its queue had when it came into it;
/// new rules hold for the next contact. A value; `check` says whether it can be used.
struct Queue {
  QueueId id{};
  std::uint8_t priority = 0;     ///< higher goes first; at most limits::priority_max
  Requirement needs;             ///< asked of every agent who takes a contact of it
  std::vector<RelaxStep> relax;  ///< in order of time
  Strategy strategy = Strategy::longest_idle;
  base::Millis age_every_ms = 0;  ///< waiting so long raises the priority by one, again and again; 0: never

  base::Millis target_ms = 20 * base::second;  ///< service level: answered within this …
  std::int32_t target_thousandths = 800;       ///< … this share of contacts; for reports, decides nothing here

  OpeningHours hours;
  bool accepts_when_closed = false;  ///< e-mails may come at night
  std::optional<QueueId> closed_to;  ///< where contacts go that come when it is closed
  std::uint32_t waiting_max = 0;     ///< more are sent to `overflow_to` or refused; 0: no limit of its own

  base::Millis offer_ms = 20 * base::second;           ///< to answer an offer
  base::Millis acknowledge_ms = 60 * base::second;     ///< to acknowledge a hand-over after answering
  base::Millis wrap_up_ms = 0;                         ///< after a contact; ends earlier by the agent's action
  base::Millis refusal_pause_ms = 10 * base::second;   ///< without offers after refusing one
  base::Millis not_responding_ms = 60 * base::second;  ///< without offers after missing one

  base::Millis affinity_ms = 0;                  ///< how long a contact waits for its last agent alone; 0: no affinity
  std::uint8_t fair_load = 1;                    ///< affinity only while the agent has fewer in hand and reserved
  base::Millis directed_ms = 60 * base::second;  ///< how long a transfer to an agent waits for them alone

  std::uint8_t unanswered_max = 0;     ///< so many unanswered offers make a contact overflow; 0: never
  base::Millis overflow_after_ms = 0;  ///< so long in this queue makes it overflow; 0: never
  std::optional<QueueId>
      overflow_to;  ///< where it overflows to; nothing: it leaves the floor (voicemail, message)

  bool transfer_keeps_entry = true;  ///< a contact transferred here keeps its effective entry
  base::Millis callback_retry_ms =
      10 * base::minute;                   ///< until a customer who was not reached is tried again
  std::uint8_t callback_attempts_max = 3;  ///< then the contact leaves as unreachable

  bool operator==(Queue const&) const = default;
};

/// Nothing if the rules are within the limits and fit together, else bad_queue.
std::optional<Refusal> check(Queue const& queue);

/// The priority that a contact has at `now`: its base raised by ageing, never above the limit.
inline std::uint8_t aged_priority(Queue const& queue, std::uint8_t base_priority,
                                  base::Instant effective_entry, base::Instant now) {
  if (queue.age_every_ms == 0 || now <= effective_entry) return base_priority;
  base::Millis const steps = (now - effective_entry) / queue.age_every_ms;
  base::Millis const room = limits::priority_max - base_priority;
  return static_cast<std::uint8_t>(base_priority + (steps < room ? steps : room));
}

}  // namespace rapport::routing
