#include <algorithm>

#include "base/limits.hpp"
#include "routing/decider.hpp"

/// What agents do and what runs out for them.
namespace rapport::routing {

Decider::Refused Decider::decide(SetAgent const& command) {
  if (!command.agent) return Refusal::bad_agent;
  if (auto const bad = check(*command.agent)) return bad;
  bool const is_new = state_.agent_number(command.agent->id) == none;
  if (is_new && state_.agent_count() >= limits::agents_max) return Refusal::too_many_agents;
  emit(AgentSet{command.agent});
  freed(state_.agent_number(command.agent->id));
  return std::nullopt;
}

Decider::Refused Decider::decide(SetPresence const& command) {
  Agent const* const agent = state_.agent(command.agent);
  if (agent == nullptr) return Refusal::unknown_agent;
  bool const on_break = command.presence == Presence::on_break;
  if (on_break == command.reason.empty() || command.reason.size() > limits::name_bytes_max)
    return Refusal::bad_reason;
  bool const back = command.presence == Presence::available && agent->resumes;
  if (agent->presence == command.presence && agent->reason == command.reason && !back)
    return Refusal::already_so;
  bool const going = command.presence == Presence::offline;
  bool const serving = std::ranges::any_of(agent->slots, [](Slot const& slot) {
    return slot.state == SlotState::connected || slot.state == SlotState::receiving;
  });
  if (going && serving) return Refusal::has_contacts;
  emit(PresenceSet{command.agent, command.presence, command.reason});
  if (command.presence != Presence::available) {
    std::vector<Slot> const slots = agent->slots;
    for (Slot const& slot : slots) {
      if (slot.state == SlotState::offered) give_back(*state_.contact(slot.contact), ReturnCause::withdrawn);
      if (slot.state == SlotState::wrap_up && going) emit(WrapUpEnded{command.agent, slot.contact});
    }
  }
  freed(state_.agent_number(command.agent));
  return std::nullopt;
}

Decider::Refused Decider::decide(Resume const& command) {
  Agent const* const agent = state_.agent(command.agent);
  if (agent == nullptr) return Refusal::unknown_agent;
  if (!agent->resumes) return Refusal::already_so;
  emit(Resumed{command.agent});
  freed(state_.agent_number(command.agent));
  return std::nullopt;
}

Decider::Refused Decider::decide(EndWrapUp const& command) {
  Agent const* const agent = state_.agent(command.agent);
  if (agent == nullptr) return Refusal::unknown_agent;
  if (agent->wrap_up_slot(command.contact) == nullptr) return Refusal::not_in_wrap_up;
  emit(WrapUpEnded{command.agent, command.contact});
  freed(state_.agent_number(command.agent));
  return std::nullopt;
}

Decider::Refused Decider::decide(Answer const& command) {
  AgentNumber const agent = state_.agent_number(command.agent);
  if (agent == none) return Refusal::unknown_agent;
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->state != ContactState::offered || contact->agent != agent) return Refusal::not_offered;
  bool const receiving = contact->handover;
  base::Instant const until = receiving ? now_ + contact->rules->acknowledge_ms : base::Instant{};
  emit(Answered{command.contact, command.agent, receiving, until});
  freed(agent);
  return std::nullopt;
}

Decider::Refused Decider::decide(Refuse const& command) {
  AgentNumber const agent = state_.agent_number(command.agent);
  if (agent == none) return Refusal::unknown_agent;
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->state != ContactState::offered || contact->agent != agent) return Refusal::not_offered;
  give_back(*contact, ReturnCause::refused);
  return std::nullopt;
}

Decider::Refused Decider::decide(Acknowledge const& command) {
  AgentNumber const agent = state_.agent_number(command.agent);
  if (agent == none) return Refusal::unknown_agent;
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->state != ContactState::receiving || contact->agent != agent) return Refusal::not_receiving;
  AgentId const from = id_of(contact->handed_by);
  bool const consult = contact->is_consult();
  emit(Acknowledged{command.contact, command.agent});
  if (!consult) emit(TransferDone{command.contact, from, command.agent, {}, {}});
  return std::nullopt;
}

/// An offer, or an answer without acknowledgement, that came to nothing. The agent pauses, unless
/// it was their presence that ended it.
void Decider::give_back(Contact const& contact, ReturnCause why) {
  AgentId const agent = id_of(contact.agent);
  base::Millis const pause =
      why == ReturnCause::refused ? contact.rules->refusal_pause_ms : contact.rules->not_responding_ms;
  ContactId const id = contact.id;
  emit(Returned{id, agent, why});
  if (why != ReturnCause::withdrawn) emit(NotResponding{agent, now_ + pause});
  came(id);
}

void Decider::run_out(State::Due const& due) {
  if (!due.of_contact) {
    Agent const& agent = state_.agent(due.number);
    if (agent.resumes && *agent.resumes <= now_) emit(Resumed{agent.id});
    return freed(due.number);  // wrap-ups that ran out end as it settles
  }
  Contact const& contact = state_.contact(due.number);
  ContactId const id = contact.id;
  switch (contact.deadline()->timer) {
    case ContactTimer::offer:
      return give_back(contact, ReturnCause::no_answer);
    case ContactTimer::acknowledge:
      return give_back(contact, ReturnCause::not_acknowledged);
    case ContactTimer::park:
      emit(CallbackDue{id});
      break;
    case ContactTimer::reservation:
      emit(ReservationEnded{id});
      break;
    case ContactTimer::relax:
      emit(Relaxed{id});
      break;
    case ContactTimer::overflow:
      break;  // it overflows as it settles
  }
  came(id);
}

}  // namespace rapport::routing
