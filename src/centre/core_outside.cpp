#include <utility>

#include "base/assert.hpp"
#include "centre/core.hpp"
#include "centre/event_making.hpp"

/// Calls that leave the centre for a number outside. Until somebody has them there, the agent keeps them, so that a
/// customer whom nobody answers is lost by nobody.
namespace rapport::centre {
namespace {

domain::Event outside_event(std::string_view kind, LiveInteraction const& live, base::Instant now) {
  domain::Event told = event_of(domain::EventKind::other, live.at(now));
  if (!live.agent.empty()) told.participant = live.participant(live.agent, domain::Role::agent);
  if (live.agent.empty()) told.by = domain::Role::bot;
  told.attributes.push_back(text_attribute("kind", kind));
  told.attributes.push_back(text_attribute("to", live.outside));
  return told;
}

bool in_a_menu(LiveInteraction const& live) { return live.is_call() && live.row.queue.empty() && live.stage == Stage::waiting; }

}  // namespace

Granted<Outcome> Core::on(TransferOutside const& command) {
  auto const held = find_held(command.interaction);
  if (!held) return held.error();
  LiveInteraction& live = **held;
  bool const from_menu = in_a_menu(live) && actor_->kind == Actor::Kind::system;
  if (auto const call = find_call(command.interaction); !call && !from_menu) return call.error();
  if (actor_->kind == Actor::Kind::agent && live.agent != actor_->id) return refusal(refused::not_yours);
  routing::Contact const* const contact = floor_.state().contact(live.contact());
  bool const asks = contact != nullptr && !contact->consult.nil();
  if (asks || !live.outside.empty()) return refusal(refused::transfer_in_progress);
  live.outside = command.number;
  append(live, outside_event("transfer_outside_started", live, now_));
  if (!from_menu && !live.hold_from) start_hold(live);
  publish(InteractionChanged{live.summary()});
  return latest(live);
}

Granted<Outcome> Core::on(OutsideReached const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  bool const from_menu = in_a_menu(live);
  if (live.outside.empty() || (live.stage != Stage::connected && !from_menu)) return refusal(refused::no_transfer);
  live.went_outside = true;
  append(live, outside_event("transfer_outside", live, now_));
  if (from_menu) return on(EndInteraction{live.row.id});
  live.ending = domain::Role::agent;
  auto const refused = ask(routing::End{live.contact()}, &live);
  live.ending.reset();
  RAPPORT_ASSERT(!refused);  // it is connected, and such a contact can always end
  return latest(live);
}

Granted<Outcome> Core::on(OutsideNotReached const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (live.outside.empty() || live.went_outside) return refusal(refused::no_transfer);
  back_from_outside(live);
  return latest(live);
}

/// The customer is with the agent again.
void Core::back_from_outside(LiveInteraction& live) {
  live.outside.clear();
  if (live.hold_from) end_hold(live);
  publish(InteractionChanged{live.summary()});
}

}  // namespace rapport::centre
