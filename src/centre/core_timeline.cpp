#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "centre/core.hpp"
#include "centre/event_codec.hpp"
#include "centre/ids.hpp"
#include "customers/documents.hpp"

namespace rapport::centre {

void Core::publish(Publication publication) { step_->publications.push_back(std::move(publication)); }
void Core::keep(records::Change change) { step_->changes.push_back(std::move(change)); }

/// Adds the event with the next number, makes it last and tells it. Whoever calls has checked it.
std::uint32_t Core::append(LiveInteraction& live, domain::Event event) {
  auto const number = static_cast<std::uint32_t>(live.events.size() + 1);
  if (event.id.empty()) event.id = fmt::format("e{}", number);
  event.seq = number;
  event.recorded_at = now_;
  if (event.participant != domain::nobody && !event.by) event.by = live.head->participants[event.participant].role;
  bool const shown = shown_to_customer(event);
  if (shown) ++live.shown;
  records::Content content = encode(event, *live.head);
  live.bytes += std::max(content.personal.size(), content.skeleton.size());
  keep(records::AppendEvent{live.row.id, live.person(), number, std::move(content)});
  publish(EventHappened{live.row.id, number, shown ? live.shown : 0, event, live.head, live.row.customer});
  live.numbers.emplace(event.id, number);
  live.events.push_back(std::move(event));
  return number;
}

/// The agent as a participant, who joins if they have not taken part yet.
domain::ParticipantIndex Core::join(LiveInteraction& live, std::string const& agent, domain::Role role) {
  if (auto const known = live.participant(agent, role); known != domain::nobody) return known;
  auto head = std::make_shared<domain::Interaction>(*live.head);
  ConfigureAgent const* const profile = directory_.agent(agent);
  domain::Participant joined;
  joined.id = fmt::format("p{}", head->participants.size() + 1);
  joined.role = role;
  joined.person = agent;
  joined.name = profile != nullptr ? profile->name : "";
  head->participants.push_back(std::move(joined));
  live.head = std::move(head);
  if (role == domain::Role::agent) live.row.agents.push_back(agent);
  update(live);
  return static_cast<domain::ParticipantIndex>(live.head->participants.size() - 1);
}

/// Row and head as they are now, to last and to be told.
void Core::update(LiveInteraction& live) {
  keep(records::UpdateInteraction{live.row, encode(*live.head)});
  publish(InteractionChanged{live.summary()});
}

void Core::change(LiveInteraction& live, Stage stage, std::string agent) {
  bool const handed_on = stage != Stage::connected || agent != live.agent;
  if (live.paused_from && handed_on) end_pause(live, "handed_on");
  if (live.stage != stage) live.since = now_;
  if (agent != live.agent) end_mute(live);
  drop_party(live, agent);  // who listened has it now
  if (handed_on && !live.went_outside) live.outside.clear();
  if (stage == Stage::over || stage == Stage::parked) live.parties.clear();
  live.stage = stage;
  live.agent = std::move(agent);
  publish(InteractionChanged{live.summary()});
}

void Core::queue_changed(LiveInteraction const& live) {
  if (ConfigureQueue const* const queue = directory_.queue(live.row.queue)) changed_queues_.insert(queue->rules->id);
}

/// Once it is over and nobody wraps it up any more, it can be judged.
void Core::finish_if_done(LiveInteraction& live) {
  if (live.stage != Stage::over || !live.wrapping.empty()) return;
  change(live, Stage::finished, {});
  publish(InteractionFinished{live.row.id});
}

void Core::news(std::string const& agent, AgentNews::Kind kind, LiveInteraction const* live, base::Instant until,
                std::string why, bool consult) {
  AgentNews told{agent, kind, {}, consult, until, std::move(why), std::nullopt};
  if (live != nullptr) {
    told.interaction = live->row.id;
    told.live = live->summary();
  }
  publish(std::move(told));
  note_work_state(agent);
}

/// What was promised outlives the conversation: it becomes a document of the customer's, with the event.
/// Its id is the interaction's and the event's number. A correction puts another promise in its place.
void Core::keep_promise(LiveInteraction const& live, std::uint32_t number) {
  domain::Event const& event = live.events[number - 1];
  auto const corrected = live.numbers.find(event.revises);
  customers::Promise promise;
  promise.id = fmt::format("{}-{}", live.row.id, corrected == live.numbers.end() ? number : corrected->second);
  promise.brand = live.row.brand;
  promise.customer = live.row.customer;
  promise.case_id = live.row.case_id;
  promise.interaction = live.row.id;
  promise.event = event.id;
  promise.text = event.text;
  promise.owner = actor_->kind == Actor::Kind::agent ? actor_->id : live.agent;
  promise.made_at = now_;
  if (auto const due = base::parse_rfc3339(event.text_of("due"))) promise.due = *due;
  keep(customers::to_document(promise, std::nullopt));
}

Outcome Core::outcome(LiveInteraction const& live, std::uint32_t number) const {
  return {live.row.id, number, number == 0 ? std::string{} : live.events[number - 1].id, false};
}

LiveInteraction const* Core::live(std::string_view interaction) const {
  auto const found = live_.find(interaction);
  return found == live_.end() ? nullptr : &found->second;
}

/// The interaction that a contact is, or that a consultation is about; null if it is no longer live.
LiveInteraction* Core::of(routing::ContactId contact) {
  auto const consult = consults_.find(contact);
  auto const found = live_.find(consult == consults_.end() ? id_text(contact) : consult->second);
  return found == live_.end() ? nullptr : &found->second;
}

std::string Core::name_of(routing::AgentId agent) const { return agent.nil() ? std::string{} : id_text(agent); }

}  // namespace rapport::centre
