#include <utility>
#include <vector>

#include "app/phone_line.hpp"
#include "base/phone_limits.hpp"
#include "centre/event_making.hpp"
#include "customers/phone_number.hpp"

/// Calls that we place: those of agents, and callbacks. The agent's phone rings first; the phone dials the
/// customer once it is lifted, and what comes of it is told on the timeline as the customer's leg.
namespace rapport::app {
namespace {

using centre::text_attribute;
using phone::Wanted;
using server::api::PlacedRecording;

constexpr base::Millis begins_within = 10 * base::second;  // an interaction that was expected

}  // namespace

std::string_view PhoneLine::reason_name(NotReached why) {
  using enum NotReached;
  switch (why) {
    case busy:
      return "busy";
    case no_answer:
      return "no_answer";
    case declined:
      return "declined";
    case no_such_number:
      return "no_such_number";
    case refused:
      return "refused";
    case no_trunk:
      return "no_trunk";
    case hung_up:
      return "hung_up";
  }
  return {};
}

void PhoneLine::expect(std::string const& interaction, server::api::CallGranted const& granted, std::string const& caller) {
  std::lock_guard const lock{mutex_};
  Live& live = live_[interaction];
  live.placement = phone::Placement{interaction, granted.to, caller, granted.trunk, granted.emergency};
  live.expected_until = ways_.clock() + begins_within;
  live.counted = !granted.emergency;
  live.agreed = granted.recording == PlacedRecording::always;  // else once they agree
  live.forbidden = granted.recording == PlacedRecording::never;
  if (granted.recording == PlacedRecording::prompted) live.prompt = granted.prompt;
  live.away = true;
}

void PhoneLine::give_back(Live& live) {
  if (std::exchange(live.counted, false)) ways_.rules->over();
}

void PhoneLine::forget_unopened() {
  std::lock_guard const lock{mutex_};
  base::Instant const now = ways_.clock();
  for (auto& [interaction, live] : live_) forget_outside(live, now);
  std::erase_if(live_, [&](Entry const& entry) {
    bool const late = entry.second.expected_until != base::Instant{} && now >= entry.second.expected_until;
    if (late && entry.second.counted) ways_.rules->over();
    bool const rings = late && entry.second.by_phone && phone_ != nullptr;  // it waits for nothing any more
    if (rings) phone_->refuse(entry.first, 503, {});
    return late;
  });
}

void PhoneLine::tell_leg(std::string const& interaction, domain::EventKind kind, std::string const& leg, std::vector<domain::Attribute> attributes) {
  centre::AddEvent told{interaction, {}, false};
  told.event.kind = kind;
  told.event.leg = leg;
  told.event.attributes = std::move(attributes);
  ask(std::move(told), {});
}

void PhoneLine::tell_state(std::string const& interaction, std::string_view state) {
  tell_leg(interaction, domain::EventKind::leg_started, centre::customer_leg, {text_attribute("state", state)});
}

/// What was to be called when the server stopped goes on.
void PhoneLine::learn_callback(centre::InteractionOpened const& opened) {
  bool const call = opened.live.row.channel == domain::Channel::voice && opened.events != nullptr;
  if (!call || ways_.rules == nullptr) return;
  Live live;
  bool consented = false;
  for (domain::Event const& event : *opened.events) {
    live.callback.read(event);
    domain::Value const* const required = event.kind == domain::EventKind::context ? event.find("consent_required") : nullptr;
    if (required != nullptr && required->number != 0) live.agreed = false;
    domain::Value const* const given = event.kind == domain::EventKind::consent ? event.find("given") : nullptr;
    if (given == nullptr) continue;
    consented = true;
    live.agreed = given->number != 0;
  }
  if (!live.callback.wanted) return;
  live.away = true;
  // That a call may not be recorded, whatever is agreed to, stands nowhere: until the rule is known, it may not.
  live.forbidden = opened.live.head->direction == domain::Direction::outbound;
  bool const ruled = live.forbidden;
  std::string const number = live.callback.number.empty() ? centre::number_of(*opened.live.head) : live.callback.number;
  {
    std::lock_guard const lock{mutex_};
    live_.insert_or_assign(opened.live.row.id, std::move(live));
  }
  if (!ruled || !ways_.placed_recording) return;
  // Where the pool is full the call stays unrecorded.
  static_cast<void>(ways_.readers.submit([this, interaction = opened.live.row.id, brand = opened.live.row.brand, number, consented] { ask_rule(interaction, brand, number, consented); }));
}

void PhoneLine::read_callback(centre::EventHappened const& happened) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(happened.interaction);
  if (found == live_.end()) return;
  found->second.callback.read(happened.event);
  if (centre::schedules_callback(happened.event) && ways_.rules != nullptr) begin_callback(*found);
}

