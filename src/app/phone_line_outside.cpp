#include <utility>
#include <vector>

#include "app/phone_line.hpp"
#include "centre/event_making.hpp"
#include "people/permission.hpp"

/// Calls that leave the centre for a number outside: what the phone tells of them, on the timeline as the leg
/// `outside`, and what the centre makes of it.
namespace rapport::app {
namespace {

using centre::text_attribute;

constexpr char const* outside_leg = "outside";
constexpr base::Millis outside_begins_within = 10 * base::second;
constexpr std::uint16_t outside_declined = 603;

centre::Actor agent_outside(std::string const& agent) { return {centre::Actor::Kind::agent, agent, std::nullopt}; }

}  // namespace

std::string PhoneLine::expect_outside(std::string const& interaction, server::api::CallGranted const& granted, std::string const& caller) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  bool const talks = found != live_.end() && found->second.wanted.stage == phone::Wanted::Stage::connected && !found->second.away && !found->second.left;
  bool const under_way = talks && found->second.outside && found->second.outside->begun;
  if (!talks || under_way) {
    ways_.rules->over();
    return under_way ? centre::refused::transfer_in_progress : "not_connected";
  }
  give_back_outside(found->second);  // of one that the centre refused
  found->second.outside.emplace(Outside{{granted.to, caller}, ways_.clock() + outside_begins_within});
  return {};
}

void PhoneLine::send_outside(std::string const& interaction, std::string const& number) {
  // Menus are begun under the lock, which this takes.
  auto const send = [this, interaction, number] {
    std::string to;
    {
      std::lock_guard const lock{mutex_};
      auto const found = live_.find(interaction);
      if (found == live_.end() || found->second.left) return;
      auto const granted = ways_.rules == nullptr ? server::api::CallRefused{"no_trunk", {}} : ways_.rules->look_menu(number, ways_.book.rules().region(found->second.brand));
      if (granted) {
        to = granted->to;
        give_back_outside(found->second);
        found->second.outside.emplace(Outside{{to, ways_.book.rules().caller_number(found->second.brand)}, ways_.clock() + outside_begins_within, false, true});
      }
    }
    if (to.empty()) return ways_.menus->refused(interaction);
    ways_.submit({centre::TransferOutside{interaction, to}, {}, {}, {}, {}, {}}, [this, interaction](centre::Granted<centre::Outcome> const& done) {
      if (!done) ways_.menus->refused(interaction);
    });
  };
  if (!ways_.readers.submit(send)) ways_.menus->refused(interaction);
}

void PhoneLine::give_back_outside(Live& live) {
  if (!live.outside) return;
  ways_.rules->over();
  bool const asked = live.outside->wanted.asks && live.outside->begun;
  live.outside.reset();
  if (!asked) return;
  live.asks = false;  // the agent's second call ends with it
  live.asked_by = 0;
  live.second = Live::Second::none;
}

/// What the centre says of it. REQUIRES: the lock is held.
void PhoneLine::follow_outside(Live& live, std::string const& number) {
  if (!live.outside) return;
  bool const begins = !number.empty() && number == live.outside->wanted.to;
  if (begins)
    live.outside->begun = true;
  else if (live.outside->begun)
    give_back_outside(live);
}

/// REQUIRES: the lock is held.
void PhoneLine::forget_outside(Live& live, base::Instant now) {
  if (live.outside && !live.outside->begun && now >= live.outside->until) give_back_outside(live);
}

/// The centre has let go of a call that goes on by a leg of ours: the phone alone knows of it from here on.
void PhoneLine::leave_outside(std::map<std::string, Live, std::less<>>::iterator found) {
  waits_no_more(found->first);
  end_leg(found->first, {}, "over");
  end_leg(found->first, found->second.wanted.agent, "over");
  if (phone_ != nullptr) phone_->follow(found->first, {.stage = phone::Wanted::Stage::outside});
  give_back(found->second);
  quality_.forget(found->first);
  resume_at_.erase(found->first);
  outside_.insert(found->first);
  live_.erase(found);
}

void PhoneLine::outside_over(std::string const& interaction) {
  std::lock_guard const lock{mutex_};
  if (outside_.erase(interaction) != 0) ways_.rules->over();
}

/// The agent's phone is gone while the customer is on their way out: they are not called back for it.
bool PhoneLine::leaves_without(std::string const& interaction, std::string const& agent) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  bool const leaves = found != live_.end() && found->second.outside && found->second.outside->begun && found->second.wanted.agent == agent;
  if (!leaves) return false;
  Outside& outside = *found->second.outside;
  outside.agent_gone = true;
  if (outside.wanted.asks && outside.reached) ask(centre::OutsideReached{interaction}, {});  // they leave the two alone
  return true;
}

