#include "centre/core.hpp"
#include "centre/ids.hpp"
#include "routing/status.hpp"

/// The latest values of queues, agents and places in line, told only when they changed.
namespace rapport::centre {
namespace {

QueueState queue_state(routing::State const& floor, ConfigureQueue const& queue, base::Instant now) {
  QueueState told;
  told.queue = queue.slug;
  told.brand = queue.brand;
  if (auto const status = routing::queue_status(floor, queue.rules->id, now)) {
    told.waiting = status->waiting;
    told.oldest = status->oldest;
    told.open = status->open;
  }
  return told;
}

}  // namespace

AgentState Core::agent_state(ConfigureAgent const& profile, base::Instant now) {
  AgentState told;
  told.agent = profile.id;
  told.name = profile.name;
  routing::Agent const* const agent = floor_.state().agent(profile.profile->id);
  if (agent == nullptr) return told;
  told.presence = agent->presence;
  told.reason = agent->reason;
  told.work = agent->work_state();
  auto const before = work_.find(profile.id);
  if (before == work_.end() || before->second != told.work) {
    work_[profile.id] = told.work;
    work_since_[profile.id] = now;
  }
  told.since = work_since_[profile.id];
  for (routing::Slot const& slot : agent->slots) {
    auto const consult = consults_.find(slot.contact);
    bool const about = consult != consults_.end();
    told.in_hand.push_back({about ? consult->second : id_text(slot.contact), slot.state, about, slot.until});
  }
  return told;
}

void Core::tell_latest(base::Instant now, Step& step) {
  for (routing::QueueId const number : changed_queues_) {
    ConfigureQueue const* const queue = directory_.queue(number);
    if (queue != nullptr) step.publications.push_back(queue_state(floor_.state(), *queue, now));
  }
  if (!changed_queues_.empty()) {
    for (auto const& [id, live] : live_) {
      if (live.stage != Stage::waiting && live.stage != Stage::offered) continue;
      ConfigureQueue const* const queue = directory_.queue(live.row.queue);
      if (queue == nullptr || !changed_queues_.contains(queue->rules->id)) continue;
      auto const place = routing::position(floor_.state(), live.contact(), now);
      auto const wait = routing::estimated_wait(floor_.state(), live.contact(), now);
      step.publications.push_back(PlaceInLine{id, place.value_or(0), wait});
    }
  }
  for (std::string const& id : changed_agents_) {
    ConfigureAgent const* const agent = directory_.agent(id);
    if (agent != nullptr) step.publications.push_back(agent_state(*agent, now));
  }
  changed_queues_.clear();
  changed_agents_.clear();
}

}  // namespace rapport::centre
