#include "routing/state.hpp"

#include <algorithm>
#include <variant>

#include "base/assert.hpp"
#include "routing/state_change.hpp"

namespace rapport::routing {
namespace {

/// Equal in all that decides: rules by value; where the index keeps the contact decides nothing.
bool same_contact(Contact const& left, Contact const& right) {
  bool const same_rules =
      left.rules == right.rules || (left.rules && right.rules && *left.rules == *right.rules);
  if (!same_rules) return false;
  Contact one = left;
  Contact other = right;
  one.group = other.group = none;
  one.rules = other.rules = nullptr;
  return one == other;
}

}  // namespace

void State::apply(Event const& event) {
  RAPPORT_ASSERT(event.at >= now_);
  now_ = event.at;
  std::visit([&](auto const& what) { on(what); }, event.what);
}

Contact const* State::contact(ContactId id) const {
  ContactNumber const number = contact_numbers_.find(id);
  return number == none ? nullptr : &contacts_[number];
}

Agent const* State::agent(AgentId id) const {
  AgentNumber const number = agent_numbers_.find(id);
  return number == none ? nullptr : &agents_[number];
}

QueueState const* State::queue(QueueId id) const {
  auto const found = queues_.find(id);
  return found == queues_.end() ? nullptr : &found->second;
}

AgentNumber State::number_of(AgentId id) const {
  AgentNumber const number = agent_numbers_.find(id);
  RAPPORT_ASSERT(number != none);
  return number;
}

ContactNumber State::number_of(ContactId id) const {
  ContactNumber const number = contact_numbers_.find(id);
  RAPPORT_ASSERT(number != none);
  return number;
}

std::optional<State::Due> State::due() const {
  bool const contacts = !contact_alarms_.empty();
  bool const agents = !agent_alarms_.empty();
  if (contacts && (!agents || contact_alarms_.first().when <= agent_alarms_.first().when)) {
    return Due{contact_alarms_.first().when, true, contact_alarms_.first().number};
  }
  if (agents) return Due{agent_alarms_.first().when, false, agent_alarms_.first().number};
  return std::nullopt;
}

ContactNumber State::first_for(AgentNumber number, base::Instant now) {
  Agent const& agent = agents_[number];
  unsigned const room = agent.room();
  if (room == 0) return none;
  ContactIndex::Found best = contact_index_.first_for(agent.levels, room, now);
  for (ContactNumber const reserved : agent.reserved) {
    Contact const& contact = contacts_[reserved];
    if ((room >> static_cast<unsigned>(contact.channel) & 1U) == 0) continue;
    if (!contact.directed && !contact.needs.met_by(agent.levels)) continue;
    Rank const here = rank(contact, now);
    if (best.number == none || here < best.rank) best = {reserved, here};
  }
  return best.number;
}

AgentNumber State::pick_for(Contact const& contact) const {
  if (contact.reserved_for == none)
    return agent_index_.pick(contact.rules->strategy, contact.channel, contact.needs);
  Agent const& agent = agents_[contact.reserved_for];
  bool const suits = contact.directed || contact.needs.met_by(agent.levels);
  return suits && agent.has_room(contact.channel) ? contact.reserved_for : none;
}

bool State::operator==(State const& other) const {
  return now_ == other.now_ && queues_ == other.queues_ && agents_ == other.agents_ &&
         std::ranges::equal(contacts_, other.contacts_, same_contact) && unused_ == other.unused_;
}

State::Whereabouts State::whereabouts(Contact const& contact) {
  Whereabouts at;
  at.in_line = contact.in_line();
  bool const waits = contact.state == ContactState::waiting && !contact.id.nil();
  at.in_index = waits && contact.reserved_for == none;
  at.reserved_for = waits ? contact.reserved_for : none;
  return at;
}

void State::find_no_more(ContactNumber number, Whereabouts const& from) {
  Contact const& contact = contacts_[number];
  if (from.in_line) {
    QueueState& queue = queues_.at(contact.rules->id);
    auto const line = queue.line.find(contact.base_priority());
    line->second.erase({contact.effective_entry, contact.id});
    if (line->second.empty()) queue.line.erase(line);
    --queue.waiting;
  }
  if (from.in_index) contact_index_.erase(number, contact, now_);
  if (from.reserved_for != none) std::erase(agents_[from.reserved_for].reserved, number);
}

void State::find_again(ContactNumber number, Whereabouts const& at) {
  Contact& contact = contacts_[number];
  if (at.in_line) {
    QueueState& queue = queues_.at(contact.rules->id);
    queue.line[contact.base_priority()].insert({contact.effective_entry, contact.id});
    ++queue.waiting;
  }
  if (at.in_index) contact.group = contact_index_.insert(number, contact, now_);
  if (at.reserved_for != none) agents_[at.reserved_for].reserved.push_back(number);
}

ContactNumber State::add(ContactId id) {
  ContactNumber number = static_cast<ContactNumber>(contacts_.size());
  if (unused_.empty()) {
    contacts_.emplace_back();
  } else {
    number = unused_.back();
    unused_.pop_back();
  }
  contacts_[number].id = id;
  contact_numbers_.insert(id, number);
  return number;
}

void State::remove(ContactNumber number) {
  find_no_more(number, whereabouts(contacts_[number]));
  contact_alarms_.clear(number);
  contact_numbers_.erase(contacts_[number].id);
  contacts_[number] = {};
  unused_.push_back(number);
}

/// The contact comes into a queue, under the rules that hold now.
void State::queue_up(Contact& contact, Wait const& wait) const {
  contact.rules = queues_.at(wait.queue).rules;
  contact.effective_entry = wait.effective_entry;
  contact.own = wait.needs;
  contact.needs_only = wait.needs_only;
  contact.directed = wait.directed;
  contact.reserved_for = wait.reserved_for.nil() ? none : number_of(wait.reserved_for);
  contact.reserved_until = wait.reserved_until;
  start_waiting(contact);
}

/// It waits from now on, with nothing relaxed and no offer unanswered; its effective entry stands.
void State::start_waiting(Contact& contact) const {
  contact.state = ContactState::waiting;
  contact.agent = none;
  contact.queued_at = now_;
  contact.step = 0;
  contact.unanswered = 0;
  contact.needs = contact.own;
  if (!contact.needs_only) contact.needs.add(contact.rules->needs);
}

void State::take_slot(AgentNumber number, ContactId contact, SlotState state) {
  domain::Channel const channel = contacts_[number_of(contact)].channel;
  change(number, [&](Agent& agent) { agent.slots.push_back({contact, channel, state, {}, false}); });
}

void State::set_slot(AgentNumber number, ContactId contact, SlotState state) {
  change(number, [&](Agent& agent) {
    Slot* const slot = agent.live_slot(contact);
    RAPPORT_ASSERT(slot != nullptr);
    slot->state = state;
  });
}

void State::set_consulting(AgentNumber number, ContactId contact, bool consulting) {
  change(number, [&](Agent& agent) {
    Slot* const slot = agent.live_slot(contact);
    RAPPORT_ASSERT(slot != nullptr);
    slot->consulting = consulting;
  });
}

void State::drop_slot(AgentNumber number, ContactId contact) {
  change(number, [&](Agent& agent) {
    Slot* const slot = agent.live_slot(contact);
    RAPPORT_ASSERT(slot != nullptr);
    agent.slots.erase(agent.slots.begin() + (slot - agent.slots.data()));
  });
}

void State::begin_wrap_up(AgentNumber number, ContactId contact, base::Instant until) {
  change(number, [&](Agent& agent) {
    Slot* const slot = agent.live_slot(contact);
    RAPPORT_ASSERT(slot != nullptr);
    slot->state = SlotState::wrap_up;
    slot->until = until;
    slot->consulting = false;
  });
}

}  // namespace rapport::routing
