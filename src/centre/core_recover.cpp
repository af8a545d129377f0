#include <fmt/format.h>

#include <algorithm>

#include "base/assert.hpp"
#include "centre/callback.hpp"
#include "centre/core.hpp"
#include "centre/event_codec.hpp"
#include "centre/floor_codec.hpp"
#include "centre/ids.hpp"
#include "centre/numbers_codec.hpp"

/// Taking up the work after a stop or a crash.
namespace rapport::centre {
namespace {

/// What the phone told of itself.
void read_call_again(LiveInteraction& live, domain::Event const& event) {
  std::string_view const kind = event.kind == domain::EventKind::other ? event.text_of("kind") : std::string_view{};
  if (kind == "recording_pause_started") live.paused_from = event.at_ms;
  if (kind == "recording_paused") live.paused_from.reset();
  if (kind == "voicemail_left") live.left_message = true;
  if (kind == "mute_started") live.mute_from = event.at_ms;
}

/// The customer's view and the hold under way, as they follow from the events.
void read_again(LiveInteraction& live) {
  for (domain::Event const& event : live.events) {
    if (shown_to_customer(event)) ++live.shown;
    if (event.kind == domain::EventKind::hold) live.hold_from.reset();
    if (event.kind == domain::EventKind::mute) live.mute_from.reset();
    if (event.kind == domain::EventKind::other && event.text_of("kind") == "hold_started") live.hold_from = event.at_ms;
    read_call_again(live, event);
    if (event.kind != domain::EventKind::transfer) continue;
    bool const open = event.text_of("mode") == "cold" && event.find("context_acknowledged") == nullptr;
    live.transfer = open ? std::optional{event.id} : std::nullopt;
  }
}

bool is_of(routing::Agent const& agent, routing::AgentProfile const& profile) {
  std::vector<std::uint8_t> levels(agent.levels.size());
  for (routing::SkillLevel const has : profile.skills) {
    auto const skill = static_cast<std::size_t>(has.skill);
    if (skill >= levels.size()) levels.resize(skill + 1);
    levels[skill] = has.level;
  }
  return agent.capacity == profile.capacity && agent.mixes_channels == profile.mixes_channels && levels == agent.levels;
}

bool has_ended(LiveInteraction const& live) {
  return std::ranges::any_of(live.events, [](domain::Event const& event) { return event.kind == domain::EventKind::ended; });
}

/// Their customer hung up to be called: no line of theirs broke.
bool to_be_called(LiveInteraction const& live) {
  Callback callback;
  for (domain::Event const& event : live.events) callback.read(event);
  return callback.wanted;
}

Stage stage_of(routing::ContactState state) {
  switch (state) {
    case routing::ContactState::waiting:
      return Stage::waiting;
    case routing::ContactState::offered:
      return Stage::offered;
    case routing::ContactState::parked:
      return Stage::parked;
    case routing::ContactState::receiving:
    case routing::ContactState::connected:
      return Stage::connected;
  }
  return Stage::waiting;
}

}  // namespace

/// Of all that lasts: the process before was there at least until then.
base::Instant Core::last_moment() const {
  base::Instant last = floor_.state().now();
  for (auto const& [id, live] : live_) {
    if (!live.events.empty()) last = std::max(last, live.row.started_at + live.events.back().end());
  }
  return last;
}

/// The floor on the first line, what the numbers keep on the second.
std::string Core::floor_snapshot() {
  floor_events_ = 0;
  return encode(floor_.state().snapshot()) + '\n' + encode(numbers_.kept());
}

base::Result<void> Core::recover_floor(records::LiveState const& stored) {
  std::string_view const text = stored.snapshot;
  std::size_t const line = text.find('\n');
  if (!text.empty()) {
    auto snapshot = decode_snapshot(text.substr(0, line));
    if (!snapshot) return base::Error{"the floor's snapshot: " + snapshot.error().message};
    floor_ = routing::Floor{*snapshot};
  }
  if (line != std::string_view::npos) {  // kept by a release that counts
    auto numbers = decode_numbers(text.substr(line + 1));
    if (!numbers) return base::Error{"the floor's snapshot: " + numbers.error().message};
    numbers_.put_back(*std::move(numbers));
  }
  for (std::string const& entry : stored.floor) {
    if (auto read = recover_event(entry); !read) return base::Error{"the floor's log: " + read.error().message};
  }
  floor_events_ = stored.floor.size();
  numbers_.adopt(floor_.state(), directory_);
  numbers_.take_counted();  // it lasts already
  return {};
}

base::Result<void> Core::recover_event(std::string_view entry) {
  if (is_numbers_event(entry)) {
    auto const event = decode_numbers_event(entry);
    if (!event) return event.error();
    numbers_.happened(*event, directory_);
    numbers_.settle(floor_.state(), std::visit([](auto const& what) { return what.at; }, *event), directory_);
    return {};
  }
  auto const event = decode_floor_event(entry);
  if (!event) return event.error();
  floor_.apply(*event);
  numbers_.happened(*event, directory_);
  numbers_.settle(floor_.state(), event->at, directory_);
  return {};
}

base::Result<void> Core::recover_interaction(records::StoredInteraction const& stored) {
  auto head = decode_head(stored.head);
  if (!head) return base::Error{fmt::format("interaction {}: {}", stored.row.id, head.error().message)};
  LiveInteraction& live = live_[stored.row.id];
  live.row = stored.row;
  live.since = now_;
  for (records::AppendEvent const& kept : stored.tail) {
    auto event = decode_event(kept.event, *head);
    if (!event) return base::Error{fmt::format("interaction {}, event {}: {}", stored.row.id, kept.number, event.error().message)};
    live.events.push_back(std::move(*event));
    live.bytes += std::max(kept.event.personal.size(), kept.event.skeleton.size());
    live.numbers.emplace(live.events.back().id, static_cast<std::uint32_t>(live.events.size()));
  }
  live.head = std::make_shared<domain::Interaction const>(std::move(*head));
  read_again(live);
  return {};
}

/// Who has what, as the floor knows it.
void Core::recover_whereabouts() {
  routing::State const& floor = floor_.state();
  for (routing::ContactNumber number = 0; number < floor.contact_numbers_end(); ++number) {
    routing::Contact const& contact = floor.contact(number);
    if (!contact.id.nil() && contact.is_consult()) consults_[contact.id] = id_text(contact.about);
  }
  for (auto& [id, live] : live_) {
    routing::Contact const* const contact = floor.contact(live.contact());
    bool const in_menu = contact == nullptr && live.row.queue.empty() && !has_ended(live);
    live.stage = in_menu ? Stage::waiting : contact == nullptr ? Stage::over
                                                               : stage_of(contact->state);
    if (contact != nullptr && contact->has_agent()) live.agent = id_text(floor.agent(contact->agent).id);
  }
  for (routing::AgentNumber number = 0; number < floor.agent_count(); ++number) {
    routing::Agent const& agent = floor.agent(number);
    note_work_state(id_text(agent.id));
    for (routing::Slot const& slot : agent.slots) {
      LiveInteraction* const live = slot.state == routing::SlotState::wrap_up ? of(slot.contact) : nullptr;
      if (live != nullptr) live->wrapping.insert(id_text(agent.id));
    }
  }
}

/// Nobody is on the line any more: the caller who rings again is a new call, and known.
void Core::end_interrupted_calls() {
  std::vector<std::string> calls;
  for (auto const& [id, live] : live_) {
    bool const runs = live.stage != Stage::over && live.stage != Stage::parked && !live.left_message;
    if (live.row.channel == domain::Channel::voice && runs) calls.push_back(id);
  }
  for (std::string const& id : calls) {
    LiveInteraction& live = live_.at(id);
    if (to_be_called(live) && live.stage != Stage::connected) continue;
    if (to_be_called(live) && !ask(routing::PutBack{live.contact()}, &live)) continue;  // an agent's phone rang
    if (live.row.queue.empty()) {                                                       // was in a menu
      Actor const system;
      actor_ = &system;
      auto const done = on(EndInteraction{id});
      actor_ = nullptr;
      RAPPORT_ASSERT(done);  // it is not over, and the system may end it
      continue;
    }
    live.ending = domain::Role::bot;
    interrupting_ = true;
    auto const refused = ask(routing::End{live.contact()}, &live);
    interrupting_ = false;
    live.ending.reset();
    RAPPORT_ASSERT(!refused);  // it is on the floor, and a contact there can always end
  }
}

/// Contacts of interactions of which the store has nothing: what could not be kept (Centre::write).
void Core::end_lost_contacts() {
  std::vector<routing::ContactId> lost;
  routing::State const& floor = floor_.state();
  for (routing::ContactNumber number = 0; number < floor.contact_numbers_end(); ++number) {
    routing::Contact const& contact = floor.contact(number);
    if (!contact.id.nil() && !contact.is_consult() && of(contact.id) == nullptr) lost.push_back(contact.id);
  }
  for (routing::ContactId const contact : lost) {
    auto const refused = ask(routing::End{contact});
    RAPPORT_ASSERT(!refused);  // it is on the floor, and a contact there can always end
  }
}

void Core::learn(std::vector<Command> const& configuration) {
  for (Command const& command : configuration) {
    if (auto const* brand = std::get_if<ConfigureBrand>(&command)) directory_.set(*brand);
    if (auto const* queue = std::get_if<ConfigureQueue>(&command)) directory_.set(*queue);
    if (auto const* agent = std::get_if<ConfigureAgent>(&command)) directory_.set(*agent);
  }
}

/// Tells the floor what changed in queues and agents since it was saved.
base::Result<void> Core::configure_floor() {
  routing::State const& floor = floor_.state();
  for (auto const& [slug, queue] : directory_.queues()) {  // queues may send contacts to each other: first all are there
    if (floor.queue(queue.rules->id) != nullptr) continue;
    auto alone = std::make_shared<routing::Queue>(*queue.rules);
    alone->overflow_to.reset();
    alone->closed_to.reset();
    if (auto const refused = ask(routing::SetQueue{std::move(alone)})) return base::Error{"queue " + slug + ": " + refused->code};
  }
  for (auto const& [slug, queue] : directory_.queues()) {
    routing::QueueState const* const known = floor.queue(queue.rules->id);
    if (known != nullptr && *known->rules == *queue.rules) continue;
    if (auto const refused = ask(routing::SetQueue{queue.rules})) return base::Error{"queue " + slug + ": " + refused->code};
  }
  for (auto const& [id, agent] : directory_.agents()) {
    routing::Agent const* const known = floor.agent(agent.profile->id);
    if (known != nullptr && is_of(*known, *agent.profile)) continue;
    if (auto const refused = ask(routing::SetAgent{agent.profile})) return base::Error{"agent " + id + ": " + refused->code};
  }
  return {};
}

base::Result<void> Core::recover(records::LiveState const& stored, std::vector<Command> const& configuration,
                                 base::Instant now, Step& step, std::vector<records::CounterRow> const& counted) {
  step_ = &step;
  now_ = now;
  learn(configuration);
  if (auto read = recover_floor(stored); !read) return read;
  for (records::StoredInteraction const& one : stored.interactions) {
    if (auto read = recover_interaction(one); !read) return read;
  }
  recover_whereabouts();
  for (auto const& [id, live] : live_) {
    publish(InteractionOpened{live.summary(), std::make_shared<std::vector<domain::Event> const>(live.events), true});
  }
  bool const fresh = stored.snapshot.empty() && stored.floor.empty();
  for (records::CounterRow const& row : counted) {
    auto const key = read_counters_key(row.key, row.start);
    if (key) numbers_.live().counted(now, *key, insight::counters_of(row.values), directory_);
  }
  for (auto const& [slug, queue] : directory_.queues()) changed_queues_.insert(queue.rules->id);
  if (!fresh) note(TimeResumed{last_moment(), now});
  now_ = fresh ? now : floor_.state().now();  // time passes after the floor knows its configuration
  if (auto configured = configure_floor(); !configured) return configured;
  while (next_deadline() && *next_deadline() < now) decide_next();
  now_ = now;
  end_lost_contacts();
  end_interrupted_calls();
  for (auto& [id, live] : live_) finish_if_done(live);
  step_ = nullptr;
  return {};
}

}  // namespace rapport::centre
