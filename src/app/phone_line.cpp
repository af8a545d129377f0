#include "app/phone_line.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "customers/identifier.hpp"
#include "server/api/arrival.hpp"

namespace rapport::app {
namespace {

using phone::Wanted;

constexpr std::uint16_t transferred = 200;
constexpr std::uint16_t not_found = 404;
constexpr std::uint16_t temporarily_unavailable = 480;
constexpr std::uint16_t service_unavailable = 503;
constexpr std::uint16_t declined = 603;
constexpr std::uint32_t bad_score = 300;  // of mean_opinion_score: many are annoyed

centre::Actor agent_actor(std::string const& agent) { return {centre::Actor::Kind::agent, agent, std::nullopt}; }

/// Whether it may be a number that can be called back.
bool is_number(std::string_view caller) {
  constexpr std::size_t digits_min = 3;
  if (caller.starts_with('+')) caller.remove_prefix(1);
  return caller.size() >= digits_min && std::ranges::all_of(caller, [](char c) { return c >= '0' && c <= '9'; });
}

centre::StartInteraction start_of(phone::Arrival const& arrival, std::string const& brand, std::string const& queue) {
  centre::StartInteraction start;
  start.head.id = arrival.interaction;
  start.head.channel = domain::Channel::voice;
  start.head.brand = brand;
  start.head.queue = queue;
  start.head.language.clear();  // the brand's
  domain::Participant customer;
  customer.id = "p1";
  if (is_number(arrival.caller)) customer.identifiers.push_back({"tel", arrival.caller, false});
  start.head.participants.push_back(std::move(customer));
  return start;
}

}  // namespace

PhoneLine::PhoneLine(Ways ways, base::Metrics& metrics)
    : ways_(std::move(ways)),
      turned_away_(metrics.counter("rapport_phone_calls_turned_away_total", "Calls that the centre did not take: no such queue, closed, full, blocked.")),
      unreachable_(metrics.counter("rapport_phone_agents_unreachable_total", "Times that an agent's phone was busy, did not answer, or was not logged in.")),
      lost_(metrics.counter("rapport_phone_legs_lost_total", "Legs that were hung up because no sound came any more, or their session timer ran out.")),
      callers_keys_(metrics.counter("rapport_phone_keys_total", "Keys that were pressed in calls.", {{"by", "caller"}})),
      agents_keys_(metrics.counter("rapport_phone_keys_total", "Keys that were pressed in calls.", {{"by", "agent"}})),
      good_lines_(metrics.counter("rapport_phone_line_reports_total", "Reports of how lines are, by what callers would say.", {{"line", "good"}})),
      bad_lines_(metrics.counter("rapport_phone_line_reports_total", "Reports of how lines are, by what callers would say.", {{"line", "bad"}})) {}

void PhoneLine::connect(phone::Phone* phone) {
  std::lock_guard const lock{mutex_};
  phone_ = phone;
}

void PhoneLine::ask(centre::Command command, centre::Actor actor) {
  // Whatever is refused was overtaken by something else, and that is followed.
  ways_.submit({std::move(command), std::move(actor), {}, {}, {}, {}}, [](centre::Granted<centre::Outcome> const&) {});
}

void PhoneLine::turn_away(std::string const& interaction, std::uint16_t status) {
  turned_away_.add();
  std::lock_guard const lock{mutex_};
  live_.erase(interaction);
  if (phone_ != nullptr) phone_->refuse(interaction, status);
}

std::string PhoneLine::queue_for(std::string const& called) const {
  if (queues_.contains(called)) return called;
  if (queues_.contains(ways_.queue)) return ways_.queue;
  return queues_.empty() || !ways_.queue.empty() ? std::string{} : queues_.begin()->first;
}

void PhoneLine::arrived(phone::Arrival arrival) {
  auto const shared = std::make_shared<phone::Arrival const>(std::move(arrival));
  {
    std::lock_guard const lock{mutex_};
    live_.try_emplace(shared->interaction);
  }
  if (!ways_.readers.submit([this, shared] { take_in(*shared); })) turn_away(shared->interaction, service_unavailable);
}

/// Nothing where the caller has left meanwhile. An empty brand: nothing is there for the number.
std::optional<PhoneLine::Way> PhoneLine::find_way(phone::Arrival const& arrival) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(arrival.interaction);
  if (found == live_.end() || found->second.left) {
    live_.erase(arrival.interaction);
    return std::nullopt;
  }
  Way way;
  way.queue = queue_for(arrival.called);
  if (!way.queue.empty()) way.brand = queues_.find(way.queue)->second;
  if (ways_.menus == nullptr) return way;
  auto menu = ways_.menus->by_number(arrival.called);
  if (!menu && !way.brand.empty()) menu = ways_.menus->by_brand(way.brand);
  if (!menu) return way;
  found->second.menu = menu;
  return Way{{}, menu->brand, true};
}

