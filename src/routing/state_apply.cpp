#include "base/assert.hpp"
#include "routing/state.hpp"
#include "routing/state_change.hpp"

/// What each event makes of the state. Nothing is decided here.
namespace rapport::routing {

void State::on(QueueSet const& event) { queues_[event.queue->id].rules = event.queue; }

void State::on(AgentSet const& event) {
  AgentProfile const& profile = *event.agent;
  AgentNumber number = agent_numbers_.find(profile.id);
  if (number == none) {
    number = static_cast<AgentNumber>(agents_.size());
    agents_.emplace_back().id = profile.id;
    agent_numbers_.insert(profile.id, number);
  }
  change(number, [&](Agent& agent) {
    std::vector<std::uint8_t> levels;
    for (SkillLevel const skill : profile.skills) {
      auto const at = static_cast<std::size_t>(skill.skill);
      if (at >= levels.size()) levels.resize(at + 1);
      levels[at] = skill.level;
    }
    agent_index_.set_levels(number, agent.levels, levels);
    agent.levels = std::move(levels);
    agent.capacity = profile.capacity;
    agent.mixes_channels = profile.mixes_channels;
  });
}

void State::on(PresenceSet const& event) {
  change(number_of(event.agent), [&](Agent& agent) {
    if (event.presence == Presence::available) agent.idle_since = now_;
    agent.presence = event.presence;
    agent.reason = event.reason;
    agent.resumes.reset();
  });
}

void State::on(NotResponding const& event) {
  change(number_of(event.agent), [&](Agent& agent) { agent.resumes = event.until; });
}

void State::on(Resumed const& event) {
  change(number_of(event.agent), [&](Agent& agent) {
    agent.resumes.reset();
    agent.idle_since = now_;
  });
}

void State::on(WrapUpEnded const& event) {
  change(number_of(event.agent), [&](Agent& agent) {
    Slot const* const slot = agent.wrap_up_slot(event.contact);
    RAPPORT_ASSERT(slot != nullptr);
    agent.slots.erase(agent.slots.begin() + (slot - agent.slots.data()));
    agent.idle_since = now_;
  });
}

void State::on(Entered const& event) {
  ContactNumber const number = add(event.contact);
  Contact& contact = contacts_[number];
  contact.channel = event.channel;
  contact.boost = event.boost;
  contact.state = ContactState::parked;  // found nowhere until it waits
  change(number, Moves::everything, [&](Contact& entering) { queue_up(entering, event.wait); });
}

void State::on(Relaxed const& event) {
  change(number_of(event.contact), Moves::needs, [&](Contact& contact) {
    contact.needs.relax(contact.rules->relax[contact.step].to);
    ++contact.step;
  });
}

void State::on(ReservationEnded const& event) {
  change(number_of(event.contact), Moves::nothing, [&](Contact& contact) {
    contact.reserved_for = none;
    contact.directed = false;
  });
}

void State::on(Offered const& event) {
  AgentNumber const agent = number_of(event.agent);
  ContactNumber const number = number_of(event.contact);
  change(number, Moves::nothing, [&](Contact& contact) {
    contact.state = ContactState::offered;
    contact.agent = agent;
    contact.until = event.until;
  });
  take_slot(agent, event.contact, SlotState::offered);
}

void State::on(Answered const& event) {
  ContactNumber const number = number_of(event.contact);
  change(number, Moves::nothing, [&](Contact& contact) {
    contact.state = event.receiving ? ContactState::receiving : ContactState::connected;
    contact.until = event.until;
    contact.reserved_for = none;
    contact.directed = false;
  });
  set_slot(number_of(event.agent), event.contact,
           event.receiving ? SlotState::receiving : SlotState::connected);
  queues_.at(contacts_[number].rules->id).answers.add(now_);
}

void State::on(Returned const& event) {
  AgentNumber const agent = number_of(event.agent);
  drop_slot(agent, event.contact);
  change(number_of(event.contact), Moves::nothing, [&](Contact& contact) {
    contact.state = ContactState::waiting;
    contact.agent = none;
    if (event.why != ReturnCause::withdrawn) ++contact.unanswered;
    contact.reserved_for = none;
    contact.directed = false;
  });
}

void State::on(Overflowed const& event) {
  change(number_of(event.contact), Moves::everything, [&](Contact& contact) {
    queue_up(contact, {event.to, contact.effective_entry, contact.own, contact.needs_only, false, {}, {}});
    ++contact.overflows;
  });
}

void State::on(Left const& event) {
  ContactNumber const number = number_of(event.contact);
  Contact const& contact = contacts_[number];
  if (contact.has_agent())
    begin_wrap_up(contact.agent, event.contact, event.wrap_up_until);
  else if (contact.state == ContactState::offered)
    drop_slot(contact.agent, event.contact);
  if (contact.is_consult()) {
    Contact& served = contacts_[number_of(contact.about)];
    served.consult = {};
    set_consulting(served.agent, served.id, false);
  }
  remove(number);
}

void State::on(CallbackRequested const& event) {
  change(number_of(event.contact), Moves::nothing, [&](Contact& contact) {
    contact.callback = true;
    if (event.due <= now_) return;
    contact.state = ContactState::parked;
    contact.until = event.due;
    contact.reserved_for = none;
    contact.directed = false;
  });
}

void State::on(CustomerNotReached const& event) {
  ContactNumber const number = number_of(event.contact);
  begin_wrap_up(contacts_[number].agent, event.contact, event.wrap_up_until);
  change(number, Moves::nothing, [&](Contact& contact) {
    contact.state = ContactState::parked;
    contact.agent = none;
    contact.until = event.retry_at;
    ++contact.attempts;
  });
}

void State::on(CallbackDue const& event) {
  change(number_of(event.contact), Moves::everything, [&](Contact& contact) { start_waiting(contact); });
}

void State::on(Transferred const& event) {
  AgentNumber const by = number_of(event.by);
  begin_wrap_up(by, event.contact, event.wrap_up_until);
  change(number_of(event.contact), Moves::everything, [&](Contact& contact) {
    queue_up(contact, event.wait);
    contact.handover = true;
    contact.handed_by = by;
    contact.callback = false;
    contact.overflows = 0;
  });
}

void State::on(ConsultStarted const& event) {
  ContactNumber const number = add(event.consult);
  contacts_[number_of(event.contact)].consult = event.consult;
  Contact const& served = contacts_[number_of(event.contact)];
  contacts_[number].state = ContactState::parked;  // found nowhere until it waits
  change(number, Moves::everything, [&](Contact& consult) {
    consult.channel = served.channel;
    consult.boost = served.boost;
    consult.about = event.contact;
    consult.handover = true;
    queue_up(consult, event.wait);
  });
  set_consulting(number_of(event.by), event.contact, true);
}

void State::on(Acknowledged const& event) {
  change(number_of(event.contact), Moves::nothing, [&](Contact& contact) {
    contact.state = ContactState::connected;
    contact.handover = false;
  });
  set_slot(number_of(event.agent), event.contact, SlotState::connected);
}

void State::on(TransferDone const& event) {
  ContactNumber const number = number_of(event.contact);
  if (event.consult.nil()) {
    contacts_[number].handed_by = none;
    return;
  }
  ContactNumber const consult = number_of(event.consult);
  AgentNumber const to = number_of(event.to);
  begin_wrap_up(number_of(event.from), event.contact, event.wrap_up_until);
  change(number, Moves::nothing, [&](Contact& contact) {
    contact.agent = to;
    contact.consult = {};
    contact.rules = contacts_[consult].rules;
    contact.own = contacts_[consult].own;
    contact.needs_only = contacts_[consult].needs_only;
    contact.callback = false;
  });
  change(to, [&](Agent& agent) { agent.live_slot(event.consult)->contact = event.contact; });
  remove(consult);
}

void State::on(ReturnedToQueue const& event) {
  ContactNumber const number = number_of(event.contact);
  begin_wrap_up(number_of(event.agent), event.contact, event.wrap_up_until);
  change(number, Moves::everything, [&](Contact& contact) {
    start_waiting(contact);
    contact.callback = false;
  });
}

void State::on(Assigned const& event) {
  ContactNumber const number = add(event.contact);
  AgentNumber const agent = number_of(event.agent);
  contacts_[number].state = ContactState::connected;  // it never waited
  change(number, Moves::nothing, [&](Contact& contact) {
    contact.channel = event.channel;
    contact.rules = queues_.at(event.queue).rules;
    contact.effective_entry = contact.queued_at = now_;
    contact.agent = agent;
  });
  take_slot(agent, event.contact, SlotState::connected);
}

void State::on(BoostSet const& event) {
  change(number_of(event.contact), Moves::everything, [&](Contact& contact) { contact.boost = event.boost; });
}

void State::on(Moved const& event) {
  change(number_of(event.contact), Moves::everything, [&](Contact& contact) {
    queue_up(contact, event.wait);
    contact.overflows = 0;
  });
}

void State::on(TakenOver const& event) {
  AgentNumber const to = number_of(event.to);
  begin_wrap_up(number_of(event.from), event.contact, event.wrap_up_until);
  change(number_of(event.contact), Moves::nothing, [&](Contact& contact) { contact.agent = to; });
  take_slot(to, event.contact, SlotState::connected);
}

}  // namespace rapport::routing
