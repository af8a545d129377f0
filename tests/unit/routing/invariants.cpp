#include "unit/routing/invariants.hpp"

#include <algorithm>
#include <map>

#include "unit/routing/names.hpp"

namespace rapport::routing {
namespace {

SlotState slot_of(ContactState state) {
  switch (state) {
    case ContactState::offered:
      return SlotState::offered;
    case ContactState::receiving:
      return SlotState::receiving;
    default:
      return SlotState::connected;
  }
}

std::string check_agent(State const& state, Agent const& agent, std::map<ContactId, int>& holders) {
  std::string const name = name_of(agent.id);
  std::map<domain::Channel, int> used;
  int offers = 0;
  for (Slot const& slot : agent.slots) {
    ++used[slot.channel];
    offers += slot.state == SlotState::offered ? 1 : 0;
    if (slot.state == SlotState::wrap_up) continue;
    ++holders[slot.contact];
    Contact const* const contact = state.contact(slot.contact);
    if (contact == nullptr) return name + " holds a contact that is gone: " + name_of(slot.contact);
    if (contact->agent != state.agent_number(agent.id))
      return name + " holds another agent's " + name_of(slot.contact);
    if (slot.state != slot_of(contact->state)) return name + " and " + name_of(slot.contact) + " disagree";
  }
  for (auto const& [channel, count] : used) {
    if (count > agent.capacity[static_cast<std::size_t>(channel)])
      return name + " has more than their capacity";
  }
  if (!agent.mixes_channels && used.size() > 1) return name + " mixes channels";
  if (offers > 1) return name + " has two offers";
  if (agent.presence == Presence::offline && !agent.slots.empty()) return name + " is offline with contacts";
  if (agent.presence != Presence::available && offers > 0) return name + " is not available and has an offer";
  bool const timed = agent.resumes || std::ranges::any_of(agent.slots, [](Slot const& slot) {
                       return slot.state == SlotState::wrap_up;
                     });
  if (timed && !agent.deadline()) return name + " is stuck";
  return {};
}

std::string check_contact(State const& state, Contact const& contact,
                          std::map<ContactId, int> const& holders) {
  std::string const name = name_of(contact.id);
  bool const held = contact.state == ContactState::offered || contact.has_agent();
  int const by = holders.contains(contact.id) ? holders.at(contact.id) : 0;
  if (by != (held ? 1 : 0)) return name + " is held by " + std::to_string(by) + " agents";
  if (held && state.agent(contact.agent).live_slot(contact.id) == nullptr)
    return name + " is not with its agent";
  if (!contact.consult.nil() && state.contact(contact.consult) == nullptr)
    return name + " lost its consultation";
  if (contact.is_consult() && state.contact(contact.about) == nullptr) return name + " lost its customer";
  bool const timed = contact.state == ContactState::offered || contact.state == ContactState::receiving ||
                     contact.state == ContactState::parked || contact.reserved_for != none;
  if (timed && !contact.deadline()) return name + " is stuck";
  return {};
}

/// Whether this agent could be offered this contact, by the rules and not by the indexes.
bool could_have(Agent const& agent, AgentNumber number, Contact const& contact) {
  if (contact.state != ContactState::waiting || !agent.has_room(contact.channel)) return false;
  if (contact.reserved_for != none && contact.reserved_for != number) return false;
  return contact.directed || contact.needs.met_by(agent.levels);
}

}  // namespace

std::string broken_invariant(State& state, base::Instant now) {
  std::map<ContactId, int> holders;
  for (AgentNumber number = 0; number < state.agent_count(); ++number) {
    if (auto wrong = check_agent(state, state.agent(number), holders); !wrong.empty()) return wrong;
  }
  std::size_t found = 0;
  for (ContactNumber at = 0; at < state.contact_numbers_end(); ++at) {
    Contact const& contact = state.contact(at);
    if (contact.id.nil()) continue;
    ++found;
    if (state.contact_number(contact.id) != at) return name_of(contact.id) + " cannot be found";
    if (auto wrong = check_contact(state, contact, holders); !wrong.empty()) return wrong;
    for (AgentNumber number = 0; number < state.agent_count(); ++number) {
      if (!could_have(state.agent(number), number, contact)) continue;
      return name_of(contact.id) + " waits although " + name_of(state.agent(number).id) + " is free";
    }
  }
  if (found != state.contact_count()) return "a contact is lost";
  if (auto const due = state.due(); due && due->when < now) return "a deadline has passed undecided";
  return {};
}

}  // namespace rapport::routing
