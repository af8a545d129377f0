#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "routing/decider.hpp"

/// How contacts come, find an agent, overflow, and go.
namespace rapport::routing {
void Decider::emit(Happening what) {
  events_.push_back({now_, std::move(what)});
  state_.apply(events_.back());
}

Decider::Refused Decider::decide(SetQueue const& command) {
  if (!command.queue) return Refusal::bad_queue;
  if (auto const bad = check(*command.queue)) return bad;
  for (auto const& target : {command.queue->closed_to, command.queue->overflow_to}) {
    if (target && state_.queue(*target) == nullptr) return Refusal::unknown_queue;
  }
  bool const is_new = state_.queue(command.queue->id) == nullptr;
  if (is_new && state_.queue_count() >= limits::queues_max) return Refusal::too_many_queues;
  emit(QueueSet{command.queue});
  return std::nullopt;
}

base::Result<QueueState const*, Refusal> Decider::admit(QueueId id) const {
  Refusal last = Refusal::unknown_queue;
  for (int hop = 0; hop <= limits::overflows_max; ++hop) {
    QueueState const* const queue = state_.queue(id);
    if (queue == nullptr) return Refusal::unknown_queue;
    Queue const& rules = *queue->rules;
    std::optional<QueueId> elsewhere;
    if (!rules.accepts_when_closed && !is_open(rules.hours, now_)) {
      last = Refusal::queue_closed;
      elsewhere = rules.closed_to;
    } else if (rules.waiting_max != 0 && queue->waiting >= rules.waiting_max) {
      last = Refusal::queue_full;
      elsewhere = rules.overflow_to;
    } else {
      return queue;
    }
    if (!elsewhere) return last;
    id = *elsewhere;
  }
  return last;
}

/// The agent that the contact waits for alone: who served the customer last, if they are at work, have
/// the skills, and their share is fair; else `none`.
AgentNumber Decider::last_agent_for(Enter const& command, Queue const& rules) const {
  AgentNumber const number = state_.agent_number(command.last_agent);
  if (rules.affinity_ms == 0 || number == none) return none;
  Agent const& agent = state_.agent(number);
  Requirement needs = command.needs;
  needs.add(rules.needs);
  bool const at_work = agent.presence == Presence::available && !agent.resumes;
  bool const serves =
      agent.capacity[static_cast<std::size_t>(command.channel)] > 0 && needs.met_by(agent.levels);
  std::size_t const load = agent.slots.size() + agent.reserved.size();
  return at_work && serves && load < rules.fair_load ? number : none;
}

Decider::Refused Decider::decide(Enter const& command) {
  if (command.contact.nil() || !valid(command.needs) || command.boost > limits::priority_max)
    return Refusal::bad_contact;
  if (state_.contact(command.contact) != nullptr) return Refusal::contact_exists;
  if (state_.contact_count() >= limits::contacts_max) return Refusal::too_many_contacts;
  QueueState const* const wanted = command.left ? state_.queue(command.queue) : nullptr;
  auto const queue = wanted != nullptr ? base::Result<QueueState const*, Refusal>{wanted} : admit(command.queue);
  if (!queue) return queue.error();
  Queue const& rules = *(*queue)->rules;
  Wait wait{rules.id, now_, command.needs, false, false, {}, {}};
  if (AgentNumber const last = last_agent_for(command, rules); last != none) {
    wait.reserved_for = id_of(last);
    wait.reserved_until = now_ + rules.affinity_ms;
  }
  emit(Entered{command.contact, command.channel, command.boost, wait});
  came(command.contact);
  return std::nullopt;
}

/// The contact is gone; a consultation about it goes first. Its agent wraps up.
void Decider::leave(Contact const& contact, LeaveCause why, base::Instant wrap_up_until) {
  drop_consult(contact);
  AgentNumber const agent = contact.agent;
  AgentNumber const consulting = contact.is_consult() ? state_.contact(contact.about)->agent : none;
  emit(Left{contact.id, why, id_of(agent), wrap_up_until});
  for (AgentNumber const free_again : {agent, consulting}) {
    if (free_again != none) freed(free_again);
  }
}

void Decider::drop_consult(Contact const& contact) {
  if (contact.consult.nil()) return;
  leave(*state_.contact(contact.consult), LeaveCause::consult_over, now_);
}

Decider::Refused Decider::decide(End const& command) {
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->is_consult())
    leave(*contact, LeaveCause::consult_over, now_);
  else if (contact->has_agent())
    leave(*contact, LeaveCause::ended, wrap_up_until(*contact));
  else
    leave(*contact, LeaveCause::abandoned, now_);
  return std::nullopt;
}

