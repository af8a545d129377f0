#include <algorithm>
#include <utility>

#include "base/phone_limits.hpp"
#include "centre/core.hpp"
#include "centre/event_making.hpp"

/// Commands about calls and what is recorded of them.
namespace rapport::centre {
namespace {

/// Kinds that are the centre's own; readers of timelines that do not know them pass over them.
domain::Event own_event(std::string_view kind, base::Millis at_ms) {
  domain::Event event = event_of(domain::EventKind::other, at_ms);
  event.attributes.push_back(text_attribute("kind", kind));
  return event;
}

void add(domain::Event& event, std::string_view name, std::string_view text) { event.attributes.push_back(text_attribute(name, text)); }
void add(domain::Event& event, std::string name, std::int64_t thousandths) { event.attributes.push_back({{}, std::move(name), domain::Value::of_thousandths(thousandths)}); }

bool is_key(char c) { return (c >= '0' && c <= '9') || c == '*' || c == '#'; }

}  // namespace

Granted<Outcome> Core::on(PauseRecording const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (!live.is_call()) return refusal(refused::no_call);
  if (live.stage != Stage::connected) return refusal("not_connected");
  if (live.paused_from) return refusal(refused::already_paused);
  live.paused_from = live.at(now_);
  domain::Event begun = own_event("recording_pause_started", *live.paused_from);  // the span is told when it ends; this is what a crash finds
  begun.by = actor_->kind == Actor::Kind::agent ? domain::Role::agent : actor_->kind == Actor::Kind::supervisor ? domain::Role::supervisor
                                                                                                                : domain::Role::bot;
  add(begun, "reason", "card");
  std::uint32_t const number = append(live, std::move(begun));
  publish(InteractionChanged{live.summary()});
  return outcome(live, number);
}

Granted<Outcome> Core::on(ResumeRecording const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (!live.paused_from) return refusal(refused::not_paused);
  std::uint32_t const number = end_pause(live, command.by_limit ? "limit" : "resumed");
  publish(InteractionChanged{live.summary()});
  return outcome(live, number);
}

std::uint32_t Core::end_pause(LiveInteraction& live, std::string_view why) {
  domain::Event pause = own_event("recording_paused", *live.paused_from);
  pause.end_ms = std::max(live.at(now_), pause.at_ms);
  add(pause, "reason", "card");
  add(pause, "ended", why);
  live.paused_from.reset();
  return append(live, std::move(pause));
}

Granted<Outcome> Core::on(PressKeys const& command) {
  auto found = find_held(command.interaction);
  if (!found) return found.error();
  LiveInteraction const& live = **found;
  if (!live.is_call()) return refusal(refused::no_call);
  if (live.stage != Stage::connected) return refusal("not_connected");
  if (live.agent != actor_->id && actor_->kind == Actor::Kind::agent) return refusal(refused::not_yours);
  bool const keys = !command.keys.empty() && std::ranges::all_of(command.keys, is_key);
  if (!keys) return refusal(refused::bad_event, "keys: expected some of 0123456789*#");
  if (command.keys.size() > limits::keys_at_once_max) return refusal(refused::too_many, "keys_at_once_max");
  publish(KeysPressed{live.row.id, command.keys});
  return outcome(live, 0);
}

Granted<Outcome> Core::on(TellLine const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (live.stage == Stage::over || live.stage == Stage::finished) return refusal(refused::is_over);
  LineReading const& line = command.line;
  std::erase_if(live.lines, [&](LineReading const& one) { return one.leg == line.leg; });
  live.lines.push_back(line);
  publish(LineTold{live.row.id, live.lines});
  bool const lasts = command.became != TellLine::Became::same && live.events.size() < limits::live_events_max;
  if (!lasts) return outcome(live, 0);
  domain::Event became = own_event(command.became == TellLine::Became::bad ? "line_bad" : "line_good", live.at(now_));
  became.leg = line.leg;
  add(became, "score", std::int64_t{line.score} * 10);
  add(became, "loss_percent", std::int64_t{line.loss} * 100);
  add(became, "jitter_ms", std::int64_t{line.jitter_ms} * 1'000);
  return outcome(live, append(live, std::move(became)));
}

Granted<Outcome> Core::on(LeaveMessage const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (live.stage == Stage::over || live.stage == Stage::finished) return refusal(refused::is_over);
  bool const in_menu = live.row.channel == domain::Channel::voice && live.row.queue.empty() && live.stage == Stage::waiting;
  if (!in_menu) return refusal(refused::no_call);
  ConfigureQueue const* const queue = directory_.queue(command.queue);
  if (queue == nullptr || queue->brand != live.row.brand) return refusal(refused::unknown_queue, command.queue);
  domain::Event left = own_event("voicemail_left", live.at(now_));
  left.by = domain::Role::customer;
  add(left, "seconds", command.length_ms);
  if (auto const refused = enter(live, *queue, std::move(left))) return *refused;
  return latest(live);
}

/// From a menu into a queue; `left`: as the message that they left.
std::optional<Refused> Core::enter(LiveInteraction& live, ConfigureQueue const& queue, std::optional<domain::Event> left) {
  auto const decided = floor_.handle(routing::Enter{live.contact(), queue.rules->id, live.row.channel, 0, {}, {}, left.has_value()}, now_);
  if (!decided) return refusal(std::string{routing::name(decided.error())});
  live.left_message = left.has_value();
  live.outside.clear();
  if (left) append(live, *std::move(left));
  auto head = std::make_shared<domain::Interaction>(*live.head);
  head->queue = queue.slug;
  live.head = std::move(head);
  live.row.queue = queue.slug;
  update(live);
  follow(*decided);
  return std::nullopt;
}

}  // namespace rapport::centre