/// Who is on the line hears that they will be called, and is hung up on then.
void PhoneLine::begin_callback(Entry& entry) {
  Live& live = entry.second;
  live.callback.wanted = true;
  if (std::exchange(live.away, true)) return;
  live.farewell = true;
  if (ways_.menus != nullptr) ways_.menus->forget(entry.first);
  if (ways_.waiting == nullptr) return;
  ways_.waiting->say_farewell(entry.first, live.language, farewell_ticket, [this, interaction = entry.first] {
    // Told at once where nothing can be spoken, and the lock is held here: a full pool leaves them to hang up.
    static_cast<void>(ways_.readers.submit([this, interaction] { farewell_over(interaction); }));
  });
}

void PhoneLine::farewell_over(std::string const& interaction) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  if (found == live_.end() || !std::exchange(found->second.farewell, false)) return;
  let_go(*found);
}

/// Nobody has it: the phone's call, if there is one, ends. The customer is called when an agent has it again.
void PhoneLine::let_go(Entry& entry) {
  waits_no_more(entry.first);
  entry.second.placed = false;
  if (!entry.second.farewell) want(entry.first, entry.second, {Wanted::Stage::over, {}, false});
}

/// An agent is offered it, or has it. False where the number may not be called after all.
bool PhoneLine::call_customer(Entry& entry) {
  Live& live = entry.second;
  if (live.placed) return true;
  phone::Placement placement;
  if (live.placement) {
    placement = *live.placement;
    placement.by_phone = std::exchange(live.by_phone, false);
  } else {
    std::string region = ways_.book.rules().region(live.brand);
    auto const granted = ways_.rules->look_callback(live.callback.number.empty() ? live.number : live.callback.number, region);
    if (!granted) {
      tell_leg(entry.first, domain::EventKind::leg_ended, centre::customer_leg, {text_attribute("reason", granted.error().code)});
      ask(centre::EndInteraction{entry.first}, {});
      return false;
    }
    placement = {entry.first, granted->to, ways_.book.rules().caller_number(live.brand), {}};
  }
  live.placed = true;
  live.farewell = false;
  if (phone_ == nullptr || phone_->place(std::move(placement))) return true;
  phone_full(entry);
  return false;
}

/// It takes no more commands: better nobody is called than that the agent waits for what never comes.
void PhoneLine::phone_full(Entry& entry) {
  Live& live = entry.second;
  live.placed = false;
  tell_leg(entry.first, domain::EventKind::leg_ended, centre::customer_leg, {text_attribute("reason", "phone_busy")});
  if (live.callback.wanted)
    ask(centre::CustomerNotReached{entry.first}, {});
  else
    ask(centre::EndInteraction{entry.first}, {});
}

/// Their phone cannot be reached, or they hung up, before the customer was there. False: not so.
bool PhoneLine::agent_gone(std::string const& interaction, std::string const& agent, std::string_view why, bool hung_up) {
  bool callback = false;
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    bool const has_it = found != live_.end() && found->second.wanted.stage == Wanted::Stage::connected && found->second.wanted.agent == agent;
    if (!has_it || !found->second.away) return false;
    callback = found->second.callback.wanted;
  }
  centre::Actor const by_agent{centre::Actor::Kind::agent, agent, std::nullopt};
  tell_leg(interaction, domain::EventKind::leg_ended, "agent", {text_attribute("reason", why)});
  if (callback && hung_up)
    not_reached(interaction, agent, by_agent);
  else if (callback)
    ask(centre::PutBack{interaction}, by_agent);
  else
    ask(centre::EndInteraction{interaction}, hung_up ? by_agent : centre::Actor{});
  return true;
}

