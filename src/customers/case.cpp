#include "customers/case.hpp"

#include <algorithm>
#include <array>

#include "base/limits.hpp"

namespace rapport::customers {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, case_state_count> case_states{"open", "waiting", "resolved", "closed"};
constexpr std::array<std::string_view, case_action_count> actions{"wait", "resume", "resolve", "close", "reopen"};
constexpr std::array<std::string_view, 5> case_refusals{"no_such_step", "no_owner", "open_promises", "already_there", "too_many"};

using Step = std::optional<CaseState>;
constexpr Step none;
constexpr std::array<std::array<Step, case_action_count>, case_state_count> steps{{
    // wait, resume, resolve, close, reopen
    {CaseState::waiting, none, CaseState::resolved, CaseState::closed, none},
    {none, CaseState::open, CaseState::resolved, CaseState::closed, none},
    {none, none, none, CaseState::closed, CaseState::open},
    {none, none, none, none, CaseState::open},
}};

template <typename Value, std::size_t count>
std::optional<Value> find_in(std::array<std::string_view, count> const& names, std::string_view text) {
  auto const found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Value>(found - names.begin());
}

}  // namespace

std::string_view name(CaseState state) { return case_states[static_cast<std::size_t>(state)]; }
std::string_view name(CaseAction action) { return actions[static_cast<std::size_t>(action)]; }
std::string_view name(CaseRefusal refusal) { return case_refusals[static_cast<std::size_t>(refusal)]; }
std::optional<CaseState> parse_case_state(std::string_view text) { return find_in<CaseState>(case_states, text); }
std::optional<CaseAction> parse_case_action(std::string_view text) { return find_in<CaseAction>(actions, text); }

std::optional<CaseState> next_state(CaseState from, CaseAction action) {
  return steps[static_cast<std::size_t>(from)][static_cast<std::size_t>(action)];
}

std::optional<CaseRefusal> apply(Case& matter, CaseAction action, std::span<Promise const> promises, base::Instant at) {
  auto const next = next_state(matter.state, action);
  if (!next) return CaseRefusal::no_such_step;
  bool const settles = *next == CaseState::resolved || *next == CaseState::closed;
  if (settles && matter.owner.empty()) return CaseRefusal::no_owner;
  if (*next == CaseState::closed && std::ranges::any_of(promises, is_owed)) return CaseRefusal::open_promises;
  matter.state = *next;
  matter.changed_at = at;
  matter.closed_at.reset();
  if (*next == CaseState::closed) matter.closed_at = at;
  if (action == CaseAction::reopen) ++matter.reopened;
  return std::nullopt;
}

void give_to(Case& matter, std::string owner, base::Instant at) {
  if (matter.owner == owner) return;
  matter.owner = std::move(owner);
  matter.changed_at = at;
}

std::optional<CaseRefusal> add_interaction(Case& matter, std::string interaction) {
  if (std::ranges::find(matter.interactions, interaction) != matter.interactions.end()) return CaseRefusal::already_there;
  if (matter.interactions.size() >= limits::case_interactions_max) return CaseRefusal::too_many;
  matter.interactions.push_back(std::move(interaction));
  return std::nullopt;
}

std::size_t attempt(Case const& matter, std::string_view interaction) {
  auto const found = std::ranges::find(matter.interactions, interaction);
  return static_cast<std::size_t>(found - matter.interactions.begin()) + 1;
}

}  // namespace rapport::customers
