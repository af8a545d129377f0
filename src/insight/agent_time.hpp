#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace rapport::insight {

/// What an agent's second counts as. Where several hold at once (three chats, a break asked for during
/// a call), it is the first in this order: a second of work is never booked as a break.
enum class AgentState : std::uint8_t {
  talking,         ///< with a customer or consulting, not on hold
  on_hold,         ///< the only contacts in hand are on hold
  wrap_up,         ///< after-call work
  receiving,       ///< reads the context of a hand-over
  offered,         ///< rings
  not_responding,  ///< missed an offer
  on_break,
  idle,  ///< available, nothing in hand
  offline,
};
inline constexpr std::size_t agent_state_count = 9;

std::string_view name(AgentState state);
std::optional<AgentState> parse_agent_state(std::string_view text);

/// Milliseconds by state, `offline` never counted.
struct StateTimes {
  std::array<base::Millis, agent_state_count> ms{};

  base::Millis of(AgentState state) const { return ms[static_cast<std::size_t>(state)]; }
  base::Millis& of(AgentState state) { return ms[static_cast<std::size_t>(state)]; }
  base::Millis logged_in() const;
  /// Talk, hold and wrap-up.
  base::Millis busy() const { return of(AgentState::talking) + of(AgentState::on_hold) + of(AgentState::wrap_up); }

  StateTimes& operator+=(StateTimes const& other);
  bool operator==(StateTimes const&) const = default;
};

/// A stretch in one state, the end excluded.
struct StateSpan {
  std::string brand;
  std::string agent;
  AgentState state = AgentState::offline;
  base::Instant from;
  base::Instant to;

  bool operator==(StateSpan const&) const = default;
};

/// Turns one agent's changes of state into spans that follow each other without gap or overlap, so
/// that they sum exactly to the time logged in. A value; one thread at a time. A moment before the
/// last is taken as the last.
class AgentClock {
 public:
  /// The agent is offline until the first change.
  AgentClock(std::string brand, std::string agent) : brand_(std::move(brand)), agent_(std::move(agent)) {}

  /// The span that ends with this change; nothing where the agent was offline or no time passed.
  std::optional<StateSpan> changed(base::Instant at, AgentState state);
  /// What `cut` would give, without cutting.
  std::optional<StateSpan> running(base::Instant at) const { return AgentClock{*this}.cut(at); }
  /// The time until then is nobody's: it is counted in no state.
  void skip_to(base::Instant at) { counted_ = std::max(counted_, at); }
  /// The clock of before, with all that it had counted.
  void put_back(AgentState state, base::Instant since, base::Instant counted);
  /// Cuts the running span, so that what has passed can be counted: as a change to the present state.
  std::optional<StateSpan> cut(base::Instant at) { return changed(at, state_); }

  AgentState state() const { return state_; }
  /// When the present state began; a cut does not move it.
  base::Instant since() const { return since_; }
  /// Spans were handed out up to here.
  base::Instant counted() const { return counted_; }

 private:
  std::string brand_;
  std::string agent_;
  AgentState state_ = AgentState::offline;
  base::Instant since_;
  base::Instant counted_;  ///< spans were handed out up to here
};

}  // namespace rapport::insight