void PhoneLine::customer_dialled(std::string const& interaction, std::string const& trunk) {
  tell_leg(interaction, domain::EventKind::leg_started, centre::customer_leg, {text_attribute("state", "dialled"), text_attribute("trunk", trunk)});
}

void PhoneLine::customer_rings(std::string const& interaction) { tell_state(interaction, "ringing"); }

void PhoneLine::customer_answered(std::string const& interaction) {
  tell_state(interaction, "answered");
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    if (found == live_.end()) return;
    found->second.away = false;
    found->second.callback.wanted = false;
    found->second.recording = false;  // a part of its own
    tell_recording(interaction, found->second);
  }
  ask_consent(interaction);
}

/// Where a colleague is asked meanwhile, they are let go first: there is nobody to be handed over.
void PhoneLine::not_reached(std::string const& interaction, std::string const& agent, centre::Actor const& by) {
  ways_.submit({centre::CustomerNotReached{interaction}, by, {}, {}, {}, {}}, [this, interaction, agent, by](centre::Granted<centre::Outcome> const& done) {
    if (done || done.error().code != "transfer_in_progress") return;
    ask(centre::CancelTransfer{interaction}, {centre::Actor::Kind::agent, agent, std::nullopt});
    ask(centre::CustomerNotReached{interaction}, by);
  });
}

void PhoneLine::customer_not_reached(std::string const& interaction, NotReached why, std::uint16_t status) {
  std::vector<domain::Attribute> attributes{text_attribute("reason", reason_name(why))};
  if (status != 0) attributes.push_back({{}, "status", domain::Value::of_thousandths(std::int64_t{status} * 1'000)});
  tell_leg(interaction, domain::EventKind::leg_ended, centre::customer_leg, std::move(attributes));
  bool callback = false;
  std::string agent;
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    callback = found != live_.end() && found->second.callback.wanted;
    if (callback) agent = found->second.wanted.agent;
  }
  if (callback)
    not_reached(interaction, agent, {});
  else
    ask(centre::EndInteraction{interaction}, {});
}

/// Parked for as long as the farewell takes, so that no agent gets it meanwhile; in its place then. Where the
/// queue closes within that time, it is in its place at once.
void PhoneLine::request_callback(std::string const& interaction) {
  base::Instant const due = ways_.clock() + limits::callback_farewell_ms;
  ways_.submit({centre::RequestCallback{interaction, due}, {}, {}, {}, {}, {}}, [this, interaction](centre::Granted<centre::Outcome> const& parked) {
    // Any other refusal: an agent is there already, and they are served.
    if (!parked && parked.error().code == "bad_due_time") ask(centre::RequestCallback{interaction, std::nullopt}, {});
  });
}

void PhoneLine::wish_callback(std::string const& interaction) {
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    if (found == live_.end() || found->second.away) return;
    Live const& live = found->second;
    bool const callable = ways_.rules != nullptr && ways_.rules->look_callback(live.callback.number.empty() ? live.number : live.callback.number, ways_.book.rules().region(live.brand));
    if (!callable) return;  // they go on waiting
  }
  request_callback(interaction);
}

void PhoneLine::call_back(std::string const& interaction, std::string const& queue, std::string const& number, std::function<void(bool)> done) {
  bool callable = false;
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    if (found == live_.end()) return;
    callable = ways_.rules != nullptr && ways_.rules->look_callback(number.empty() ? found->second.number : number, ways_.book.rules().region(found->second.brand));
  }
  if (!callable) return done(false);
  ways_.submit({centre::MoveToQueue{interaction, queue}, {}, {}, {}, {}, {}}, [this, interaction, done = std::move(done)](centre::Granted<centre::Outcome> const& moved) {
    done(bool{moved});
    if (moved) request_callback(interaction);
  });
}

}  // namespace rapport::app
