#include <algorithm>
#include <memory>
#include <utility>

#include "app/phone_line.hpp"
#include "people/permission.hpp"

/// What agents dial on their own phones: numbers, as calls that we place; and, in a call, whom they ask.
namespace rapport::app {
namespace {

constexpr std::uint16_t handed_over = 200;
constexpr std::uint16_t not_read_yet = 480;
constexpr std::uint16_t not_handed_over = 603;

centre::Actor phone_owner(std::string const& agent) { return {centre::Actor::Kind::agent, agent, std::nullopt}; }

/// What a phone is told, by the name of why.
std::uint16_t status_of(std::string_view code) {
  constexpr std::string_view unknown[] = {"number_not_readable", "unknown_number", "unknown_queue", "unknown_agent"};
  constexpr std::string_view busy[] = {"no_room", "transfer_in_progress", "agent_overbooked"};
  constexpr std::string_view later[] = {"agent_unavailable", "queue_closed", "queue_full", "too_many_calls", "calls_at_once"};
  constexpr std::string_view ours[] = {"no_trunk", "busy", "store_unavailable"};
  auto const among = [code](auto const& codes) { return std::ranges::find(codes, code) != std::end(codes); };
  return among(unknown) ? 404 : among(busy) ? 486
                            : among(later)  ? 480
                            : among(ours)   ? 503
                                            : 403;
}

/// Its words, as a phone shows them.
std::string words_of(std::string code) {
  std::ranges::replace(code, '_', ' ');
  return code;
}

}  // namespace

bool PhoneLine::looks_like_a_number(std::string_view dialled) {
  if (dialled.starts_with('+')) dialled.remove_prefix(1);
  return !dialled.empty() && std::ranges::all_of(dialled, [](char c) { return c >= '0' && c <= '9'; });
}

void PhoneLine::agent_calls(std::string const& interaction, std::string const& agent, std::string const& to) {
  {
    std::lock_guard const lock{mutex_};
    live_[interaction].by_phone = true;
  }
  if (!ways_.readers.submit([this, interaction, agent, to] { dial(interaction, agent, to); })) decline_phone(interaction, "busy");
}

/// Nobody is called.
void PhoneLine::decline_phone(std::string const& interaction, std::string const& code) {
  turned_away_.add();
  std::lock_guard const lock{mutex_};
  if (auto const found = live_.find(interaction); found != live_.end()) {
    give_back(found->second);
    live_.erase(found);
  }
  if (phone_ != nullptr) phone_->refuse(interaction, status_of(code), words_of(code));
}

/// The queue whose rules its calls have: `phone.queue`, where it is of a brand of theirs, else the first by name
/// that is; empty: none.
std::string PhoneLine::queue_of(people::Principal const& principal, std::string& brand) {
  std::lock_guard const lock{mutex_};
  auto const theirs = [&](auto const& entry) { return principal.brands.has(entry.second); };
  auto found = queues_.find(ways_.queue);
  if (found == queues_.end() || !theirs(*found)) found = std::ranges::find_if(queues_, theirs);
  if (found == queues_.end()) return {};
  brand = found->second;
  return found->first;
}

/// On the readers' pool.
void PhoneLine::dial(std::string const& interaction, std::string const& agent, std::string const& to) {
  auto const principal = ways_.rights(agent);
  if (!principal || !people::may(*principal, people::Permission::calls_place)) return decline_phone(interaction, "not_permitted");
  if (!looks_like_a_number(to) && transfer_to(interaction, to)) return decline_phone(interaction, "asked_in_a_call_alone");
  if (ways_.rules == nullptr) return decline_phone(interaction, "no_trunk");
  std::string brand;
  std::string const queue = queue_of(*principal, brand);
  if (queue.empty()) return decline_phone(interaction, "no_queue_of_yours");
  auto prepared = ways_.prepare({agent, to, brand, queue, {}, {}, interaction});
  if (!prepared) return decline_phone(interaction, prepared.error().code);
  auto afterwards = std::make_shared<decltype(prepared->beside.afterwards)>(std::move(prepared->beside.afterwards));
  ways_.submit({std::move(prepared->start), std::move(prepared->actor), {}, {}, {}, std::move(prepared->beside.changes)},
               [this, interaction, afterwards](centre::Granted<centre::Outcome> const& done) {
                 if (!done) return decline_phone(interaction, done.error().code);
                 if (is_forgotten(interaction)) ask(centre::EndInteraction{interaction}, {});
                 // As of a call that came.
                 if (*afterwards) static_cast<void>(ways_.readers.submit([afterwards, outcome = *done] { static_cast<void>((*afterwards)(outcome)); }));
               });
}

/// It began too late: the phone has been refused.
bool PhoneLine::is_forgotten(std::string const& interaction) const {
  std::lock_guard const lock{mutex_};
  return !live_.contains(interaction);
}

void PhoneLine::agent_asks(std::string const& interaction, std::string const& agent, std::string const& whom, std::uint32_t attempt) {
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    if (found != live_.end()) {
      found->second.second = Live::Second::wanted;
      found->second.attempt = attempt;
    }
  }
  SecondCall const call{interaction, agent, attempt};
  if (!ways_.readers.submit([this, call, whom] { ask_colleague(call, whom); })) decline_second(call, "busy");
}

