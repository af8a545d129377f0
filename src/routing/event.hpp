#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "base/time.hpp"
#include "domain/words.hpp"
#include "routing/agent.hpp"
#include "routing/queue.hpp"

/// What happened on the floor. Applying the events in order, and nothing else, makes the state again,
/// so an event carries what was decided: whom, until when, at which place.
namespace rapport::routing {

struct QueueSet {
  std::shared_ptr<Queue const> queue;
  bool operator==(QueueSet const& other) const { return *queue == *other.queue; }
};
struct AgentSet {
  std::shared_ptr<AgentProfile const> agent;
  bool operator==(AgentSet const& other) const { return *agent == *other.agent; }
};
struct PresenceSet {
  AgentId agent;
  Presence presence = Presence::offline;
  std::string reason;
  bool operator==(PresenceSet const&) const = default;
};
/// The agent gets no offers until then: they missed an offer, or paused by refusing one.
struct NotResponding {
  AgentId agent;
  base::Instant until;
  bool operator==(NotResponding const&) const = default;
};
struct Resumed {
  AgentId agent;
  bool operator==(Resumed const&) const = default;
};
struct WrapUpEnded {
  AgentId agent;
  ContactId contact;
  bool operator==(WrapUpEnded const&) const = default;
};

/// Where and how a contact waits: since when, for whom, for one agent alone or for all.
struct Wait {
  QueueId queue{};
  base::Instant effective_entry;
  Requirement needs;        ///< the contact's own
  bool needs_only = false;  ///< and not the queue's
  bool directed = false;    ///< the agent was named by a transfer: skills do not matter
  AgentId reserved_for;     ///< nil: for all
  base::Instant reserved_until;
  bool operator==(Wait const&) const = default;
};

struct Entered {
  ContactId contact;
  domain::Channel channel = domain::Channel::voice;
  std::uint8_t boost = 0;
  Wait wait;
  bool operator==(Entered const&) const = default;
};
/// Waiting made the next step of the queue's relaxation hold for the contact.
struct Relaxed {
  ContactId contact;
  bool operator==(Relaxed const&) const = default;
};
/// The contact no longer waits for one agent alone.
struct ReservationEnded {
  ContactId contact;
  bool operator==(ReservationEnded const&) const = default;
};
struct Offered {
  ContactId contact;
  AgentId agent;
  base::Instant until;
  bool operator==(Offered const&) const = default;
};
/// The agent has the contact. Of one handed over, `until` is when they must have acknowledged.
struct Answered {
  ContactId contact;
  AgentId agent;
  bool receiving = false;
  base::Instant until;
  bool operator==(Answered const&) const = default;
};
enum class ReturnCause : std::uint8_t { refused,
                                        no_answer,
                                        not_acknowledged,
                                        withdrawn };
/// The offer came to nothing; the contact is back in its place. All but `withdrawn` (the agent took a
/// break or went) count as unanswered.
struct Returned {
  ContactId contact;
  AgentId agent;
  ReturnCause why = ReturnCause::refused;
  bool operator==(Returned const&) const = default;
};
enum class OverflowCause : std::uint8_t { unanswered,
                                          waited };
/// The contact waits in another queue now, with its effective entry.
struct Overflowed {
  ContactId contact;
  QueueId to{};
  OverflowCause why = OverflowCause::waited;
  bool operator==(Overflowed const&) const = default;
};
enum class LeaveCause : std::uint8_t {
  abandoned,
  ended,
  overflowed,
  unreachable,
  consult_over,        ///< a consultation that was completed, cancelled, hung up, or lost its customer
  consult_unanswered,  ///< a consultation that nobody took
};
/// The contact is gone from the floor. Its agent, if it had one, wraps up until then.
struct Left {
  ContactId contact;
  LeaveCause why = LeaveCause::ended;
  AgentId agent;
  base::Instant wrap_up_until;
  bool operator==(Left const&) const = default;
};

struct CallbackRequested {
  ContactId contact;
  base::Instant due;
  bool operator==(CallbackRequested const&) const = default;
};
struct CustomerNotReached {
  ContactId contact;
  AgentId agent;
  base::Instant retry_at;
  base::Instant wrap_up_until;
  bool operator==(CustomerNotReached const&) const = default;
};
/// A callback's time has come: it takes its place in the queue again.
struct CallbackDue {
  ContactId contact;
  bool operator==(CallbackDue const&) const = default;
};

/// Cold: the contact left its agent and waits.
struct Transferred {
  ContactId contact;
  AgentId by;
  Wait wait;
  base::Instant wrap_up_until;
  bool operator==(Transferred const&) const = default;
};
/// Warm: a consultation waits in the contact's stead.
struct ConsultStarted {
  ContactId contact;
  ContactId consult;
  AgentId by;
  Wait wait;
  bool operator==(ConsultStarted const&) const = default;
};
struct Acknowledged {
  ContactId contact;
  AgentId agent;
  bool operator==(Acknowledged const&) const = default;
};
/// Now the customer may be told. Of a warm transfer `consult` is gone and `from` wraps up.
struct TransferDone {
  ContactId contact;
  AgentId from;
  AgentId to;
  ContactId consult;
  base::Instant wrap_up_until;
  bool operator==(TransferDone const&) const = default;
};
/// Taken from its agent and back in its place.
struct ReturnedToQueue {
  ContactId contact;
  AgentId agent;
  base::Instant wrap_up_until;
  bool operator==(ReturnedToQueue const&) const = default;
};

/// An agent started the contact and has it.
struct Assigned {
  ContactId contact;
  AgentId agent;
  QueueId queue{};
  domain::Channel channel = domain::Channel::voice;
  bool operator==(Assigned const&) const = default;
};
struct BoostSet {
  ContactId contact;
  std::uint8_t boost = 0;
  bool operator==(BoostSet const&) const = default;
};
/// A supervisor let the contact wait elsewhere.
struct Moved {
  ContactId contact;
  Wait wait;
  bool operator==(Moved const&) const = default;
};
/// Another agent has the contact now; `from` wraps up.
struct TakenOver {
  ContactId contact;
  AgentId from;
  AgentId to;
  base::Instant wrap_up_until;
  bool operator==(TakenOver const&) const = default;
};

using Happening = std::variant<QueueSet, AgentSet, PresenceSet, NotResponding, Resumed, WrapUpEnded, Entered,
                               Relaxed, ReservationEnded, Offered, Answered, Returned, Overflowed, Left,
                               CallbackRequested, CustomerNotReached, CallbackDue, Transferred,
                               ConsultStarted, Acknowledged, TransferDone, ReturnedToQueue, Assigned, BoostSet,
                               Moved, TakenOver>;

struct Event {
  base::Instant at;
  Happening what;
  bool operator==(Event const&) const = default;
};

}  // namespace rapport::routing
