#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "domain/words.hpp"
#include "routing/agent.hpp"
#include "routing/queue.hpp"

/// What can be asked of the floor. Every command either is refused by name and changes nothing, or
/// yields at least one event. Ids are given by the caller, so that a command can be repeated safely.
namespace rapport::routing {

/// Makes a queue or gives it new rules.
struct SetQueue {
  std::shared_ptr<Queue const> queue;
};
/// Makes an agent (offline) or gives them new skills and capacities.
struct SetAgent {
  std::shared_ptr<AgentProfile const> agent;
};

/// What the agent chose. `reason` belongs to a break.
struct SetPresence {
  AgentId agent;
  Presence presence = Presence::offline;
  std::string reason;
};
/// The agent is back from "not responding" before its timer.
struct Resume {
  AgentId agent;
};
struct EndWrapUp {
  AgentId agent;
  ContactId contact;
};

/// A contact arrives.
struct Enter {
  ContactId contact;
  QueueId queue{};
  domain::Channel channel = domain::Channel::voice;
  std::uint8_t boost = 0;  ///< added to the queue's priority
  Requirement needs;       ///< beside the queue's own
  AgentId last_agent;      ///< who served this customer last, or nil
  bool left = false;       ///< a message that was left: it enters a queue that is closed or full, too
};
/// The customer goes, or the conversation is over: abandoned before the answer, ended after it. Of a
/// callback: it is called off. Of a consultation: the receiver hangs up.
struct End {
  ContactId contact;
};

struct Answer {
  AgentId agent;
  ContactId contact;
};
struct Refuse {
  AgentId agent;
  ContactId contact;
};
/// The receiver of a transfer has read what was handed over.
struct Acknowledge {
  AgentId agent;
  ContactId contact;
};

/// The waiting customer rather wants to be called: at their turn, or at their turn after `due`.
struct RequestCallback {
  ContactId contact;
  std::optional<base::Instant> due;
};
/// The agent called and nobody answered.
struct CallbackMissed {
  ContactId contact;
};

enum class TransferTo : std::uint8_t { queue,
                                       agent,
                                       skill };

/// The contact's agent hands it on. Cold: it leaves them at once and waits. Warm: they keep the customer
/// and a consultation, with an id of its own, waits in the contact's stead until they complete.
struct Transfer {
  ContactId contact;
  AgentId by;
  TransferTo to = TransferTo::queue;
  QueueId queue{};
  AgentId agent;
  Requirement needs;  ///< to skill: replaces what queue and contact asked for
  ContactId consult;  ///< warm: the consultation's id; cold: nil
};
/// The receiver takes the customer over. They must have acknowledged.
struct CompleteTransfer {
  ContactId contact;
  AgentId by;
};
struct CancelTransfer {
  ContactId contact;
  AgentId by;
};
/// Takes a contact from an agent who cannot go on (connection lost) and puts it back in its place.
struct PutBack {
  ContactId contact;
};

/// An agent starts a contact: it is connected to them at once, whatever the queue's hours and skills. Not
/// while they are offline or not responding; on a break they may.
struct Assign {
  ContactId contact;
  AgentId agent;
  QueueId queue{};  ///< whose rules it lives by
  domain::Channel channel = domain::Channel::voice;
};

/// What supervisors do. Who may is not known here.
/// A waiting contact's boost becomes another.
struct SetBoost {
  ContactId contact;
  std::uint8_t boost = 0;
};
/// A waiting contact waits in another queue from now on, as if it had come there; its own needs stay.
struct Move {
  ContactId contact;
  QueueId queue{};
  bool keep_entry = true;  ///< false: it goes to the end
};
/// An agent takes a connected contact from its agent, who wraps up. A warm transfer of it ends.
struct TakeOver {
  ContactId contact;
  AgentId agent;
};

using Command =
    std::variant<SetQueue, SetAgent, SetPresence, Resume, EndWrapUp, Enter, End, Answer, Refuse, Acknowledge,
                 RequestCallback, CallbackMissed, Transfer, CompleteTransfer, CancelTransfer, PutBack, Assign,
                 SetBoost, Move, TakeOver>;

}  // namespace rapport::routing
