#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/time.hpp"
#include "domain/words.hpp"
#include "routing/ids.hpp"
#include "routing/queue.hpp"
#include "routing/requirement.hpp"

namespace rapport::routing {

/// Each state is left by an action or a timer; End leaves them all.
enum class ContactState : std::uint8_t {
  waiting,    ///< until offered
  offered,    ///< until answered, refused, withdrawn, or its timer
  receiving,  ///< with an agent who must acknowledge the hand-over, or its timer
  connected,  ///< with its agent
  parked,     ///< a callback whose time has not come
};

/// What runs out for a contact; of those that run out at one moment, the first here is decided first.
enum class ContactTimer : std::uint8_t { offer,
                                         acknowledge,
                                         park,
                                         reservation,
                                         relax,
                                         overflow };

/// A contact on the floor. The order of those that wait is (priority descending, effective entry, id).
struct Contact {
  ContactId id;
  std::shared_ptr<Queue const> rules;  ///< of its queue, as they were when it came in
  domain::Channel channel = domain::Channel::voice;
  ContactState state = ContactState::waiting;
  std::uint8_t boost = 0;
  bool callback = false;
  bool handover = false;  ///< transferred: its next agent must acknowledge the context
  bool needs_only = false;
  bool directed = false;
  std::uint8_t step = 0;        ///< of relaxation
  std::uint8_t unanswered = 0;  ///< offers in this queue
  std::uint8_t overflows = 0;
  std::uint8_t attempts = 0;  ///< to reach the customer of a callback
  base::Instant effective_entry;
  base::Instant queued_at;       ///< came into this queue; relaxation and overflow count from here
  base::Instant until;           ///< of the offer, the acknowledgement or the parking
  AgentNumber agent = none;      ///< offered to, receiving, or connected with
  AgentNumber handed_by = none;  ///< the agent of before a cold transfer
  AgentNumber reserved_for = none;
  base::Instant reserved_until;
  ContactId consult;           ///< a warm transfer is under way: the consultation
  ContactId about;             ///< a consultation: the customer's contact
  Requirement own;             ///< asked for by the contact itself
  Requirement needs;           ///< asked for now: with the queue's, relaxed
  std::uint32_t group = none;  ///< of the index, while it is in it

  bool operator==(Contact const&) const = default;

  bool is_consult() const { return !about.nil(); }
  bool has_agent() const { return state == ContactState::connected || state == ContactState::receiving; }
  /// Not answered yet: these have a position in their queue.
  bool in_line() const { return state == ContactState::waiting || state == ContactState::offered; }
  std::uint8_t base_priority() const;
  std::uint8_t priority(base::Instant now) const {
    return aged_priority(*rules, base_priority(), effective_entry, now);
  }
  /// True if waiting or unanswered offers have made it overflow by `now`.
  bool overflows_at(base::Instant now) const;
  /// What runs out next.
  struct Due {
    base::Instant when;
    ContactTimer timer = ContactTimer::offer;
  };
  std::optional<Due> deadline() const;
};

/// Where a waiting contact stands: less is better. The exact order of the floor.
struct Rank {
  std::int32_t minus_priority = 0;
  base::Instant effective_entry;
  ContactId id;

  auto operator<=>(Rank const&) const = default;
};
inline Rank rank(Contact const& contact, base::Instant now) {
  return {-contact.priority(now), contact.effective_entry, contact.id};
}

}  // namespace rapport::routing