bool PhoneLine::asks_outside(std::string const& interaction) const {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  return found != live_.end() && found->second.outside && found->second.outside->begun && found->second.outside->wanted.asks;
}

void PhoneLine::outside_begins(std::string const& interaction, std::string_view state, std::string const& trunk, bool by_leg) {
  tell_leg(interaction, domain::EventKind::leg_started, outside_leg, {text_attribute("state", state), text_attribute("trunk", trunk)});
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  if (found != live_.end() && found->second.outside) found->second.outside->by_leg = by_leg;
}

void PhoneLine::outside_asked(std::string const& interaction, std::string const& trunk) { outside_begins(interaction, "referred", trunk, false); }
void PhoneLine::outside_dialled(std::string const& interaction, std::string const& trunk) { outside_begins(interaction, "dialled", trunk, true); }

void PhoneLine::outside_rings(std::string const& interaction) { tell_leg(interaction, domain::EventKind::leg_started, outside_leg, {text_attribute("state", "ringing")}); }

void PhoneLine::outside_reached(std::string const& interaction) {
  tell_leg(interaction, domain::EventKind::leg_started, outside_leg, {text_attribute("state", "answered")});
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    bool const asks = found != live_.end() && found->second.outside && found->second.outside->wanted.asks;
    if (asks) found->second.outside->reached = true;
    if (asks && !found->second.outside->agent_gone) return;  // they join the two themselves
  }
  ask(centre::OutsideReached{interaction}, {});
}

/// The customer is with the agent again, or where they have hung up meanwhile, back in their place.
void PhoneLine::outside_not_reached(std::string const& interaction, NotReached why, std::uint16_t status) {
  std::vector<domain::Attribute> attributes{text_attribute("reason", reason_name(why))};
  if (status != 0) attributes.push_back({{}, "status", domain::Value::of_thousandths(std::int64_t{status} * 1'000)});
  tell_leg(interaction, domain::EventKind::leg_ended, outside_leg, std::move(attributes));
  std::string without;
  bool by_menu = false;
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    bool const known = found != live_.end() && found->second.outside;
    if (known && found->second.outside->agent_gone) without = found->second.wanted.agent;
    by_menu = known && found->second.outside->by_menu;
  }
  ask(centre::OutsideNotReached{interaction}, {});
  referred(interaction, outside_declined);
  if (by_menu) ways_.menus->refused(interaction);
  if (!without.empty()) ask(centre::PutBack{interaction}, agent_outside(without));
}

/// The caller hung up, or was moved by who did not say so: the timeline has that it is not known.
void PhoneLine::outside_untold(std::string const& interaction, Live const& live) {
  bool const asked = live.outside && live.outside->begun && !live.outside->by_leg;
  if (asked) tell_leg(interaction, domain::EventKind::leg_ended, outside_leg, {text_attribute("reason", "not_told")});
}

/// On the readers' pool: a number that an agent's phone wants its call to go to.
void PhoneLine::refer_outside(std::string const& interaction, std::string const& agent, std::string const& number) {
  auto prepared = plan_outside({agent, interaction, number}, false);
  if (!prepared) return referred(interaction, outside_declined);
  ways_.submit({std::move(*prepared), agent_outside(agent), {}, {}, {}, {}}, [this, interaction](centre::Granted<centre::Outcome> const& done) {
    if (!done) referred(interaction, outside_declined);
  });
}

/// On the readers' pool: a number that an agent asks by a second call.
void PhoneLine::ask_outside(SecondCall const& call, std::string const& number) {
  auto prepared = plan_outside({call.agent, call.interaction, number}, true);
  if (!prepared) return decline_second(call, prepared.error());
  ask_by_second(call, *prepared, false);
}

/// The command, or the name of why not.
base::Result<centre::TransferOutside, std::string> PhoneLine::plan_outside(server::api::OutsidePlan const& plan, bool asks) {
  auto const principal = ways_.rights(plan.agent);
  if (!principal || !people::may(*principal, people::Permission::calls_place)) return std::string{"not_permitted"};
  if (ways_.rules == nullptr) return std::string{"no_trunk"};
  auto prepared = ways_.prepare_outside(plan);
  if (!prepared) return prepared.error().code;
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(plan.interaction);
  if (found != live_.end() && found->second.outside) found->second.outside->wanted.asks = asks;
  return *prepared;
}

}  // namespace rapport::app
