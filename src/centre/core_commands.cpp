#include <fmt/format.h>

#include <utility>

#include "base/assert.hpp"
#include "centre/core.hpp"
#include "centre/ids.hpp"

/// Commands about configuration, agents and who has what.
namespace rapport::centre {
Granted<Outcome> Core::handle(Command const& command, Actor const& actor, base::Instant now, Step& step) {
  step_ = &step;
  actor_ = &actor;
  now_ = now;
  std::size_t const before = step.changes.size() + step.publications.size();
  auto done = std::visit([this](auto const& what) { return on(what); }, command);
  // A refused command changed nothing: memory would part from what lasts.
  RAPPORT_ASSERT(done || step.changes.size() + step.publications.size() == before);
  step_ = nullptr;
  actor_ = nullptr;
  return done;
}

Granted<Outcome> Core::on(ConfigureBrand const& command) {
  directory_.set(command);
  return Outcome{};
}

Granted<Outcome> Core::on(ConfigureQueue const& command) {
  routing::QueueState const* const known = floor_.state().queue(command.rules->id);
  if (known == nullptr || *known->rules != *command.rules) {
    if (auto const refused = ask(routing::SetQueue{command.rules})) return *refused;
  }
  directory_.set(command);
  return Outcome{};
}

Granted<Outcome> Core::on(ConfigureAgent const& command) {
  // The floor keeps no profile to compare with; setting an equal one again is harmless.
  ConfigureAgent const* const known = directory_.agent(command.id);
  bool const unchanged = known != nullptr && *known->profile == *command.profile;
  if (!unchanged) {
    if (auto const refused = ask(routing::SetAgent{command.profile})) return *refused;
  }
  directory_.set(command);
  note_work_state(command.id);
  return Outcome{};
}

Granted<Outcome> Core::on(ChangePresence const& command) {
  auto const agent = parse_id<routing::AgentId>(command.agent);
  ConfigureAgent const* const known = directory_.agent(command.agent);
  if (!agent || known == nullptr || !known->shares(actor_->brands)) return refusal(refused::unknown_agent);
  if (auto const refused = ask(routing::SetPresence{*agent, command.presence, command.reason})) return *refused;
  return Outcome{};
}

Granted<Outcome> Core::on(ResumeWork const& command) {
  auto const agent = parse_id<routing::AgentId>(command.agent);
  if (!agent) return refusal(refused::unknown_agent);
  if (auto const refused = ask(routing::Resume{*agent})) return *refused;
  return Outcome{};
}

/// A contact that is offered to this agent: the interaction's own, or a consultation about it.
routing::ContactId Core::in_hands_of(LiveInteraction const& live, routing::AgentId agent) const {
  routing::Agent const* const who = floor_.state().agent(agent);
  if (who == nullptr) return live.contact();
  for (auto const& [consult, interaction] : consults_) {
    if (interaction == live.row.id && who->live_slot(consult) != nullptr) return consult;
  }
  return live.contact();
}

/// Shared agents know of a brand's interactions only with one in hand.
bool Core::may_know(LiveInteraction const& live, std::string const& agent) const {
  ConfigureAgent const* const known = directory_.agent(agent);
  auto const id = parse_id<routing::AgentId>(agent);
  routing::Agent const* const who = id ? floor_.state().agent(*id) : nullptr;
  bool const in_hand = who != nullptr && who->live_slot(in_hands_of(live, *id)) != nullptr;
  return in_hand || (known != nullptr && known->of(live.row.brand));
}

template <typename Asked>
Granted<Outcome> Core::by_agent(std::string const& interaction, std::string const& agent) {
  auto found = find(interaction);
  if (!found) return found.error();
  auto const id = parse_id<routing::AgentId>(agent);
  if (!id) return refusal(refused::unknown_agent);
  LiveInteraction& live = **found;
  if (!may_know(live, agent)) return refusal(refused::unknown_interaction, interaction);
  if (auto const refused = ask(Asked{*id, in_hands_of(live, *id)})) return *refused;
  return latest(live);
}

Granted<Outcome> Core::on(AnswerOffer const& command) { return by_agent<routing::Answer>(command.interaction, command.agent); }
Granted<Outcome> Core::on(RefuseOffer const& command) { return by_agent<routing::Refuse>(command.interaction, command.agent); }
Granted<Outcome> Core::on(AcknowledgeContext const& command) {
  return by_agent<routing::Acknowledge>(command.interaction, command.agent);
}

Granted<Outcome> Core::on_floor(LiveInteraction& live, routing::Command const& command) {
  if (auto const refused = ask(command)) return *refused;
  return latest(live);
}

/// The hold is the agent's: it ends where somebody else has the interaction.
Granted<Outcome> Core::hands_over(LiveInteraction& live, routing::Command const& command) {
  if (auto const refused = ask(command, &live)) return *refused;
  return latest(live);
}

Granted<Outcome> Core::on(RequestCallback const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  return on_floor(**found, routing::RequestCallback{(*found)->contact(), command.due});
}

Granted<Outcome> Core::on(centre::CustomerNotReached const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  return on_floor(**found, routing::CallbackMissed{(*found)->contact()});
}

/// Who hands it on: the agent who asks, or the one whose conversation a supervisor moves.
routing::AgentId Core::handing_on(LiveInteraction const& live) const {
  return parse_id<routing::AgentId>(live.agent).value_or(routing::AgentId{});
}

Granted<Outcome> Core::on(TransferInteraction const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (!live.outside.empty()) return refusal(refused::transfer_in_progress);
  routing::Transfer transfer;
  transfer.contact = live.contact();
  transfer.by = handing_on(live);
  switch (command.to) {
    case TransferInteraction::To::queue: {
      ConfigureQueue const* const queue = directory_.queue(command.target);
      if (queue == nullptr || queue->brand != live.row.brand) return refusal(refused::unknown_queue, command.target);
      transfer.to = routing::TransferTo::queue;
      transfer.queue = queue->rules->id;
      break;
    }
    case TransferInteraction::To::agent: {
      auto const agent = parse_id<routing::AgentId>(command.target);
      if (!agent || directory_.agent(command.target) == nullptr) return refusal(refused::unknown_agent, command.target);
      transfer.to = routing::TransferTo::agent;
      transfer.agent = *agent;
      break;
    }
    case TransferInteraction::To::skill:
      transfer.to = routing::TransferTo::skill;
      for (routing::SkillLevel const need : command.needs) {
        if (!transfer.needs.add(need)) return refusal("bad_contact", "needs: too many skills");
      }
  }
  if (command.warm) transfer.consult = *parse_id<routing::ContactId>(ids_.next(now_));
  if (auto const refused = ask(transfer, command.warm ? nullptr : &live)) return *refused;
  return latest(live);
}

Granted<Outcome> Core::on(CompleteTransfer const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  return hands_over(**found, routing::CompleteTransfer{(*found)->contact(), handing_on(**found)});
}

Granted<Outcome> Core::on(CancelTransfer const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  if (!(*found)->outside.empty() && !(*found)->went_outside) {
    back_from_outside(**found);
    return latest(**found);
  }
  return on_floor(**found, routing::CancelTransfer{(*found)->contact(), handing_on(**found)});
}

Granted<Outcome> Core::on(PutBack const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  return hands_over(**found, routing::PutBack{(*found)->contact()});
}

Granted<Outcome> Core::on(TakeOver const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  auto const agent = parse_id<routing::AgentId>(actor_->id);
  if (!agent) return refusal(refused::unknown_agent);
  return hands_over(**found, routing::TakeOver{(*found)->contact(), *agent});
}

Granted<Outcome> Core::on(MoveToQueue const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  ConfigureQueue const* const queue = directory_.queue(command.queue);
  if (queue == nullptr || queue->brand != (*found)->row.brand) return refusal(refused::unknown_queue, command.queue);
  LiveInteraction& live = **found;
  bool const from_menu = live.row.queue.empty() && live.stage == Stage::waiting;
  if (from_menu) {
    if (auto const refused = enter(live, *queue, std::nullopt)) return *refused;
    return latest(live);
  }
  return on_floor(live, routing::Move{live.contact(), queue->rules->id, true});
}

Granted<Outcome> Core::on(ChangePriority const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  return on_floor(**found, routing::SetBoost{(*found)->contact(), command.boost});
}

}  // namespace rapport::centre
