#include "customers/promise.hpp"

#include <algorithm>
#include <array>

namespace rapport::customers {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 4> promise_states{"open", "kept", "broken", "withdrawn"};
constexpr std::array<std::string_view, 3> promise_refusals{"settled", "past_due", "before_made"};

}  // namespace

std::string_view name(PromiseState state) { return promise_states[static_cast<std::size_t>(state)]; }
std::string_view name(PromiseRefusal refusal) { return promise_refusals[static_cast<std::size_t>(refusal)]; }

std::optional<PromiseState> parse_promise_state(std::string_view text) {
  auto const found = std::ranges::find(promise_states, text);
  if (found == promise_states.end()) return std::nullopt;
  return static_cast<PromiseState>(found - promise_states.begin());
}

PromiseState Promise::state_at(base::Instant now) const {
  return state == PromiseState::open && due && now > *due ? PromiseState::broken : state;
}

bool is_owed(Promise const& promise) {
  return promise.state == PromiseState::open || (promise.state == PromiseState::broken && !promise.done_at && promise.why.empty());
}

std::optional<PromiseRefusal> keep(Promise& promise, base::Instant at) {
  if (at < promise.made_at) return PromiseRefusal::before_made;
  bool const may_be_done = promise.state == PromiseState::open || promise.state == PromiseState::broken;
  if (!may_be_done || promise.done_at) return PromiseRefusal::settled;
  settle(promise, at);
  promise.done_at = at;
  if (promise.state == PromiseState::open) {
    promise.state = PromiseState::kept;
    promise.settled_at = at;
  }
  return std::nullopt;
}

std::optional<PromiseRefusal> withdraw(Promise& promise, base::Instant at, std::string why) {
  if (at < promise.made_at) return PromiseRefusal::before_made;
  if (promise.state != PromiseState::open) return PromiseRefusal::settled;
  if (promise.state_at(at) == PromiseState::broken) return PromiseRefusal::past_due;
  promise.state = PromiseState::withdrawn;
  promise.settled_at = at;
  promise.why = std::move(why);
  return std::nullopt;
}

std::optional<PromiseRefusal> give_up(Promise& promise, base::Instant at, std::string why) {
  if (at < promise.made_at) return PromiseRefusal::before_made;
  if (promise.state != PromiseState::open) return PromiseRefusal::settled;
  if (!settle(promise, at)) {
    promise.state = PromiseState::broken;
    promise.settled_at = at;
  }
  promise.why = std::move(why);
  return std::nullopt;
}

bool settle(Promise& promise, base::Instant now) {
  if (promise.state != PromiseState::open || promise.state_at(now) != PromiseState::broken) return false;
  promise.state = PromiseState::broken;
  promise.settled_at = promise.due;
  return true;
}

}  // namespace rapport::customers
