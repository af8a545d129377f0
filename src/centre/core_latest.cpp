#include "centre/core.hpp"
#include "centre/ids.hpp"
#include "routing/status.hpp"

/// The latest values of queues, agents and places in line, told only when they may have changed.
namespace rapport::centre {

QueueState Core::queue_state(ConfigureQueue const& queue, base::Instant now) const {
  QueueState told;
  told.queue = queue.slug;
  told.brand = queue.brand;
  if (auto const status = routing::queue_status(floor_.state(), queue.rules->id, now)) {
    told.waiting = status->waiting;
    told.oldest = status->oldest;
    told.open = status->open;
  }
  return told;
}

std::optional<AgentState::Asked> Core::asked(routing::Contact const& contact) const {
  using State = AgentState::Asked::State;
  routing::Contact const* const consult = floor_.state().contact(contact.consult);
  if (contact.consult.nil() || consult == nullptr) return std::nullopt;
  AgentState::Asked told;
  if (consult->state == routing::ContactState::offered) told.state = State::offered;
  if (consult->state == routing::ContactState::receiving) told.state = State::reading;
  if (consult->state == routing::ContactState::connected) told.state = State::read;
  routing::AgentNumber const agent = told.state == State::waiting ? consult->reserved_for : consult->agent;
  if (agent == routing::none) return told;
  told.agent = id_text(floor_.state().agent(agent).id);
  if (ConfigureAgent const* const profile = directory_.agent(told.agent)) told.name = profile->name;
  return told;
}

/// What became of a warm transfer shows with whoever asked.
void Core::note_asked(LiveInteraction const& live) {
  if (!live.agent.empty()) changed_agents_.insert(live.agent);
}

AgentState Core::agent_state(ConfigureAgent const& profile) const {
  AgentState told;
  told.agent = profile.id;
  told.name = profile.name;
  told.brands = profile.brands;
  routing::Agent const* const agent = floor_.state().agent(profile.profile->id);
  if (agent == nullptr) return told;
  told.presence = agent->presence;
  told.reason = agent->reason;
  told.work = agent->work_state();
  if (auto const work = work_.find(profile.id); work != work_.end()) told.since = work->second.since;
  for (routing::Slot const& slot : agent->slots) {
    auto const consult = consults_.find(slot.contact);
    bool const about = consult != consults_.end();
    routing::Contact const* const contact = floor_.state().contact(slot.contact);
    bool const timed = contact != nullptr && (slot.state == routing::SlotState::offered || slot.state == routing::SlotState::receiving);
    told.in_hand.push_back({about ? consult->second : id_text(slot.contact), slot.state, about, timed ? contact->until : slot.until, contact == nullptr ? std::nullopt : asked(*contact)});
  }
  return told;
}

/// Remembers since when the agent does what they do.
void Core::note_work_state(std::string const& agent) {
  changed_agents_.insert(agent);
  auto const id = parse_id<routing::AgentId>(agent);
  routing::Agent const* const known = id ? floor_.state().agent(*id) : nullptr;
  if (known == nullptr) return;
  routing::WorkState const state = known->work_state();
  auto const [place, added] = work_.try_emplace(agent, Work{state, now_});
  if (added || place->second.state == state) return;
  place->second = {state, now_};
}

void Core::tell_states(base::Instant now, Step& step) {
  for (routing::QueueId const number : changed_queues_) {
    if (ConfigureQueue const* const queue = directory_.queue(number)) step.publications.emplace_back(queue_state(*queue, now));
  }
  for (std::string const& id : changed_agents_) {
    if (ConfigureAgent const* const agent = directory_.agent(id)) step.publications.emplace_back(agent_state(*agent));
  }
  moved_queues_.merge(changed_queues_);
  changed_queues_.clear();
  changed_agents_.clear();
}

void Core::tell_latest(base::Instant now, Step& step) {
  tell_states(now, step);
  if (!moved_queues_.empty()) {
    for (auto const& [id, live] : live_) {
      if (live.stage != Stage::waiting && live.stage != Stage::offered) continue;
      ConfigureQueue const* const queue = directory_.queue(live.row.queue);
      if (queue == nullptr || !moved_queues_.contains(queue->rules->id)) continue;
      auto const place = routing::position(floor_.state(), live.contact(), now);
      auto const wait = routing::estimated_wait(floor_.state(), live.contact(), now);
      step.publications.emplace_back(PlaceInLine{id, place.value_or(0), wait});
    }
  }
  moved_queues_.clear();
  tell_numbers(now, step);
}

}  // namespace rapport::centre