/// On the readers' pool: who calls, and may they.
void PhoneLine::take_in(phone::Arrival const& arrival) {
  auto const way = find_way(arrival);
  if (!way) return;
  std::string const& brand = way->brand;
  if (brand.empty()) return turn_away(arrival.interaction, not_found);
  base::Instant const now = ways_.clock();
  centre::StartInteraction start = start_of(arrival, brand, way->queue);
  std::vector<domain::Identifier> known;
  for (domain::Identifier const& identifier : start.head.participants.front().identifiers) {
    if (auto normal = customers::normalised(identifier, ways_.book.rules().region(brand))) known.push_back(std::move(*normal));
  }
  auto const blocked = ways_.book.blocked(brand, known, now);
  if (blocked && *blocked) return turn_away(arrival.interaction, declined);
  centre::StartInteraction completed = start;
  server::api::Beside beside;
  if (server::api::names_customer(start)) {
    auto received = server::api::receive(ways_.book, completed, now);
    if (received) beside = std::move(*received);
    if (!received) completed = start;  // better a call of a stranger than none
  }
  auto afterwards = std::make_shared<decltype(beside.afterwards)>(std::move(beside.afterwards));
  ways_.submit({std::move(completed), {}, {}, {}, {}, std::move(beside.changes)},
               [this, arrival, afterwards](centre::Granted<centre::Outcome> const& done) {
                 started(arrival, done);
                 if (!done || !*afterwards) return;
                 // What is learnt of a caller can wait; where the pool is full it is learnt by their next call.
                 static_cast<void>(ways_.readers.submit([afterwards, outcome = *done] { static_cast<void>((*afterwards)(outcome)); }));
               });
}

void PhoneLine::started(phone::Arrival const& arrival, centre::Granted<centre::Outcome> const& done) {
  if (!done) {
    bool const closed = done.error().code == "queue_closed" || done.error().code == "queue_full";
    return turn_away(arrival.interaction, closed ? temporarily_unavailable : service_unavailable);
  }
}

void PhoneLine::caller_left(std::string const& interaction) {
  std::string customer;
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    if (found == live_.end()) return;
    found->second.left = true;
    customer = found->second.customer;
  }
  if (customer.empty()) return;  // the centre does not have the call yet; when it has, it is told
  ask(centre::EndInteraction{interaction}, {centre::Actor::Kind::customer, customer, std::nullopt});
}

void PhoneLine::announced(std::string const& interaction, std::uint32_t ticket) {
  if (ways_.menus != nullptr) ways_.menus->announced(interaction, ticket);
}

void PhoneLine::time_passed() {
  if (ways_.menus != nullptr) ways_.menus->time_passed();
  if (ways_.waiting != nullptr) ways_.waiting->time_passed();
}

void PhoneLine::agent_answered(std::string const& interaction, std::string const& agent) { ask(centre::AnswerOffer{agent, interaction}, agent_actor(agent)); }

void PhoneLine::agent_unreachable(std::string const& interaction, std::string const& agent, Unreachable) {
  unreachable_.add();
  bool has_it = false;
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    has_it = found != live_.end() && found->second.wanted.stage == Wanted::Stage::connected;
  }
  if (has_it)
    ask(centre::PutBack{interaction}, agent_actor(agent));
  else
    ask(centre::RefuseOffer{agent, interaction}, agent_actor(agent));
}

void PhoneLine::agent_left(std::string const& interaction, std::string const& agent) { ask(centre::EndInteraction{interaction}, agent_actor(agent)); }

/// The timeline tells it of the leg; what follows for the call is a command of its own.
void PhoneLine::leg_lost(std::string const& interaction, std::string const& agent, Lost why) {
  lost_.add();
  centre::AddEvent ended{interaction, {}, false};
  ended.event.kind = domain::EventKind::leg_ended;
  ended.event.leg = agent.empty() ? "customer" : "agent";
  ended.event.attributes.push_back({{}, "reason", domain::Value::of_text(why == Lost::no_sound ? "no_sound" : "session_expired")});
  ask(std::move(ended), {});
}

void PhoneLine::agent_holds(std::string const& interaction, std::string const& agent, bool holds) {
  if (holds)
    ask(centre::StartHold{interaction}, agent_actor(agent));
  else
    ask(centre::EndHold{interaction}, agent_actor(agent));
}

void PhoneLine::agent_refers(std::string const& interaction, std::string const& agent, std::string const& target) {
  bool const asked = ways_.readers.submit([this, interaction, agent, target] { refer(interaction, agent, target); });
  if (!asked) referred(interaction, service_unavailable);
}

