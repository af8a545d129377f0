#include "insight/agent_time.hpp"

#include <algorithm>

namespace rapport::insight {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, agent_state_count> states{
    "talking", "on_hold", "wrap_up", "receiving", "offered", "not_responding", "on_break", "idle", "offline"};

}  // namespace

std::string_view name(AgentState state) { return states[static_cast<std::size_t>(state)]; }

std::optional<AgentState> parse_agent_state(std::string_view text) {
  auto const found = std::ranges::find(states, text);
  if (found == states.end()) return std::nullopt;
  return static_cast<AgentState>(found - states.begin());
}

base::Millis StateTimes::logged_in() const {
  base::Millis sum = 0;
  for (base::Millis const span : ms) sum += span;
  return sum;
}

StateTimes& StateTimes::operator+=(StateTimes const& other) {
  for (std::size_t i = 0; i < ms.size(); ++i) ms[i] += other.ms[i];
  return *this;
}

void AgentClock::put_back(AgentState state, base::Instant since, base::Instant counted) {
  state_ = state;
  since_ = since;
  counted_ = counted;
}

std::optional<StateSpan> AgentClock::changed(base::Instant at, AgentState state) {
  base::Instant const now = std::max(at, counted_);
  std::optional<StateSpan> passed;
  if (state_ != AgentState::offline && now > counted_) passed = StateSpan{brand_, agent_, state_, counted_, now};
  if (state != state_) since_ = now;
  state_ = state;
  counted_ = now;
  return passed;
}

}  // namespace rapport::insight
