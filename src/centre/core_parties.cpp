#include <algorithm>
#include <utility>

#include "base/phone_limits.hpp"
#include "centre/core.hpp"
#include "centre/event_making.hpp"
#include "centre/ids.hpp"

/// Who is on a call, and who hears them: mute, colleagues who are asked and joined, supervisors who listen.
namespace rapport::centre {
namespace {

/// Of a colleague's or supervisor's leg, whose name in the timeline says whose.
domain::Event leg_event(domain::EventKind kind, LiveInteraction const& live, base::Instant now, std::string leg, std::string const& who) {
  auto told = event_of(kind, live.at(now));
  told.leg = std::move(leg);
  told.attributes.push_back(text_attribute("who", who));
  return told;
}

Party const* colleague_of(LiveInteraction const& live) {
  auto const found = std::ranges::find_if(live.parties, [](Party const& one) { return !one.listens(); });
  return found == live.parties.end() ? nullptr : &*found;
}

Party const* party_of(LiveInteraction const& live, std::string_view user) {
  auto const found = std::ranges::find(live.parties, user, &Party::user);
  return found == live.parties.end() ? nullptr : &*found;
}

}  // namespace

void Core::set_party(LiveInteraction& live, Party party) {
  ConfigureAgent const* const known = directory_.agent(party.user);
  party.name = known != nullptr ? known->name : "";
  auto const found = std::ranges::find(live.parties, party.user, &Party::user);
  if (found != live.parties.end())
    *found = std::move(party);
  else
    live.parties.push_back(std::move(party));
}

bool Core::drop_party(LiveInteraction& live, std::string_view user) {
  return !user.empty() && std::erase_if(live.parties, [&](Party const& one) { return one.user == user; }) != 0;
}

/// A colleague is offered the consultation, or takes it: from then on they talk with the agent, and the
/// customer hears music.
void Core::colleague_is(LiveInteraction& live, std::string const& agent, bool offered) {
  if (!live.is_call()) return;
  set_party(live, {agent, {}, Party::Kind::consulted, offered});
  if (!offered) append(live, leg_event(domain::EventKind::leg_started, live, now_, "colleague", agent));
  if (!offered && !live.hold_from) start_hold(live);
  publish(InteractionChanged{live.summary()});
}

/// The customer is back with the agent.
void Core::colleague_gone(LiveInteraction& live, std::string const& agent) {
  Party const* const colleague = colleague_of(live);
  if (colleague == nullptr || colleague->user != agent) return;
  bool const answered = !colleague->offered;
  drop_party(live, agent);
  if (answered) append(live, leg_event(domain::EventKind::leg_ended, live, now_, "colleague", agent));
  if (answered && live.hold_from) end_hold(live);
  publish(InteractionChanged{live.summary()});
}

void Core::start_hold(LiveInteraction& live) {
  live.hold_from = live.at(now_);
  note(HoldStarted{now_, live.contact()});
  auto begun = event_of(domain::EventKind::other, *live.hold_from);  // the span is told when it ends; this is what a crash finds
  begun.by = domain::Role::agent;
  begun.attributes.push_back(text_attribute("kind", "hold_started"));
  append(live, std::move(begun));
}

void Core::end_mute(LiveInteraction& live) {
  if (!live.mute_from) return;
  auto mute = event_of(domain::EventKind::mute, *live.mute_from);
  mute.by = domain::Role::agent;
  mute.participant = live.participant(live.agent, domain::Role::agent);
  mute.end_ms = std::max(live.at(now_), mute.at_ms);
  live.mute_from.reset();
  append(live, std::move(mute));
}

/// A call that somebody talks on.
Granted<LiveInteraction*> Core::find_call(std::string const& interaction) {
  auto found = find(interaction);
  if (!found) return found;
  if (!(*found)->is_call()) return refusal(refused::no_call);
  if ((*found)->stage != Stage::connected) return refusal("not_connected");
  return found;
}

Granted<Outcome> Core::on(MuteAgent const& command) {
  if (auto const held = find_held(command.interaction); !held) return held.error();
  auto found = find_call(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (actor_->kind == Actor::Kind::agent && live.agent != actor_->id) return refusal(refused::not_yours);
  if (live.mute_from.has_value() == command.muted) return refusal(command.muted ? refused::already_muted : refused::not_muted);
  if (!command.muted) {
    end_mute(live);
  } else {
    live.mute_from = live.at(now_);
    auto begun = event_of(domain::EventKind::other, *live.mute_from);  // as of a hold
    begun.by = domain::Role::agent;
    begun.attributes.push_back(text_attribute("kind", "mute_started"));
    append(live, std::move(begun));
  }
  publish(InteractionChanged{live.summary()});
  return latest(live);
}

Granted<Outcome> Core::on(JoinColleague const& command) {
  if (auto const held = find_held(command.interaction); !held) return held.error();
  auto found = find_call(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (actor_->kind == Actor::Kind::agent && live.agent != actor_->id) return refusal(refused::not_yours);
  routing::Contact const* const contact = floor_.state().contact(live.contact());
  routing::Contact const* const consult = contact != nullptr ? floor_.state().contact(contact->consult) : nullptr;
  Party const* const colleague = colleague_of(live);
  if (consult == nullptr || colleague == nullptr) return refusal("no_transfer");
  if (consult->state != routing::ContactState::connected) return refusal("not_acknowledged");
  if (colleague->kind == Party::Kind::joined) return refusal("already_so");
  std::string const who = colleague->user;
  if (live.hold_from) end_hold(live);
  auto told = event_of(domain::EventKind::conference, live.at(now_));
  told.participant = live.participant(live.agent, domain::Role::agent);
  told.attributes.push_back(text_attribute("with", who));
  join(live, who, domain::Role::agent);
  append(live, std::move(told));
  set_party(live, {who, {}, Party::Kind::joined, false});
  publish(InteractionChanged{live.summary()});
  return latest(live);
}

Granted<Outcome> Core::on(ListenIn const& command) {
  auto found = find_call(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  Party const* const known = party_of(live, actor_->id);
  if (live.agent == actor_->id || (known != nullptr && !known->listens())) return refusal(refused::on_the_call);
  if (known != nullptr && known->kind == command.how) return refusal("already_so");
  auto const listeners = static_cast<std::size_t>(std::ranges::count_if(live.parties, &Party::listens));
  if (known == nullptr && listeners >= limits::call_listeners_max) return refusal(refused::too_many, "call_listeners_max");
  auto told = event_of(domain::EventKind::other, live.at(now_));
  told.participant = join(live, actor_->id, domain::Role::supervisor);
  told.attributes.push_back(text_attribute("kind", "listening"));
  told.attributes.push_back(text_attribute("how", listening_name(command.how)));
  append(live, std::move(told));
  set_party(live, {actor_->id, {}, command.how, false});
  if (command.audit) {
    records::AuditEntry audit = *command.audit;
    audit.brand = live.row.brand;
    keep(std::move(audit));
  }
  publish(InteractionChanged{live.summary()});
  return latest(live);
}

/// The agent who has it goes.
Granted<Outcome> Core::leave_as_agent(LiveInteraction& live) {
  if (!live.outside.empty()) return refusal(refused::transfer_in_progress);
  Party const* const colleague = colleague_of(live);
  if (colleague == nullptr || colleague->offered) return on(EndInteraction{live.row.id});
  if (auto const handed = on(CompleteTransfer{live.row.id}); handed) return handed;
  return on(PutBack{live.row.id});  // the colleague has not read what is handed over: nobody has the customer
}

Granted<Outcome> Core::on(LeaveCall const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  Party const* const known = party_of(live, actor_->id);
  if (known != nullptr && known->listens()) {
    auto told = event_of(domain::EventKind::other, live.at(now_));
    told.participant = live.participant(actor_->id, domain::Role::supervisor);
    told.attributes.push_back(text_attribute("kind", "listening"));
    told.attributes.push_back(text_attribute("how", "no_more"));
    if (!command.reason.empty()) told.attributes.push_back(text_attribute("reason", command.reason));
    append(live, std::move(told));
    drop_party(live, actor_->id);
    publish(InteractionChanged{live.summary()});
    return latest(live);
  }
  if (live.is_call()) {
    if (auto const ended = end_consultation(command.interaction)) return *ended;
  }
  if (auto const held = find_held(command.interaction); !held) return held.error();
  if (!live.is_call()) return refusal(refused::no_call);
  if (live.stage != Stage::connected) return refusal("not_connected");
  return leave_as_agent(live);
}

}  // namespace rapport::centre