/// On the readers' pool: a queue's name, else a colleague's login.
void PhoneLine::refer(std::string const& interaction, std::string const& agent, std::string const& target) {
  centre::TransferInteraction transfer{interaction, centre::TransferInteraction::To::queue, target};
  bool queue = false;
  {
    std::lock_guard const lock{mutex_};
    queue = queues_.contains(target);
  }
  if (!queue) {
    transfer.to = centre::TransferInteraction::To::agent;
    transfer.target = ways_.user_of ? ways_.user_of(target) : std::string{};
    if (transfer.target.empty()) return referred(interaction, not_found);
  }
  ways_.submit({std::move(transfer), agent_actor(agent), {}, {}, {}, {}},
               [this, interaction](centre::Granted<centre::Outcome> const& done) { referred(interaction, done ? transferred : declined); });
}

void PhoneLine::referred(std::string const& interaction, std::uint16_t status) {
  std::lock_guard const lock{mutex_};
  if (phone_ != nullptr) phone_->referred(interaction, status);
}

void PhoneLine::key_pressed(std::string const& interaction, std::string const& agent, char key) {
  (agent.empty() ? callers_keys_ : agents_keys_).add();
  if (agent.empty() && ways_.menus != nullptr) ways_.menus->key(interaction, key);
}

void PhoneLine::line_measured(std::string const&, std::string const&, media::LineState const& line) { (line.score < bad_score ? bad_lines_ : good_lines_).add(); }

void PhoneLine::on(centre::Publication const& publication) {
  if (auto const* const queue = std::get_if<centre::QueueState>(&publication)) {
    std::lock_guard const lock{mutex_};
    queues_.insert_or_assign(queue->queue, queue->brand);
  } else if (auto const* const opened = std::get_if<centre::InteractionOpened>(&publication)) {
    follow(opened->live);
  } else if (auto const* const changed = std::get_if<centre::InteractionChanged>(&publication)) {
    follow(changed->live);
  } else if (auto const* const happened = std::get_if<centre::EventHappened>(&publication)) {
    domain::Value const* const given = happened->event.kind == domain::EventKind::consent ? happened->event.find("given") : nullptr;
    std::lock_guard const lock{mutex_};
    auto const found = given == nullptr ? live_.end() : live_.find(happened->interaction);
    if (found != live_.end()) found->second.agreed = given->number != 0;
  } else if (auto const* const place = std::get_if<centre::PlaceInLine>(&publication)) {
    if (ways_.waiting != nullptr) ways_.waiting->place(place->interaction, place->position, place->estimate_ms);
  } else if (auto const* const news = std::get_if<centre::AgentNews>(&publication)) {
    follow(*news);
  }
}

/// Of a call that is past its menu.
void PhoneLine::tell_recording(std::string const& interaction, Live& live) {
  if (live.recording || !live.agreed) return;
  live.recording = true;
  centre::AddEvent recording{interaction, {}, false};
  recording.event.kind = domain::EventKind::recording_started;
  ask(std::move(recording), {});
}

void PhoneLine::waits_no_more(std::string const& interaction) {
  if (ways_.menus != nullptr) ways_.menus->forget(interaction);
  if (ways_.waiting != nullptr) ways_.waiting->forget(interaction);
}

void PhoneLine::want(std::string const& interaction, Live& live, Wanted wanted) {
  live.wanted = std::move(wanted);
  live.wanted.recorded = live.agreed;
  if (phone_ != nullptr) phone_->follow(interaction, live.wanted);
}

void PhoneLine::follow(centre::LiveSummary const& summary) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(summary.row.id);
  if (found == live_.end()) return;
  Live& live = found->second;
  bool const first = live.customer.empty();
  live.customer = summary.row.customer;
  if (first && live.left) ask(centre::EndInteraction{found->first}, {centre::Actor::Kind::customer, live.customer, std::nullopt});
  switch (summary.stage) {
    case centre::Stage::waiting:
      if (summary.row.queue.empty()) {
        want(found->first, live, {Wanted::Stage::menu, {}, false});
        if (auto const menu = std::exchange(live.menu, std::nullopt)) ways_.menus->begin(found->first, *menu, summary.head->language);
        return;
      }
      if (ways_.menus != nullptr) ways_.menus->forget(found->first);
      tell_recording(found->first, live);
      if (ways_.waiting != nullptr) ways_.waiting->begin(found->first, summary.head->language);
      return want(found->first, live, {Wanted::Stage::waiting, {}, false});
    case centre::Stage::offered:
      return;  // to whom, the agent's news tells
    case centre::Stage::connected:
      waits_no_more(found->first);
      return want(found->first, live, {Wanted::Stage::connected, summary.agent, summary.on_hold});
    case centre::Stage::parked:  // they are called back
    case centre::Stage::over:
    case centre::Stage::finished:
      waits_no_more(found->first);
      want(found->first, live, {Wanted::Stage::over, {}, false});
      live_.erase(found);
  }
}

void PhoneLine::follow(centre::AgentNews const& news) {
  if (news.kind != centre::AgentNews::Kind::offer || news.consult) return;
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(news.interaction);
  if (found != live_.end()) want(found->first, found->second, {Wanted::Stage::offered, news.agent, false});
}

}  // namespace rapport::app
