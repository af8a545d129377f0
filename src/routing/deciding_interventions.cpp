#include "base/limits.hpp"
#include "routing/decider.hpp"

/// What people decide past the queues: agents who start contacts, supervisors who step in.
namespace rapport::routing {

/// Why the agent cannot be given a contact of the channel at once; nothing if they can.
Decider::Refused Decider::cannot_take(Agent const& agent, domain::Channel channel) {
  bool const serves = agent.capacity[static_cast<std::size_t>(channel)] > 0;
  if (agent.presence == Presence::offline || agent.resumes || !serves) return Refusal::agent_unavailable;
  return agent.has_space(channel) ? std::nullopt : std::optional{Refusal::no_room};
}

Decider::Refused Decider::decide(Assign const& command) {
  if (command.contact.nil()) return Refusal::bad_contact;
  if (state_.contact(command.contact) != nullptr) return Refusal::contact_exists;
  if (state_.contact_count() >= limits::contacts_max) return Refusal::too_many_contacts;
  if (state_.queue(command.queue) == nullptr) return Refusal::unknown_queue;
  Agent const* const agent = state_.agent(command.agent);
  if (agent == nullptr) return Refusal::unknown_agent;
  if (auto const refused = cannot_take(*agent, command.channel)) return refused;
  emit(Assigned{command.contact, command.agent, command.queue, command.channel});
  return std::nullopt;
}

/// Nobody is free for a contact that waits, so another place in the line changes nothing at once.
Decider::Refused Decider::decide(SetBoost const& command) {
  if (command.boost > limits::priority_max) return Refusal::bad_contact;
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->state != ContactState::waiting) return Refusal::not_waiting;
  if (contact->boost == command.boost) return Refusal::already_so;
  emit(BoostSet{command.contact, command.boost});
  return std::nullopt;
}

Decider::Refused Decider::decide(Move const& command) {
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->is_consult()) return Refusal::is_consult;
  if (contact->state != ContactState::waiting) return Refusal::not_waiting;
  auto const queue = admit(command.queue);
  if (!queue) return queue.error();
  QueueId const to = (*queue)->rules->id;
  if (to == contact->rules->id) return Refusal::already_so;
  base::Instant const entry = command.keep_entry ? contact->effective_entry : now_;
  emit(Moved{command.contact, {to, entry, contact->own, false, false, {}, {}}});
  came(command.contact);
  return std::nullopt;
}

Decider::Refused Decider::decide(TakeOver const& command) {
  AgentNumber const to = state_.agent_number(command.agent);
  if (to == none) return Refusal::unknown_agent;
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->is_consult()) return Refusal::is_consult;
  if (!contact->has_agent()) return Refusal::not_connected;
  if (contact->state == ContactState::receiving) return Refusal::not_acknowledged;
  if (contact->agent == to) return Refusal::already_so;
  if (auto const refused = cannot_take(state_.agent(to), contact->channel)) return refused;
  drop_consult(*contact);
  AgentNumber const from = contact->agent;
  emit(TakenOver{command.contact, id_of(from), command.agent, wrap_up_until(*contact)});
  freed(from);
  return std::nullopt;
}

}  // namespace rapport::routing
