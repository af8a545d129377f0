#include "base/assert.hpp"
#include "routing/state.hpp"
#include "routing/state_change.hpp"

/// To a snapshot and back: records are copied, lines, indexes and alarms made anew.
namespace rapport::routing {

Snapshot State::snapshot() const {
  Snapshot snapshot;
  snapshot.now = now_;
  snapshot.queues.reserve(queues_.size());
  for (auto const& [id, queue] : queues_) snapshot.queues.push_back({queue.rules, queue.answers});
  snapshot.agents.assign(agents_.begin(), agents_.end());
  snapshot.contacts.assign(contacts_.begin(), contacts_.end());
  for (Contact& contact : snapshot.contacts) contact.group = none;
  snapshot.unused = unused_;
  return snapshot;
}

State::State(Snapshot const& snapshot) : now_(snapshot.now), unused_(snapshot.unused) {
  for (auto const& [rules, answers] : snapshot.queues) {
    QueueState& queue = queues_[rules->id];
    queue.rules = rules;
    queue.answers = answers;
  }
  for (Agent const& agent : snapshot.agents) {
    auto const number = static_cast<AgentNumber>(agents_.size());
    agents_.push_back(agent);
    agent_numbers_.insert(agent.id, number);
    agent_index_.set_levels(number, {}, agent.levels);
    change(number, [](Agent&) {});
  }
  for (Contact const& contact : snapshot.contacts) {
    auto const number = static_cast<ContactNumber>(contacts_.size());
    contacts_.push_back(contact);
    if (contact.id.nil()) continue;
    RAPPORT_ASSERT(contact.rules && queues_.contains(contact.rules->id));
    contact_numbers_.insert(contact.id, number);
    Whereabouts at = whereabouts(contact);
    at.reserved_for = none;  // the agent's own record says so already
    find_again(number, at);
    if (auto const due = contact.deadline())
      contact_alarms_.set({due->when, contact.id.high, contact.id.low, number});
  }
}

}  // namespace rapport::routing