Decider::Refused Decider::decide(RequestCallback const& command) {
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (contact->is_consult()) return Refusal::is_consult;
  if (contact->state != ContactState::waiting) return Refusal::not_waiting;
  base::Instant const due = command.due.value_or(now_);
  bool const in_reach = due >= now_ && due - now_ <= limits::callback_ahead_max;
  if (!in_reach || (command.due && !is_open(contact->rules->hours, due))) return Refusal::bad_due_time;
  emit(CallbackRequested{command.contact, due});
  return std::nullopt;
}

Decider::Refused Decider::decide(CallbackMissed const& command) {
  Contact const* const contact = state_.contact(command.contact);
  if (contact == nullptr) return Refusal::unknown_contact;
  if (!contact->callback) return Refusal::not_callback;
  if (contact->state != ContactState::connected) return Refusal::not_connected;
  if (!contact->consult.nil()) return Refusal::transfer_in_progress;
  AgentNumber const agent = contact->agent;
  if (contact->attempts + 1 >= contact->rules->callback_attempts_max) {
    leave(*contact, LeaveCause::unreachable, now_);
    return std::nullopt;
  }
  base::Instant const retry_at = now_ + contact->rules->callback_retry_ms;
  emit(CustomerNotReached{command.contact, id_of(agent), retry_at, now_});
  freed(agent);
  return std::nullopt;
}

void Decider::offer(ContactNumber contact, AgentNumber agent) {
  Contact const& offered = state_.contact(contact);
  emit(Offered{offered.id, id_of(agent), now_ + offered.rules->offer_ms});
}

/// Moves the contact on to where its queue overflows to.
void Decider::overflow(Contact const& contact, OverflowCause why) {
  if (contact.is_consult()) return leave(contact, LeaveCause::consult_unanswered, now_);
  if (!contact.rules->overflow_to) return leave(contact, LeaveCause::overflowed, now_);
  emit(Overflowed{contact.id, *contact.rules->overflow_to, why});
}

/// A contact that came (back) to its place: overflows, goes to a free agent, or waits.
void Decider::place(ContactId id) {
  Contact const* contact = state_.contact(id);
  if (contact == nullptr || contact->state != ContactState::waiting) return;
  if (contact->overflows_at(now_)) {
    Queue const& rules = *contact->rules;
    bool const unanswered = rules.unanswered_max != 0 && contact->unanswered >= rules.unanswered_max;
    overflow(*contact, unanswered ? OverflowCause::unanswered : OverflowCause::waited);
    contact = state_.contact(id);
    if (contact == nullptr) return;
  }
  if (AgentNumber const agent = state_.pick_for(*contact); agent != none)
    offer(state_.contact_number(id), agent);
}

void Decider::settle() {
  for (ContactId const contact : came_) place(contact);
  for (AgentNumber const number : freed_) {
    Agent const& agent = state_.agent(number);
    auto const is_over = [&](Slot const& slot) {
      return slot.state == SlotState::wrap_up && slot.until <= now_;
    };
    for (;;) {
      auto const over = std::ranges::find_if(agent.slots, is_over);
      if (over == agent.slots.end()) break;
      emit(WrapUpEnded{agent.id, over->contact});
    }
  }
  for (AgentNumber const agent : freed_) {
    if (ContactNumber const contact = state_.first_for(agent, now_); contact != none) offer(contact, agent);
  }
}

}  // namespace rapport::routing
