#include <algorithm>

#include "base/limits.hpp"
#include "routing/decider.hpp"

/// Handing a contact on: to a queue, an agent or a skill; cold and warm; and putting it back.
namespace rapport::routing {
/// Nothing if this agent has the contact.
Decider::Refused Decider::own_transfer(ContactId id, AgentId by) const {
  AgentNumber const agent = state_.agent_number(by);
  if (agent == none) return Refusal::unknown_agent;
  Contact const* const contact = state_.contact(id);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->is_consult()) return Refusal::is_consult;
  if (!contact->has_agent()) return Refusal::not_connected;
  if (contact->agent != agent) return Refusal::wrong_agent;
  return std::nullopt;
}

base::Result<Wait, Refusal> Decider::wait_after(Transfer const& command, Contact const& contact) const {
  Wait wait{contact.rules->id, contact.effective_entry, contact.own, contact.needs_only, false, {}, {}};
  if (command.to == TransferTo::queue) {
    auto const queue = admit(command.queue);
    if (!queue) return queue.error();
    wait.queue = (*queue)->rules->id;
    wait.needs_only = false;
  }
  Queue const& rules = *state_.queue(wait.queue)->rules;
  if (!rules.transfer_keeps_entry) wait.effective_entry = now_;
  if (command.to == TransferTo::agent) {
    Agent const* const target = state_.agent(command.agent);
    if (target == nullptr) return Refusal::unknown_agent;
    if (command.agent == command.by) return Refusal::wrong_agent;
    bool const serves = target->capacity[static_cast<std::size_t>(contact.channel)] > 0;
    if (target->presence == Presence::offline || !serves) return Refusal::agent_unavailable;
    if (target->reserved.size() >= limits::reserved_max) return Refusal::agent_overbooked;
    wait.directed = true;
    wait.reserved_for = command.agent;
    wait.reserved_until = now_ + rules.directed_ms;
  }
  if (command.to == TransferTo::skill) {
    if (!valid(command.needs)) return Refusal::bad_contact;
    wait.needs = command.needs;
    wait.needs_only = true;
  }
  return wait;
}

Decider::Refused Decider::decide(Transfer const& command) {
  if (auto const refused = own_transfer(command.contact, command.by)) return refused;
  Contact const& contact = *state_.contact(command.contact);
  if (contact.state == ContactState::receiving) return Refusal::not_acknowledged;
  if (!contact.consult.nil()) return Refusal::transfer_in_progress;
  bool const warm = !command.consult.nil();
  if (warm && state_.contact(command.consult) != nullptr) return Refusal::contact_exists;
  if (warm && state_.contact_count() >= limits::contacts_max) return Refusal::too_many_contacts;
  auto const wait = wait_after(command, contact);
  if (!wait) return wait.error();
  if (warm) {
    emit(ConsultStarted{command.contact, command.consult, command.by, *wait});
    came(command.consult);
    return std::nullopt;
  }
  emit(Transferred{command.contact, command.by, *wait, wrap_up_until(contact)});
  came(command.contact);
  freed(state_.agent_number(command.by));
  return std::nullopt;
}

Decider::Refused Decider::decide(CompleteTransfer const& command) {
  if (auto const refused = own_transfer(command.contact, command.by)) return refused;
  Contact const& contact = *state_.contact(command.contact);
  if (contact.consult.nil()) return Refusal::no_transfer;
  Contact const& consult = *state_.contact(contact.consult);
  if (consult.state != ContactState::connected) return Refusal::not_acknowledged;
  emit(TransferDone{command.contact, command.by, id_of(consult.agent), consult.id, wrap_up_until(contact)});
  freed(state_.agent_number(command.by));
  return std::nullopt;
}

Decider::Refused Decider::decide(CancelTransfer const& command) {
  if (auto const refused = own_transfer(command.contact, command.by)) return refused;
  Contact const& contact = *state_.contact(command.contact);
  if (contact.consult.nil()) return Refusal::no_transfer;
  drop_consult(contact);
  return std::nullopt;
}

Decider::Refused Decider::decide(PutBack const& command) {
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->is_consult()) return Refusal::is_consult;
  if (!contact->has_agent()) return Refusal::not_connected;
  drop_consult(*contact);
  AgentNumber const agent = contact->agent;
  emit(ReturnedToQueue{command.contact, id_of(agent), wrap_up_until(*contact)});
  came(command.contact);
  freed(agent);
  return std::nullopt;
}

}  // namespace rapport::routing
