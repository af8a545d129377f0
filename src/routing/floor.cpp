#include "routing/floor.hpp"

#include <algorithm>
#include <variant>

#include "base/assert.hpp"
#include "base/limits.hpp"

namespace rapport::routing {
namespace {

/// Most commands bring so many at most.
constexpr std::size_t usual_events = 4;

}  // namespace

base::Result<std::vector<Event>, Refusal> Floor::handle(Command const& command, base::Instant now) {
  if (now < state_.now()) return Refusal::time_before_present;
  auto const due = state_.due();
  if (due && due->when < now) return Refusal::deadlines_due;
  std::vector<Event> events;
  events.reserve(usual_events);
  Decider decider{state_, now, events, work_};
  auto const refused = std::visit([&](auto const& what) { return decider.decide(what); }, command);
  if (refused) {
    RAPPORT_ASSERT(events.empty());
    return *refused;
  }
  decider.settle();
  RAPPORT_ASSERT(!events.empty());
  return events;
}

std::vector<Event> Floor::advance(base::Instant until) {
  std::vector<Event> events;
  for (std::size_t decided = 0; decided < limits::deadlines_per_step_max; ++decided) {
    auto const due = state_.due();
    if (!due || due->when > until) break;
    std::size_t const before = events.size();
    Decider decider{state_, std::max(due->when, state_.now()), events, work_};
    decider.run_out(*due);
    decider.settle();
    RAPPORT_ASSERT(events.size() > before);  // else this deadline would be due for ever
  }
  return events;
}

std::optional<base::Instant> Floor::next_deadline() const {
  auto const due = state_.due();
  return due ? std::optional{due->when} : std::nullopt;
}

}  // namespace rapport::routing
