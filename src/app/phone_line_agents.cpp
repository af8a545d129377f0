#include <algorithm>
#include <optional>
#include <utility>

#include "app/phone_line.hpp"

/// What agents do by their phones, as the centre's commands; what waiting callers hear.
namespace rapport::app {
namespace {

using phone::Wanted;

constexpr std::uint16_t transferred = 200;
constexpr std::uint16_t agent_not_found = 404;
constexpr std::uint16_t no_service = 503;
constexpr std::uint16_t call_declined = 603;

centre::Actor agent_actor(std::string const& agent) { return {centre::Actor::Kind::agent, agent, std::nullopt}; }

std::string word_of(phone::CentreSide::Unreachable why) {
  using Unreachable = phone::CentreSide::Unreachable;
  return why == Unreachable::busy ? "busy" : why == Unreachable::no_phone ? "no_phone"
                                                                          : "no_answer";
}

bool talks(phone::Seat seat) { return seat == phone::Seat::consulted || seat == phone::Seat::joined; }

}  // namespace

void PhoneLine::agent_answered(std::string const& interaction, std::string const& agent) { ask(centre::AnswerOffer{agent, interaction}, agent_actor(agent)); }

void PhoneLine::agent_unreachable(std::string const& interaction, std::string const& agent, Unreachable why) {
  unreachable_.add();
  if (leaves_without(interaction, agent)) return;
  if (agent_gone(interaction, agent, word_of(why), false)) return;
  bool has_it = false;
  bool on_it = false;
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    if (found != live_.end()) {
      Wanted const& wanted = found->second.wanted;
      has_it = wanted.stage == Wanted::Stage::connected && wanted.agent == agent;
      // The agent's colleague may go on with the caller.
      on_it = std::ranges::any_of(wanted.parties, [&](Wanted::Party const& one) { return !one.offered && (one.user == agent || (has_it && talks(one.seat))); });
    }
  }
  if (on_it)
    ask(centre::LeaveCall{interaction, word_of(why)}, agent_actor(agent));
  else if (has_it)
    ask(centre::PutBack{interaction}, agent_actor(agent));
  else
    ask(centre::RefuseOffer{agent, interaction}, agent_actor(agent));
}

void PhoneLine::agent_left(std::string const& interaction, std::string const& agent) {
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    bool const waits = found != live_.end() && found->second.by_phone;
    if (waits) found->second.left = true;  // it ends where it begins after all
    if (waits) return;
  }
  if (leaves_without(interaction, agent)) return;
  if (agent_gone(interaction, agent, "hung_up", true)) return;
  ask(centre::LeaveCall{interaction}, agent_actor(agent));
}

/// The timeline tells it of the leg; what follows for the call is a command of its own.
void PhoneLine::leg_lost(std::string const& interaction, std::string const& agent, Lost why) {
  lost_.add();
  std::string const reason = why == Lost::no_sound ? "no_sound" : "session_expired";
  centre::AddEvent ended{interaction, {}, false};
  ended.event.kind = domain::EventKind::leg_ended;
  ended.event.leg = agent.empty() ? "customer" : "agent";
  ended.event.attributes.push_back({{}, "reason", domain::Value::of_text(reason)});
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  if (found != live_.end()) {
    auto const& parties = found->second.wanted.parties;
    auto const guest = std::ranges::find(parties, agent, &Wanted::Party::user);
    if (guest != parties.end()) ended.event.leg = talks(guest->seat) ? "colleague" : "supervisor";
  }
  if (auto measured = quality_.ended(interaction, agent, reason)) ended.event = *std::move(measured);
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
  if (!asked) referred(interaction, no_service);
}

/// To a queue of this name, else to the colleague who logs in so; nothing: there is neither. Blocks.
std::optional<centre::TransferInteraction> PhoneLine::transfer_to(std::string const& interaction, std::string const& name) {
  {
    std::lock_guard const lock{mutex_};
    if (queues_.contains(name)) return centre::TransferInteraction{interaction, centre::TransferInteraction::To::queue, name};
  }
  std::string const colleague = ways_.user_of ? ways_.user_of(name) : std::string{};
  if (colleague.empty()) return std::nullopt;
  return centre::TransferInteraction{interaction, centre::TransferInteraction::To::agent, colleague};
}

/// On the readers' pool.
void PhoneLine::refer(std::string const& interaction, std::string const& agent, std::string const& target) {
  auto transfer = transfer_to(interaction, target);
  if (!transfer && looks_like_a_number(target)) return refer_outside(interaction, agent, target);
  if (!transfer) return referred(interaction, agent_not_found);
  ways_.submit({std::move(*transfer), agent_actor(agent), {}, {}, {}, {}},
               [this, interaction](centre::Granted<centre::Outcome> const& done) { referred(interaction, done ? transferred : call_declined); });
}

void PhoneLine::referred(std::string const& interaction, std::uint16_t status) {
  std::lock_guard const lock{mutex_};
  if (phone_ != nullptr) phone_->referred(interaction, status);
}

void PhoneLine::use_music(std::map<std::string, Music, std::less<>> by_queue) {
  std::lock_guard const lock{mutex_};
  music_ = std::move(by_queue);
}

/// Of the queue that the call is in; null: what everybody hears.
PhoneLine::Music PhoneLine::music_of(Live const& live) const {
  auto const found = music_.find(live.queue);
  return found == music_.end() ? nullptr : found->second;
}

void PhoneLine::follow(centre::AgentNews const& news) {
  if (news.kind != centre::AgentNews::Kind::offer || news.consult) return;
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(news.interaction);
  if (found == live_.end() || (found->second.away && !call_customer(*found))) return;
  want(found->first, found->second, {.stage = Wanted::Stage::offered, .agent = news.agent, .parties = found->second.wanted.parties});
}

}  // namespace rapport::app
