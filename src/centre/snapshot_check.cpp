#include "centre/snapshot_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/limits.hpp"
#include "centre/ids.hpp"

namespace rapport::centre {
namespace {

using routing::Agent;
using routing::Contact;
using routing::ContactState;
using routing::Slot;
using routing::SlotState;
using routing::Snapshot;

/// The state of the slot that a contact in this state has with its agent.
std::optional<SlotState> slot_of(ContactState state) {
  switch (state) {
    case ContactState::offered:
      return SlotState::offered;
    case ContactState::receiving:
      return SlotState::receiving;
    case ContactState::connected:
      return SlotState::connected;
    case ContactState::waiting:
    case ContactState::parked:
      return std::nullopt;
  }
  return std::nullopt;
}

class Check {
 public:
  explicit Check(Snapshot const& snapshot) : snapshot_(snapshot) {}

  std::optional<base::Error> run() {
    if (auto wrong = queues()) return wrong;
    if (auto wrong = numbers()) return wrong;
    for (std::size_t number = 0; number < snapshot_.contacts.size(); ++number) {
      if (auto wrong = contact(number)) return wrong;
    }
    for (std::size_t number = 0; number < snapshot_.agents.size(); ++number) {
      if (auto wrong = agent(number)) return wrong;
    }
    return unused();
  }

 private:
  using Wrong = std::optional<base::Error>;

  static Wrong wrong(std::string what) { return base::Error{"floor snapshot: " + std::move(what)}; }

  Wrong queues() {
    for (auto const& [rules, answers] : snapshot_.queues) {
      if (!queues_.insert(rules->id).second) return wrong("a queue stands in it twice");
    }
    return std::nullopt;
  }

  Wrong numbers() {
    std::set<routing::AgentId> agents;
    for (Agent const& agent : snapshot_.agents) {
      if (agent.id.nil() || !agents.insert(agent.id).second) return wrong("an agent without an id, or twice");
    }
    waiting_for_.assign(snapshot_.agents.size(), 0);
    for (std::size_t number = 0; number < snapshot_.contacts.size(); ++number) {
      Contact const& contact = snapshot_.contacts[number];
      if (is_agent(contact.reserved_for) && waits_for(contact, contact.reserved_for)) ++waiting_for_[contact.reserved_for];
      if (!contact.id.nil() && !contacts_.try_emplace(contact.id, number).second)
        return wrong("contact " + id_text(contact.id) + " stands in it twice");
    }
    return std::nullopt;
  }

  bool is_agent(routing::AgentNumber number) const { return number < snapshot_.agents.size(); }
  bool is_agent_or_none(routing::AgentNumber number) const { return number == routing::none || is_agent(number); }
  bool is_contact_or_nil(routing::ContactId id) const { return id.nil() || contacts_.contains(id); }

  Wrong contact(std::size_t number) const {
    Contact const& contact = snapshot_.contacts[number];
    if (contact.id.nil()) return std::nullopt;
    std::string const name = "contact " + id_text(contact.id);
    if (!queues_.contains(contact.rules->id)) return wrong(name + " is of an unknown queue");
    bool const within = contact.boost <= limits::priority_max && contact.step <= contact.rules->relax.size() &&
                        contact.effective_entry <= snapshot_.now && contact.queued_at <= snapshot_.now;
    if (!within) return wrong(name + " is beyond the limits");
    bool const named = is_agent_or_none(contact.handed_by) && is_agent_or_none(contact.reserved_for) &&
                       is_contact_or_nil(contact.consult) && is_contact_or_nil(contact.about);
    if (!named) return wrong(name + " names somebody who is not there");
    auto const slot = slot_of(contact.state);
    if (!slot) return contact.agent == routing::none ? std::nullopt : wrong(name + " waits and has an agent");
    if (!is_agent(contact.agent)) return wrong(name + " has no agent");
    Slot const* const held = snapshot_.agents[contact.agent].live_slot(contact.id);
    if (held == nullptr || held->state != *slot || held->channel != contact.channel)
      return wrong(name + " and its agent do not agree");
    return std::nullopt;
  }

  Wrong agent(std::size_t number) const {
    Agent const& agent = snapshot_.agents[number];
    std::string const name = "agent " + id_text(agent.id);
    bool const levels = agent.levels.size() <= limits::skills_max &&
                        std::ranges::all_of(agent.levels, [](std::uint8_t level) { return level <= limits::proficiency_max; });
    if (!levels) return wrong(name + " is beyond the limits");
    std::set<routing::ContactId> live;
    for (Slot const& slot : agent.slots) {
      if (slot.state == SlotState::wrap_up) continue;
      auto const found = contacts_.find(slot.contact);
      bool const theirs = found != contacts_.end() && snapshot_.contacts[found->second].agent == number;
      if (!theirs || !live.insert(slot.contact).second) return wrong(name + " holds a contact that is not theirs");
    }
    std::set<routing::ContactNumber> reserved;
    for (routing::ContactNumber const one : agent.reserved) {
      bool const theirs = one < snapshot_.contacts.size() && waits_for(snapshot_.contacts[one], number);
      if (!theirs || !reserved.insert(one).second) return wrong(name + " is waited for by a contact that does not");
    }
    if (waiting_for_[number] != reserved.size()) return wrong(name + " does not know who waits for them");
    return std::nullopt;
  }

  static bool waits_for(Contact const& contact, std::size_t agent) {
    return !contact.id.nil() && contact.state == ContactState::waiting && contact.reserved_for == agent;
  }

  Wrong unused() const {
    std::set<routing::ContactNumber> seen;
    for (routing::ContactNumber const number : snapshot_.unused) {
      bool const free = number < snapshot_.contacts.size() && snapshot_.contacts[number].id.nil();
      if (!free || !seen.insert(number).second) return wrong("a number is in use, or unused twice");
    }
    return seen.size() + contacts_.size() == snapshot_.contacts.size() ? std::nullopt : wrong("a number is neither used nor unused");
  }

  Snapshot const& snapshot_;
  std::set<routing::QueueId> queues_;
  std::map<routing::ContactId, std::size_t> contacts_;
  std::vector<std::size_t> waiting_for_;  ///< by agent
};

}  // namespace

std::optional<base::Error> contradiction_in(Snapshot const& snapshot) { return Check{snapshot}.run(); }

}  // namespace rapport::centre
