#include "simulation/live_agent.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json.hpp>
#include <utility>

#include "base/hash.hpp"
#include "simulation/awaiting.hpp"

namespace rapport::simulation {
namespace {

constexpr base::Millis reconnect_after = 2 * base::second;

json::object const* object_of(json::object const& object, std::string_view member) {
  json::value const* const found = object.if_contains(member);
  return found == nullptr ? nullptr : found->if_object();
}

template <typename... NamesAndValues>
json::object event(char const* kind, NamesAndValues const&... all) {
  return fields("kind", kind, all...);
}

}  // namespace

/// A conversation in hand.
struct LiveAgent::Contact {
  Contact(World& world, std::string id, AgentPart with, std::shared_ptr<SipCall> by_phone)
      : interaction(std::move(id)), part(std::move(with)), call(std::move(by_phone)), tempo(call ? world.talk : world.life), wake(world.context) {
    if (call) part.talks();
  }

  std::string interaction;
  AgentPart part;
  std::shared_ptr<SipCall> call;  ///< null: it is written
  Tempo const& tempo;
  base::Instant started_at;
  asio::steady_timer wake;
  Begin begin = Begin::answered;
  bool begun = false;
  bool ended = false;  ///< for the customer
  bool gone = false;   ///< from this agent's hands
};

LiveAgent::LiveAgent(World& world, Industry const& industry, SimulatedAgent self, std::uint64_t seed)
    : world_(world), industry_(industry), self_(std::move(self)), who_(bearer(self_.token)), random_(seed) {
  base::Random drawn{base::fnv1a(self_.user)};
  voice_ = draw_voice(drawn, world_.talk.times());
}

void LiveAgent::use_phone(std::shared_ptr<SipPhone> phone) {
  phone_ = std::move(phone);
  phone_->on_ring([weak = weak_from_this()](std::shared_ptr<SipCall> call) {
    auto const self = weak.lock();
    if (!self) return;
    self->calls_.insert_or_assign(call->interaction(), call);
    asio::co_spawn(self->world_.context, [self, call] { return self->pick_up(call); }, asio::detached);
  });
}

/// The phone rings with what is offered.
asio::awaitable<void> LiveAgent::pick_up(std::shared_ptr<SipCall> call) {
  asio::steady_timer timer{world_.context, world_.talk.wall(world_.talk.now() + random_.between(1'200, 4'000))};
  co_await timer.async_wait(as_result);
  bool const refuses = random_.chance(self_.level == "poor" ? 7 : 2);
  if (refuses)
    call->refuse();
  else
    call->answer();
}

asio::awaitable<Answer> LiveAgent::ask(std::string_view method, std::string path, json::value body) {
  Answer answer = co_await world_.client.ask(who_, method, std::move(path), std::move(body));
  bool const crossed = answer.status == 409;  // things went on meanwhile: the feed tells
  if (!answer.good() && !crossed) ++world_.trouble;
  co_return answer;
}

asio::awaitable<Answer> LiveAgent::command(std::string const& interaction, char const* name, json::value body) {
  return ask("POST", "/api/v1/interactions/" + interaction + '/' + name, std::move(body));
}

asio::awaitable<void> LiveAgent::pause(base::Millis time) {
  asio::steady_timer timer{world_.context, world_.wall(world_.now() + time)};
  co_await timer.async_wait(as_result);
}

asio::awaitable<void> LiveAgent::work() {
  for (;;) {
    co_await serve();
    contacts_.clear();
    co_await pause(static_cast<base::Millis>(static_cast<double>(reconnect_after) * world_.pace));
  }
}

asio::awaitable<void> LiveAgent::serve() {
  auto const feed = std::make_shared<FeedConnection>(world_.context);
  feed_ = feed;
  bool const open = co_await feed->open(world_.client.address(), who_);
  if (!open) co_return;
  feed->subscribe({"stream:agent/" + self_.user});
  co_await ask("PUT", "/api/v1/me/presence", fields("presence", "available"));
  for (;;) {
    auto const frame = co_await feed->next();
    if (!frame) break;
    take(*frame);
  }
  for (auto const& [id, contact] : contacts_) {
    contact->gone = true;
    contact->wake.cancel();
  }
}

asio::awaitable<void> LiveAgent::take_breaks() {
  static constexpr char const* reasons[] = {"coffee", "lunch", "training", "team talk"};
  for (;;) {
    co_await pause(random_.between(9, 25) * base::minute);
    co_await ask("PUT", "/api/v1/me/presence", fields("presence", "break", "reason", reasons[random_.below(4)]));
    co_await pause(random_.between(90, 300) * base::second);
    co_await ask("PUT", "/api/v1/me/presence", fields("presence", "available"));
  }
}

void LiveAgent::take(json::object const& frame) {
  std::string_view const stream = text_of(frame, "stream");
  if (stream.starts_with("interaction/")) return follow(std::string{stream.substr(12)}, frame);
  if (!stream.starts_with("agent/")) return;
  if (json::object const* const happened = object_of(frame, "event")) return news(*happened);
  json::object const* const reset = object_of(frame, "reset");
  if (reset == nullptr) return;
  json::object const* const snapshot = object_of(*reset, "snapshot");
  in_hand(snapshot != nullptr ? *snapshot : *reset);
}

/// What was in hand before: this program was away, and its conversations go on.
void LiveAgent::in_hand(json::object const& state) {
  json::value const* const slots = state.if_contains("in_hand");
  if (slots == nullptr || !slots->is_array()) return;
  for (json::value const& slot : slots->get_array()) {
    std::string const interaction{text_of(slot.get_object(), "interaction")};
    std::string_view const how = text_of(slot.get_object(), "state");
    auto const self = shared_from_this();
    if (how == "offered") asio::co_spawn(world_.context, [self, interaction] { return self->decide(interaction); }, asio::detached);
    if (how == "receiving") asio::co_spawn(world_.context, [self, interaction] { return self->acknowledge(interaction, {}); }, asio::detached);
    if (how == "connected") begin(interaction, {}, Begin::resumed);
    if (how == "wrap_up") {
      begin(interaction, {}, Begin::resumed);
      over(interaction);
    }
  }
}

void LiveAgent::news(json::object const& happened) {
  std::string_view const kind = text_of(happened, "kind");
  std::string const interaction{text_of(happened, "interaction")};
  auto const self = shared_from_this();
  json::object const* const offered = object_of(happened, "live");
  bool const rings = phone_ && offered != nullptr && text_of(*offered, "channel") == "voice";
  if (kind == "offer" && !rings) asio::co_spawn(world_.context, [self, interaction] { return self->decide(interaction); }, asio::detached);
  std::string_view const customer = offered == nullptr ? std::string_view{} : text_of(*offered, "customer_name");
  bool const consult = happened.contains("consult");
  if (kind == "connected" && !consult) begin(interaction, customer, Begin::answered);
  if (kind == "receiving" && !consult) {
    asio::co_spawn(world_.context, [self, interaction, name = std::string{customer}] { return self->acknowledge(interaction, name); }, asio::detached);
  }
  if (kind == "wrap_up") over(interaction);
  if (kind == "gone" || kind == "offer_gone" || kind == "wrap_up") calls_.erase(interaction);
  if (kind == "gone" || kind == "offer_gone") {
    auto const found = contacts_.find(interaction);
    if (found == contacts_.end()) return;
    found->second->gone = true;
    found->second->wake.cancel();
    contacts_.erase(found);
  }
  if (kind == "presence" && text_of(happened, "why") == "not_responding") {
    asio::co_spawn(world_.context, [self]() -> asio::awaitable<void> { co_await self->ask("POST", "/api/v1/me/resume", json::object{}); }, asio::detached);
  }
}

asio::awaitable<void> LiveAgent::decide(std::string interaction) {
  co_await pause(random_.between(1'200, 4'000));
  bool const refuses = random_.chance(self_.level == "poor" ? 7 : 2);
  co_await command(interaction, refuses ? "refuse" : "answer", json::object{});
}

asio::awaitable<void> LiveAgent::acknowledge(std::string interaction, std::string customer) {
  co_await pause(random_.between(2'500, 6'000));  // reads what was handed over
  Answer const done = co_await command(interaction, "acknowledge", json::object{});
  if (done.good()) begin(interaction, customer, Begin::received);
}

void LiveAgent::begin(std::string const& interaction, std::string_view customer, Begin how) {
  if (contacts_.contains(interaction)) return;
  auto const call = calls_.find(interaction);
  AgentPart::Self self{self_.name, &world_.book.level(self_.level), self_.leads};
  auto const contact = std::make_shared<Contact>(world_, interaction, AgentPart{world_.book, industry_, std::move(self), customer, base::fnv1a(interaction) ^ random_.next()},
                                                 call == calls_.end() ? nullptr : call->second);
  contact->begin = how;
  contacts_.emplace(interaction, contact);
  feed_->subscribe({"stream:interaction/" + interaction});
  asio::co_spawn(world_.context, [agent = shared_from_this(), contact] { return agent->live(contact); }, asio::detached);
}

void LiveAgent::over(std::string const& interaction) {
  auto const found = contacts_.find(interaction);
  if (found == contacts_.end() || std::exchange(found->second->ended, true)) return;
  found->second->begun = true;
  found->second->part.ended(found->second->tempo.now());
  found->second->wake.cancel();
}

/// Events of a conversation in hand; the first frame brings all that was before.
void LiveAgent::follow(std::string const& interaction, json::object const& frame) {
  auto const found = contacts_.find(interaction);
  if (found == contacts_.end()) return;
  Contact& contact = *found->second;
  base::Millis const now = contact.tempo.now();
  std::string before;
  auto const hear = [&](json::object const& happened) {
    std::string_view const kind = text_of(happened, "kind");
    bool const words = kind == "message" || kind == "utterance";
    if (!words || text_of(happened, "by") != "customer") return;
    if (contact.begin == Begin::answered || contact.begun)
      contact.part.hears(text_of(happened, "text"), now);
    else
      before.append(text_of(happened, "text")) += ' ';
  };
  if (json::object const* const happened = object_of(frame, "event")) hear(*happened);
  json::object const* const reset = object_of(frame, "reset");
  if (reset == nullptr) return contact.wake.cancel(), void();
  json::value const* const events = reset->if_contains("events");
  json::object const* const live = object_of(*reset, "live");
  if (live != nullptr) {
    if (auto const begun = base::parse_rfc3339(text_of(*live, "started_at"))) contact.started_at = *begun;
  }
  if (!contact.begun && contact.begin == Begin::answered) contact.part.answered(now);
  if (events != nullptr && events->is_array()) {
    for (json::value const& one : events->get_array()) hear(one.get_object());
  }
  if (!contact.begun && contact.begin == Begin::received) contact.part.received(before, now);
  if (!contact.begun && contact.begin == Begin::resumed) contact.part.resumed(now);
  contact.begun = true;
  contact.wake.cancel();
}

asio::awaitable<void> LiveAgent::live(std::shared_ptr<Contact> contact) {
  while (!contact->gone && !(contact->begun && contact->part.over())) {
    if (contact->begun) {
      for (Deed& deed : contact->part.act(contact->tempo.now())) {
        if (!contact->gone) co_await perform(contact, std::move(deed));
      }
    }
    if (contact->gone || (contact->begun && contact->part.over())) break;
    auto const due = contact->begun ? contact->part.due() : std::nullopt;
    contact->wake.expires_at(due ? contact->tempo.wall(*due) : std::chrono::steady_clock::time_point::max());
    co_await contact->wake.async_wait(as_result);
  }
}

/// Words that are heard, and told as a recogniser would.
asio::awaitable<void> LiveAgent::talk(std::shared_ptr<Contact> contact, std::string text) {
  if (contact->call->state() != SipCall::State::talking) co_return;
  Span const span = co_await say_aloud(*world_.telephone, contact->call, voice_, text, contact->started_at);
  bool const said = span.end_ms > span.at_ms;  // unless the other side hung up before
  if (said && !contact->gone) co_await command(contact->interaction, "events", event("utterance", "text", text, "at_ms", span.at_ms, "end_ms", span.end_ms));
}

asio::awaitable<void> LiveAgent::perform(std::shared_ptr<Contact> contact, Deed deed) {
  std::string const& id = contact->interaction;
  bool const ended = contact->ended;
  switch (deed.kind) {
    case Deed::Kind::say:
      if (ended) break;
      if (contact->call)
        co_await talk(contact, deed.text);
      else
        co_await command(id, "events", event("message", "text", deed.text));
      break;
    case Deed::Kind::hold:
      co_await command(id, "hold", json::object{});
      break;
    case Deed::Kind::resume:
      co_await command(id, "resume", json::object{});
      break;
    case Deed::Kind::view_profile:
      co_await command(id, "events", event("profile_viewed"));
      break;
    case Deed::Kind::verify:
      co_await command(id, "events", event("verified", "method", "account and postcode"));
      break;
    case Deed::Kind::note:
      co_await command(id, "events", event("note", "text", deed.text));
      break;
    case Deed::Kind::flag:
      co_await command(id, "events", event("flagged", "reason", deed.text));
      break;
    case Deed::Kind::ask_help:
      co_await command(id, "events", event("help_requested", "of", "lead", "text", deed.text));
      break;
    case Deed::Kind::remedy:
      co_await command(id, "events", event("remedy", "what", deed.text));
      break;
    case Deed::Kind::follow_up:
      co_await command(id, "events", event("followup_scheduled", "what", deed.text, "owner", self_.name));
      break;
    case Deed::Kind::transfer: {
      Answer const moved = co_await command(id, "transfer", fields("to", "queue", "target", deed.text));
      if (!moved.good()) co_await command(id, "end", json::object{});
      contact->ended = true;
      break;
    }
    case Deed::Kind::end:
      contact->ended = true;
      if (ended) break;
      if (contact->call)
        contact->call->hang_up();
      else
        co_await command(id, "end", json::object{});
      break;
    case Deed::Kind::wrap_up: {
      json::object body = fields("reason", deed.reason, "outcome", deed.outcome);
      if (!deed.cause.empty()) body["root_cause"] = deed.cause;
      co_await command(id, "wrap-up", std::move(body));
      break;
    }
  }
}

}  // namespace rapport::simulation
