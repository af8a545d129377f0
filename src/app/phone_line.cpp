#include "app/phone_line.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "base/phone_limits.hpp"
#include "customers/identifier.hpp"
#include "customers/phone_number.hpp"
#include "server/api/arrival.hpp"

namespace rapport::app {
namespace {

using phone::Wanted;

constexpr std::uint16_t not_found = 404;
constexpr std::uint16_t temporarily_unavailable = 480;
constexpr std::uint16_t service_unavailable = 503;
constexpr std::uint16_t declined = 603;

phone::Seat seat_of(centre::Party::Kind kind) {
  using Kind = centre::Party::Kind;
  switch (kind) {
    case Kind::consulted:
      return phone::Seat::consulted;
    case Kind::joined:
      return phone::Seat::joined;
    case Kind::monitoring:
      return phone::Seat::monitoring;
    case Kind::whispering:
      return phone::Seat::whispering;
    case Kind::barging:
      return phone::Seat::barging;
  }
  return phone::Seat::monitoring;
}

std::vector<Wanted::Party> parties_of(centre::LiveSummary const& summary) {
  std::vector<Wanted::Party> parties;
  parties.reserve(summary.parties.size());
  for (centre::Party const& party : summary.parties) parties.push_back({party.user, seat_of(party.kind), party.offered});
  return parties;
}

/// Whether it may be a number that can be called back.
bool is_number(std::string_view caller) {
  constexpr std::size_t digits_min = 3;
  if (caller.starts_with('+')) caller.remove_prefix(1);
  return caller.size() >= digits_min && std::ranges::all_of(caller, [](char c) { return c >= '0' && c <= '9'; });
}

/// E.164 where it can be read as a number; else as it came.
std::string in_one_writing(std::string const& number, std::string const& region) {
  auto const read = is_number(number) ? customers::PhoneNumber::parse(number, region) : customers::PhoneRefusal::no_number;
  return read ? read->e164() : number;
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

std::string PhoneLine::queue_for(phone::Arrival const& arrival) const {
  if (queues_.contains(arrival.called)) return arrival.called;
  if (queues_.contains(arrival.queue)) return arrival.queue;
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
  way.queue = queue_for(arrival);
  if (!way.queue.empty()) way.brand = queues_.find(way.queue)->second;
  if (ways_.menus == nullptr) return way;
  auto menu = ways_.menus->by_number(arrival.called);
  if (!menu) menu = ways_.menus->by_number(in_one_writing(arrival.called, ways_.region));
  if (!menu && !way.brand.empty()) menu = ways_.menus->by_brand(way.brand);
  if (!menu) return way;
  found->second.menu = menu;
  return Way{{}, menu->brand, true};
}

/// On the readers' pool: who calls, and may they.
void PhoneLine::take_in(phone::Arrival const& as_it_came) {
  phone::Arrival arrival = as_it_came;
  auto const way = find_way(arrival);
  if (!way) return;
  std::string const& brand = way->brand;
  if (brand.empty()) return turn_away(arrival.interaction, not_found);
  base::Instant const now = ways_.clock();
  std::string const region = ways_.book.rules().region(brand);
  arrival.caller = in_one_writing(arrival.caller, region.empty() ? ways_.region : region);
  centre::StartInteraction start = start_of(arrival, brand, way->queue);
  std::vector<domain::Identifier> known;
  for (domain::Identifier const& identifier : start.head.participants.front().identifiers) {
    if (auto normal = customers::normalised(identifier, region)) known.push_back(std::move(*normal));
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
    found->second.farewell = false;
    if (found->second.away) return;  // they are to be called
    found->second.left = true;
    outside_untold(interaction, found->second);
    customer = found->second.customer;
    end_leg(interaction, {}, "hung_up");
    end_leg(interaction, found->second.wanted.agent, "over");
  }
  if (customer.empty()) return;  // the centre does not have the call yet; when it has, it is told
  if (ways_.menus != nullptr && ways_.menus->left(interaction)) return;
  ask(centre::EndInteraction{interaction}, {centre::Actor::Kind::customer, customer, std::nullopt});
}

void PhoneLine::announced(std::string const& interaction, std::uint32_t ticket) {
  if (ticket == farewell_ticket) return farewell_over(interaction);
  if (ways_.menus != nullptr) ways_.menus->announced(interaction, ticket);
}

/// By leaving a message they agree to its recording.
void PhoneLine::record(std::string const& interaction) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  if (found == live_.end() || found->second.left) return;
  found->second.message = found->second.agreed = found->second.recording = true;
  want(found->first, found->second, {Wanted::Stage::message, {}, false});
}

void PhoneLine::fell_silent(std::string const& interaction) {
  if (ways_.menus != nullptr) ways_.menus->fell_silent(interaction);
}

void PhoneLine::time_passed() {
  if (ways_.menus != nullptr) ways_.menus->time_passed();
  if (ways_.waiting != nullptr) ways_.waiting->time_passed();
  forget_unopened();
  resume_recordings();
}

void PhoneLine::key_pressed(std::string const& interaction, std::string const& agent, char key) {
  (agent.empty() ? callers_keys_ : agents_keys_).add();
  if (agent.empty() && ways_.menus != nullptr) ways_.menus->key(interaction, key);
  bool wishes = false;
  if (agent.empty()) {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    wishes = found != live_.end() && found->second.wanted.stage == Wanted::Stage::waiting && found->second.callback_key == std::string_view{&key, 1};
  }
  if (wishes) wish_callback(interaction);
}

void PhoneLine::line_measured(std::string const& interaction, std::string const& agent, media::LineState const& line) {
  (line.score < PhoneQuality::bad_score ? bad_lines_ : good_lines_).add();
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  if (found == live_.end() || found->second.left) return;
  bool const guests = !agent.empty() && agent != found->second.wanted.agent;  // not to be taken for the agent's
  if (!guests) ask(quality_.measured(interaction, agent, line), {});
}

void PhoneLine::talk_measured(std::string const& interaction, std::string const& agent, media::Talk const& talk) {
  std::lock_guard const lock{mutex_};
  quality_.talked(interaction, agent, talk);
}

/// How the line of a leg was, once. REQUIRES: the lock is held.
void PhoneLine::end_leg(std::string const& interaction, std::string const& agent, std::string const& reason) {
  auto event = quality_.ended(interaction, agent, reason);
  if (event) ask(centre::AddEvent{interaction, *std::move(event), false}, {});
}

/// Those that were paused for as long as they may be.
void PhoneLine::resume_recordings() {
  std::lock_guard const lock{mutex_};
  base::Instant const now = ways_.clock();
  std::erase_if(resume_at_, [&](auto const& entry) {
    bool const due = entry.second <= now;
    if (due) ask(centre::ResumeRecording{entry.first, true}, {});
    return due;
  });
}

void PhoneLine::on(centre::Publication const& publication) {
  if (auto const* const queue = std::get_if<centre::QueueState>(&publication)) {
    std::lock_guard const lock{mutex_};
    queues_.insert_or_assign(queue->queue, queue->brand);
  } else if (auto const* const opened = std::get_if<centre::InteractionOpened>(&publication)) {
    if (opened->recovered) learn_callback(*opened);
    follow(opened->live);
  } else if (auto const* const changed = std::get_if<centre::InteractionChanged>(&publication)) {
    follow(changed->live);
  } else if (auto const* const happened = std::get_if<centre::EventHappened>(&publication)) {
    domain::Value const* const given = happened->event.kind == domain::EventKind::consent ? happened->event.find("given") : nullptr;
    read_callback(*happened);
    if (given != nullptr) take_consent(happened->interaction, given->number != 0);
  } else if (auto const* const place = std::get_if<centre::PlaceInLine>(&publication)) {
    if (ways_.waiting != nullptr) ways_.waiting->place(place->interaction, place->position, place->estimate_ms);
  } else if (auto const* const news = std::get_if<centre::AgentNews>(&publication)) {
    follow(*news);
  } else if (auto const* const state = std::get_if<centre::AgentState>(&publication)) {
    follow(*state);
  } else if (auto const* const pressed = std::get_if<centre::KeysPressed>(&publication)) {
    std::lock_guard const lock{mutex_};
    if (phone_ != nullptr && live_.contains(pressed->interaction)) phone_->press(pressed->interaction, pressed->keys);
  }
}

void PhoneLine::waits_no_more(std::string const& interaction) {
  if (ways_.menus != nullptr) ways_.menus->forget(interaction);
  if (ways_.waiting != nullptr) ways_.waiting->forget(interaction);
}

void PhoneLine::want(std::string const& interaction, Live& live, Wanted wanted) {
  bool const handed_on = live.wanted.stage == Wanted::Stage::connected && live.wanted.agent != wanted.agent;
  if (handed_on) {
    end_leg(interaction, live.wanted.agent, "over");
    live.asks = false;
    live.second = Live::Second::none;
    live.asked_by = 0;
  }
  live.wanted = std::move(wanted);
  live.wanted.recorded = recordable(live);
  live.wanted.paused = live.paused.has_value();
  live.wanted.prompted = live.prompt.has_value();
  live.wanted.asks = live.asks;
  live.wanted.attempt = live.asks ? live.asked_by : 0;
  live.wanted.outside = live.outside && live.outside->begun ? live.outside->wanted : Wanted::Outside{};
  live.wanted.music = music_of(live);
  if (phone_ != nullptr) phone_->follow(interaction, live.wanted);
}

void PhoneLine::follow(centre::LiveSummary const& summary) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(summary.row.id);
  if (found == live_.end()) return;
  Live& live = found->second;
  bool const first = live.customer.empty();
  live.customer = summary.row.customer;
  live.brand = summary.row.brand;
  live.language = summary.head->language;
  live.queue = summary.row.queue;
  live.number = centre::number_of(*summary.head);
  live.expected_until = {};
  live.paused = summary.recording_paused;
  if (live.paused)
    resume_at_.insert_or_assign(found->first, *live.paused + limits::recording_pause_ms_max);
  else
    resume_at_.erase(found->first);
  bool const went = summary.stage == centre::Stage::over && !summary.outside.empty();
  if (went && live.outside && live.outside->by_leg) return leave_outside(found);
  follow_outside(live, summary.outside);
  if (summary.left_message) {
    waits_no_more(found->first);
    return hang_up(found);
  }
  if (first && live.left && !live.by_phone) ask(centre::EndInteraction{found->first}, {centre::Actor::Kind::customer, live.customer, std::nullopt});
  std::vector<Wanted::Party> parties = parties_of(summary);
  switch (summary.stage) {
    case centre::Stage::waiting:
      if (live.by_phone) return;  // it begins in the agent's hands
      if (live.away) return let_go(*found);
      end_prompt(*found);  // the agent is gone; they are not recorded, and wait as others do
      if (summary.row.queue.empty()) {
        want(found->first, live, {live.message ? Wanted::Stage::message : Wanted::Stage::menu, {}, false});
        if (live.menu && ways_.rules != nullptr) live.callback_key = live.menu->menu->callback_key;
        if (auto const menu = std::exchange(live.menu, std::nullopt)) ways_.menus->begin(found->first, *menu, summary.head->language);
        return;
      }
      if (ways_.menus != nullptr) ways_.menus->forget(found->first);
      tell_recording(found->first, live);
      if (ways_.waiting != nullptr) ways_.waiting->begin(found->first, summary.head->language, live.callback_key);
      return want(found->first, live, {.stage = Wanted::Stage::waiting, .parties = std::move(parties)});
    case centre::Stage::offered:  // to whom, the agent's news tells
      if (live.away) return;
      live.wanted.parties = std::move(parties);
      return want(found->first, live, live.wanted);
    case centre::Stage::connected:
      if (!live.prompt || live.away) waits_no_more(found->first);
      if (live.by_phone && live.left) return ask(centre::EndInteraction{found->first}, {centre::Actor::Kind::agent, summary.agent, std::nullopt});
      if (live.away && !call_customer(*found)) return;
      return want(found->first, live, {.stage = Wanted::Stage::connected, .agent = summary.agent, .held = summary.on_hold, .muted = summary.muted, .parties = std::move(parties)});
    case centre::Stage::parked:  // they are called back
      if (ways_.rules != nullptr) {
        // Whom an agent has just had on the line waits for no farewell: a machine that answered, say.
        bool const talked = live.wanted.stage == Wanted::Stage::connected && !live.away;
        if (talked) live.away = live.callback.wanted = true;
        begin_callback(*found);
        return let_go(*found);
      }
      [[fallthrough]];
    case centre::Stage::over:
    case centre::Stage::finished:
      waits_no_more(found->first);
      hang_up(found);
  }
}

/// Of our own accord, or because there is nobody any more.
void PhoneLine::hang_up(std::map<std::string, Live, std::less<>>::iterator found) {
  end_leg(found->first, {}, "over");
  want(found->first, found->second, {Wanted::Stage::over, {}, false});
  give_back(found->second);
  give_back_outside(found->second);
  quality_.forget(found->first);
  resume_at_.erase(found->first);
  live_.erase(found);
}

}  // namespace rapport::app