void PhoneLine::decline_second(SecondCall const& call, std::string const& code) {
  std::lock_guard const lock{mutex_};
  if (auto const found = live_.find(call.interaction); found != live_.end() && found->second.attempt == call.attempt) found->second.second = Live::Second::none;
  if (phone_ != nullptr) phone_->refuse_second(call.interaction, call.attempt, status_of(code), words_of(code));
}

/// On the readers' pool: the desk's transfer with `warm`.
void PhoneLine::ask_colleague(SecondCall const& call, std::string const& whom) {
  auto transfer = transfer_to(call.interaction, whom);
  if (!transfer && looks_like_a_number(whom)) return ask_outside(call, whom);
  if (!transfer) return decline_second(call, "unknown_agent");
  transfer->warm = true;
  ask_by_second(call, *transfer, false);
}

/// An earlier attempt that they hung up on may have been granted meanwhile, and be called off only now: then it is
/// asked once more, behind that.
void PhoneLine::ask_by_second(SecondCall const& call, centre::Command const& transfer, bool again) {
  ways_.submit({transfer, phone_owner(call.agent), {}, {}, {}, {}}, [this, call, transfer, again](centre::Granted<centre::Outcome> const& done) {
    if (done) return second_granted(call);
    bool const of_an_earlier = !again && call.attempt > 1 && !std::holds_alternative<centre::TransferOutside>(transfer) && done.error().code == centre::refused::transfer_in_progress;
    if (of_an_earlier) return ask_by_second(call, transfer, true);
    decline_second(call, done.error().code);
  });
}

/// Who hung up meanwhile asks nobody.
void PhoneLine::second_granted(SecondCall const& call) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(call.interaction);
  if (found == live_.end()) return;
  Live& live = found->second;
  if (live.second != Live::Second::wanted || live.attempt != call.attempt) return ask(centre::CancelTransfer{call.interaction}, phone_owner(call.agent));
  live.second = Live::Second::granted;
  live.asked_by = call.attempt;
  live.asks = true;  // of what is over before the agents are told of next, too
  want(call.interaction, live, live.wanted);
}

void PhoneLine::agent_asks_no_more(std::string const& interaction, std::string const& agent) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  if (found == live_.end()) return;
  auto const before = std::exchange(found->second.second, Live::Second::none);
  if (before == Live::Second::granted) ask(centre::CancelTransfer{interaction}, phone_owner(agent));
}

void PhoneLine::agent_hands_over(std::string const& interaction, std::string const& agent) {
  centre::Command const hands_over = asks_outside(interaction) ? centre::Command{centre::OutsideReached{interaction}} : centre::Command{centre::CompleteTransfer{interaction}};
  ways_.submit({hands_over, phone_owner(agent), {}, {}, {}, {}}, [this, interaction](centre::Granted<centre::Outcome> const& done) {
    referred(interaction, done ? handed_over : done.error().code == "not_acknowledged" ? not_read_yet
                                                                                       : not_handed_over);
  });
}

/// Whether whoever has a call asks somebody, who may not have been found yet.
void PhoneLine::follow(centre::AgentState const& state) {
  std::lock_guard const lock{mutex_};
  for (centre::AgentState::InHand const& one : state.in_hand) {
    auto const found = one.consult ? live_.end() : live_.find(one.interaction);
    if (found == live_.end() || found->second.wanted.agent != state.agent) continue;
    Live& live = found->second;
    bool const asks = one.asked.has_value() || (live.outside && live.outside->begun && live.outside->wanted.asks);
    if (live.asks == asks) continue;
    live.asks = asks;
    if (!live.asks) live.asked_by = 0;
    if (!live.asks && live.second == Live::Second::granted) live.second = Live::Second::none;  // not of a later attempt
    want(found->first, live, live.wanted);
  }
}

}  // namespace rapport::app
