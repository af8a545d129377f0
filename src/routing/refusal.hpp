#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rapport::routing {

/// Why a command was refused; a refused command changed nothing.
enum class Refusal : std::uint8_t {
  time_before_present,  ///< `now` lies before the last event
  deadlines_due,        ///< deadlines before `now` are not decided yet: advance first
  bad_queue,            ///< the queue's rules break a limit or contradict each other
  bad_agent,            ///< the agent's skills or capacity break a limit
  bad_contact,          ///< nil id, or more skills than a contact may ask for
  bad_reason,           ///< a break without a reason, or one that is too long
  too_many_queues,
  too_many_agents,
  too_many_contacts,
  unknown_queue,
  unknown_agent,
  unknown_contact,
  contact_exists,  ///< the id is taken by a contact on the floor
  queue_closed,
  queue_full,
  already_so,         ///< presence is what it is asked to become, or the agent is not "not responding"
  has_contacts,       ///< an agent who speaks or writes with customers cannot go offline
  not_offered,        ///< the contact is not offered to this agent (any more)
  not_connected,      ///< the contact has no agent
  not_waiting,        ///< the contact does not wait in a queue
  not_in_wrap_up,     ///< the agent does not wrap this contact up
  not_receiving,      ///< no hand-over waits for this agent's acknowledgement
  not_callback,       ///< the contact is not a callback
  bad_due_time,       ///< a callback in the past, too far ahead, or when the queue is closed
  wrong_agent,        ///< the contact is with another agent
  is_consult,         ///< a consultation cannot be transferred, called back or put back
  agent_unavailable,  ///< the agent is offline or does not serve this channel
  agent_overbooked,   ///< too many contacts wait for this agent alone
  transfer_in_progress,
  no_transfer,       ///< no warm transfer is under way
  not_acknowledged,  ///< the receiver has not acknowledged the context yet
  no_room,           ///< the agent has as many contacts as they may, an open offer, or consults a colleague
};
inline constexpr std::size_t refusal_count = static_cast<std::size_t>(Refusal::no_room) + 1;

/// The reason's name as written above, for interfaces and scenarios.
std::string_view name(Refusal refusal);

}  // namespace rapport::routing
