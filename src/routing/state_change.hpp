#pragma once

#include "routing/state.hpp"

/// Changing one record and where it is found, together; for the files of State alone.
namespace rapport::routing {

/// Lets `change` alter the contact and keeps line, indexes and alarms true to it. `moves` says
/// whether rank, queue or needs become others: then it is taken out by the old ones first.
template <typename Change>
void State::change(ContactNumber number, Moves moves, Change&& change) {
  Contact& contact = contacts_[number];
  Whereabouts before = whereabouts(contact);
  if (moves == Moves::everything) {
    find_no_more(number, before);
    before = {};
  } else if (moves == Moves::needs && before.in_index) {
    find_no_more(number, {.in_line = false, .in_index = true, .reserved_for = none});
    before.in_index = false;
  }
  change(contact);
  Whereabouts const after = whereabouts(contact);
  bool const other_agent = before.reserved_for != after.reserved_for;
  find_no_more(number, {before.in_line && !after.in_line, before.in_index && !after.in_index,
                        other_agent ? before.reserved_for : none});
  find_again(number, {after.in_line && !before.in_line, after.in_index && !before.in_index,
                      other_agent ? after.reserved_for : none});
  if (auto const due = contact.deadline())
    contact_alarms_.set({due->when, contact.id.high, contact.id.low, number});
  else
    contact_alarms_.clear(number);
}

/// Lets `change` alter the agent and keeps index and alarms true to it.
template <typename Change>
void State::change(AgentNumber number, Change&& change) {
  Agent& agent = agents_[number];
  change(agent);
  agent_index_.set_room(number, agent.id, agent.room(), agent.idle_since, agent.in_hand());
  if (auto const due = agent.deadline())
    agent_alarms_.set({*due, agent.id.high, agent.id.low, number});
  else
    agent_alarms_.clear(number);
}

}  // namespace rapport::routing
