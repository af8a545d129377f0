#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"
#include "centre/card_mask.hpp"
#include "centre/core.hpp"
#include "centre/event_codec.hpp"
#include "centre/ids.hpp"
#include "centre/permitted.hpp"
#include "records/check.hpp"

/// Commands about one interaction's timeline.
namespace rapport::centre {
namespace {

std::optional<domain::Role> role_of(Actor::Kind kind) {
  switch (kind) {
    case Actor::Kind::agent:
      return domain::Role::agent;
    case Actor::Kind::supervisor:
      return domain::Role::supervisor;
    case Actor::Kind::customer:
      return domain::Role::customer;
    case Actor::Kind::system:
      return std::nullopt;
  }
  return std::nullopt;
}

std::size_t attachments_of(LiveInteraction const& live) {
  return static_cast<std::size_t>(std::ranges::count_if(live.events, [](domain::Event const& event) { return event.find(attachments_field) != nullptr; }));
}

bool same_content(domain::Event const& given, domain::Event const& kept) {
  return given.kind == kept.kind && given.text == kept.text && given.attributes == kept.attributes;
}

bool fits(DispositionTree const& tree, WrapUp const& command) {
  return command.outcome.empty() ? tree.allows(command.reason) : tree.allows(command.reason, command.outcome);
}

/// What an index of the store takes.
bool is_store_key(std::string_view text) { return text.size() <= limits::key_bytes_max && records::is_plain_text(text); }

/// A short text beside the words of an event. What is kept of an event is read with this limit, too.
bool is_label(std::string_view text) { return text.size() <= limits::name_bytes_max && records::is_plain_text(text); }

std::optional<Refused> check_labels(domain::Event const& event) {
  struct Label {
    std::string_view field;
    std::string const& text;
  };
  for (Label const& label : {Label{"id", event.id}, Label{"revises", event.revises}, Label{"leg", event.leg}, Label{"source", event.source}, Label{"language", event.language}}) {
    if (!is_label(label.text)) return refusal(refused::bad_event, fmt::format("{}: expected plain text of at most {} bytes", label.field, limits::name_bytes_max));
  }
  return std::nullopt;
}

/// A caller whom a menu asks first: in no queue, and nothing of the floor's, until MoveToQueue.
bool in_menu(StartInteraction const& command) {
  return command.head.queue.empty() && command.head.channel == domain::Channel::voice && command.agent.empty();
}

domain::SourceSet observed_on(domain::Channel channel) {
  using domain::Source;
  if (channel == domain::Channel::voice) return {Source::telephony, Source::desk, Source::journey};
  return {Source::words, Source::timing, Source::telephony, Source::desk, Source::journey};
}

}  // namespace

Granted<LiveInteraction*> Core::find(std::string const& interaction) {
  auto const found = live_.find(interaction);
  bool const hidden = found != live_.end() && actor_->brands && std::ranges::find(*actor_->brands, found->second.row.brand) == actor_->brands->end();
  if (found == live_.end() || hidden) return refusal(refused::unknown_interaction, interaction);
  return &found->second;
}

/// Of an agent: only what they have in hand. Supervisors and the system may reach all.
Granted<LiveInteraction*> Core::find_held(std::string const& interaction) {
  auto found = find(interaction);
  if (!found) return found;
  LiveInteraction const& live = **found;
  bool const in_hand = live.agent == actor_->id || live.wrapping.contains(actor_->id);
  if (actor_->kind == Actor::Kind::agent && !in_hand) {
    if (!may_know(live, actor_->id)) return refusal(refused::unknown_interaction, interaction);
    return refusal(refused::not_yours);
  }
  if (actor_->kind == Actor::Kind::customer && live.row.customer != actor_->id) return refusal(refused::unknown_interaction);
  return found;
}

std::optional<Refused> Core::check_start(StartInteraction const& command) const {
  ConfigureBrand const* const brand = directory_.brand(command.head.brand);
  if (brand == nullptr) return refusal(refused::unknown_brand, command.head.brand);
  ConfigureQueue const* const queue = directory_.queue(command.head.queue);
  if (!in_menu(command) && (queue == nullptr || queue->brand != brand->id)) return refusal(refused::unknown_queue, command.head.queue);
  if (!command.head.id.empty() && !parse_id<routing::ContactId>(command.head.id)) return refusal("bad_contact", "id: expected a UUID in lower case");
  if (live_.size() >= limits::live_interactions_max) return refusal(refused::too_many, "live_interactions_max");
  if (live_.contains(command.head.id)) return refusal(refused::interaction_exists, command.head.id);
  if (!is_store_key(command.customer) || !is_store_key(command.head.case_id)) return refusal("bad_contact", "customer, case: expected the id of one");
  if (!command.agent.empty() && directory_.agent(command.agent) == nullptr) return refusal(refused::unknown_agent, command.agent);
  if (command.head.participants.size() > limits::participants_max) return refusal(refused::too_many, "participants_max");
  return std::nullopt;
}

LiveInteraction& Core::make(StartInteraction const& command, std::string id) {
  ConfigureBrand const& brand = *directory_.brand(command.head.brand);
  auto head = std::make_shared<domain::Interaction>(command.head);
  head->id = id;
  head->started_at = now_;
  if (head->time_zone.empty() || head->time_zone == "UTC") head->time_zone = brand.time_zone;
  if (head->language.empty()) head->language = brand.language;
  if (head->company.empty()) head->company = brand.name;
  if (!head->observed) head->observed = observed_on(head->channel);
  LiveInteraction& live = live_[id];
  live.row.id = id;
  live.row.brand = head->brand;
  live.row.channel = head->channel;
  live.row.direction = head->direction;
  live.row.queue = head->queue;
  live.row.customer = command.customer.empty() ? id : command.customer;
  live.row.case_id = head->case_id;
  live.row.started_at = now_;
  live.since = now_;
  live.head = std::move(head);
  keep(records::OpenInteraction{live.row, encode(*live.head)});
  publish(InteractionOpened{live.summary(), std::make_shared<std::vector<domain::Event> const>(), false});
  domain::Event context;
  context.kind = domain::EventKind::context;
  context.attributes = command.context;
  append(live, std::move(context));
  return live;
}

Granted<Outcome> Core::on(StartInteraction const& command) {
  if (auto refused = check_start(command)) return *refused;
  std::string id = command.head.id.empty() ? ids_.next(now_) : command.head.id;
  if (in_menu(command)) return outcome(make(command, id), 1);
  auto const contact = *parse_id<routing::ContactId>(id);
  routing::QueueId const queue = directory_.queue(command.head.queue)->rules->id;
  routing::Command entering;
  if (command.agent.empty()) {
    routing::Enter enter{contact, queue, command.head.channel, command.boost, {}, {}};
    for (routing::SkillLevel const need : command.needs) {
      if (!enter.needs.add(need)) return refusal("bad_contact", "needs: too many skills");
    }
    if (auto const last = parse_id<routing::AgentId>(command.last_agent)) enter.last_agent = *last;
    entering = enter;
  } else {
    entering = routing::Assign{contact, *parse_id<routing::AgentId>(command.agent), queue, command.head.channel};
  }
  // The floor may refuse; what it decides is told on a timeline that has begun.
  auto const decided = floor_.handle(entering, now_);
  if (!decided) return refusal(std::string{routing::name(decided.error())});
  LiveInteraction& live = make(command, id);
  follow(*decided);
  return outcome(live, 1);
}

std::optional<Refused> Core::may_add(LiveInteraction const& live, domain::Event const& event) const {
  if (!centre::may_add(actor_->kind, event.kind)) {
    bool const unknown = event.kind == domain::EventKind::other;
    return refusal(refused::bad_event, unknown ? fmt::format("kind: found \"{}\", expected a kind of event", event.text_of("kind"))
                                               : fmt::format("{} is not added this way", domain::name(event.kind)));
  }
  bool const finished = live.stage == Stage::finished;
  bool const over = live.stage == Stage::over || finished;
  bool const spoken = domain::carries_words(event.kind);
  // Whoever wraps up may still write down what colleagues should know; nobody outside reads it.
  bool const agents = actor_->kind == Actor::Kind::agent;
  bool const wraps_up = agents && event.kind == domain::EventKind::note && live.wrapping.contains(actor_->id);
  if (finished || (over && spoken && !wraps_up && actor_->kind != Actor::Kind::system)) return refusal(refused::is_over);
  if (agents && spoken && !wraps_up && live.agent != actor_->id) return refusal(refused::not_yours);
  if (auto const limit = live.full(); !limit.empty()) return refusal(refused::too_many, std::string{limit});
  if (auto refused = check_labels(event)) return refused;
  bool const customers = actor_->kind == Actor::Kind::customer;
  if (customers && event.text.size() > limits::customer_text_bytes_max) return refusal(refused::too_many, "customer_text_bytes_max");
  if (event.text.size() > limits::text_bytes_max) return refusal(refused::too_many, "text_bytes_max");
  bool const long_promise = event.kind == domain::EventKind::promise && event.text.size() > limits::case_text_bytes_max;
  if (long_promise) return refusal(refused::too_many, "case_text_bytes_max");
  bool const attaches = event.find(attachments_field) != nullptr;
  if (attaches && attachments_of(live) >= limits::attachments_max && !live.numbers.contains(event.id)) return refusal(refused::too_many, "attachments_max");
  return std::nullopt;
}

Granted<Outcome> Core::on(AddEvent const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (auto refused = may_add(live, command.event)) return *refused;
  domain::Event event = command.event;
  mask_cards(event);  // no card number may be kept, wherever somebody wrote it
  if (auto const known = live.numbers.find(event.id); !event.id.empty() && known != live.numbers.end()) {
    if (!same_content(event, live.events[known->second - 1])) return refusal(refused::event_exists, event.id);
    Outcome repeat = outcome(live, known->second);
    repeat.repeated = true;
    return repeat;
  }
  base::Millis const at = live.at(now_);
  if (!command.timed) {
    event.at_ms = at;
    event.end_ms.reset();
  } else if (event.at_ms < 0 || event.end() > at || event.end() < event.at_ms) {
    return refusal(refused::bad_event, "at_ms, end_ms: expected a span that has passed");
  }
  if (auto const role = role_of(actor_->kind)) {
    event.by = role;
    std::string const& person = *role == domain::Role::customer ? live.row.customer : actor_->id;
    event.participant = *role == domain::Role::customer ? live.head->first_of(*role) : join(live, person, *role);
  }
  domain::EventKind const kind = event.kind;
  bool const recognised = kind == domain::EventKind::utterance && command.timed && actor_->kind == Actor::Kind::system;
  if (recognised) observe_words(live);
  std::uint32_t const number = append(live, std::move(event));
  domain::Event const& added = live.events[number - 1];
  if (kind == domain::EventKind::promise) keep_promise(live, number);
  if (kind == domain::EventKind::flagged) raise(Raised::Kind::flag, live, added);
  if (kind == domain::EventKind::help_requested) raise(Raised::Kind::help, live, added);
  return outcome(live, number);
}

/// A recogniser listens from here on: what is not said counts, too.
void Core::observe_words(LiveInteraction& live) {
  domain::SourceSet observed = live.head->observed.value_or(domain::SourceSet{});
  observed.add({domain::Source::words, domain::Source::timing});
  if (live.head->observed == observed) return;
  auto head = std::make_shared<domain::Interaction>(*live.head);
  head->observed = observed;
  live.head = std::move(head);
  update(live);
}

Granted<Outcome> Core::on(AttachToCase const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (live.row.case_id == command.case_id) return latest(live);
  auto head = std::make_shared<domain::Interaction>(*live.head);
  head->case_id = command.case_id;
  live.head = std::move(head);
  live.row.case_id = command.case_id;
  update(live);
  return latest(live);
}

Granted<Outcome> Core::on(StartHold const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (live.stage != Stage::connected) return refusal("not_connected");
  if (live.hold_from) return refusal(refused::already_held);
  start_hold(live);
  publish(InteractionChanged{live.summary()});
  return latest(live);
}

Granted<Outcome> Core::on(EndHold const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (!live.hold_from) return refusal(refused::not_held);
  std::uint32_t const number = end_hold(live);
  publish(InteractionChanged{live.summary()});
  return outcome(live, number);
}

std::uint32_t Core::end_hold(LiveInteraction& live) {
  domain::Event hold;
  hold.kind = domain::EventKind::hold;
  hold.by = domain::Role::agent;
  hold.participant = live.participant(live.agent, domain::Role::agent);
  hold.at_ms = *live.hold_from;
  hold.end_ms = std::max(live.at(now_), hold.at_ms);
  live.hold_from.reset();
  note(HoldEnded{now_, live.contact()});
  return append(live, std::move(hold));
}

/// The colleague who was consulted hangs up: theirs is the consultation, not the conversation.
std::optional<Granted<Outcome>> Core::end_consultation(std::string const& interaction) {
  auto const agent = parse_id<routing::AgentId>(actor_->id);
  LiveInteraction const* const live = this->live(interaction);
  if (actor_->kind != Actor::Kind::agent || !agent || live == nullptr) return std::nullopt;
  routing::ContactId const held = in_hands_of(*live, *agent);
  if (held == live->contact()) return std::nullopt;
  if (auto const refused = ask(routing::End{held})) return *refused;
  return latest(*live);
}

Granted<Outcome> Core::on(EndInteraction const& command) {
  if (auto const ended = end_consultation(command.interaction)) return *ended;
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (live.stage == Stage::over || live.stage == Stage::finished) return refusal(refused::is_over);
  if (actor_->kind == Actor::Kind::agent && live.agent != actor_->id) return refusal(refused::not_yours);
  if (live.row.queue.empty()) {  // still in a menu: the floor does not know of it
    domain::Event ended;
    ended.kind = domain::EventKind::ended;
    ended.by = role_of(actor_->kind).value_or(domain::Role::bot);
    ended.at_ms = live.at(now_);
    append(live, std::move(ended));
    change(live, Stage::over, {});
    finish_if_done(live);
    return latest(live);
  }
  live.ending = role_of(actor_->kind);
  auto const refused = ask(routing::End{live.contact()}, &live);
  live.ending.reset();
  if (refused) return *refused;
  return latest(live);
}

Granted<Outcome> Core::on(WrapUp const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (!live.wrapping.contains(command.agent)) {
    if (!may_know(live, command.agent)) return refusal(refused::unknown_interaction, command.interaction);
    return refusal(live.agent == command.agent ? refused::not_over : refused::not_yours);
  }
  auto const agent = parse_id<routing::AgentId>(command.agent);
  routing::Agent const* const wrapper = agent ? floor_.state().agent(*agent) : nullptr;
  if (wrapper == nullptr || wrapper->wrap_up_slot(live.contact()) == nullptr) return refusal("not_in_wrap_up");
  ConfigureQueue const* const queue = directory_.queue(live.row.queue);
  bool const given = !command.reason.empty();
  if (!is_label(command.reason) || !is_label(command.outcome)) return refusal(refused::bad_disposition, "reason, outcome: expected plain text of at most 100 bytes");
  if (given && queue != nullptr && queue->dispositions && !fits(*queue->dispositions, command)) {
    return refusal(refused::bad_disposition, command.reason);
  }
  if (given) {
    domain::Event disposition;
    disposition.kind = domain::EventKind::disposition;
    disposition.participant = live.participant(command.agent, domain::Role::agent);
    disposition.at_ms = live.at(now_);
    auto const add = [&](char const* name, std::string const& text) {
      if (!text.empty()) disposition.attributes.push_back({{}, name, domain::Value::of_text(text)});
    };
    add("reason", command.reason);
    add("outcome", command.outcome);
    add("root_cause", command.root_cause);
    append(live, std::move(disposition));
    live.row.disposition = command.reason;
    live.row.outcome = command.outcome;
    update(live);
  }
  Outcome done = latest(live);
  if (auto const refused = ask(routing::EndWrapUp{*agent, live.contact()})) return *refused;
  return done;
}

Granted<Outcome> Core::on(Typing const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  if (auto const role = role_of(actor_->kind)) publish(TypingSeen{command.interaction, *role, now_});
  return outcome(**found, 0);
}

Granted<Outcome> Core::on(MarkSeen const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  auto const known = live.numbers.find(command.event);
  bool const message = known != live.numbers.end() && live.events[known->second - 1].kind == domain::EventKind::message;
  if (!message) return refusal(refused::bad_event, "event: expected the id of a message");
  auto const role = role_of(actor_->kind);
  if (!role || *role == domain::Role::supervisor) return outcome(live, 0);  // who looks on has not read for the agent
  std::uint32_t& seen = *role == domain::Role::customer ? live.seen_by_customer : live.seen_by_agent;
  if (known->second <= seen) return outcome(live, 0);
  seen = known->second;
  auto const id_of = [&](std::uint32_t number) { return number == 0 ? std::string{} : live.events[number - 1].id; };
  publish(MessagesSeen{live.row.id, id_of(live.seen_by_customer), id_of(live.seen_by_agent)});
  return outcome(live, 0);
}

}  // namespace rapport::centre
