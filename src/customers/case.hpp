#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "customers/promise.hpp"

namespace rapport::customers {

enum class CaseState : std::uint8_t {
  open,      ///< somebody is to do something
  waiting,   ///< for the customer or a third party
  resolved,  ///< as far as we know; the customer may come back
  closed,
};
enum class CaseAction : std::uint8_t { wait,
                                       resume,
                                       resolve,
                                       close,
                                       reopen };
inline constexpr std::size_t case_state_count = 4;
inline constexpr std::size_t case_action_count = 5;

std::string_view name(CaseState state);
std::string_view name(CaseAction action);
std::optional<CaseState> parse_case_state(std::string_view text);
std::optional<CaseAction> parse_case_action(std::string_view text);

/// Where the action leads from that state, or nothing where it makes no sense:
///
///             wait     resume  resolve   close   reopen
///   open      waiting          resolved  closed
///   waiting            open    resolved  closed
///   resolved                             closed  open
///   closed                                       open
std::optional<CaseState> next_state(CaseState from, CaseAction action);

/// One matter of one customer, over its interactions. Its promises name it (Promise::case_id).
struct Case {
  std::string id;
  std::string brand;
  std::string customer;  ///< the part of the profile it was opened for (see Profile): it goes where that part goes
  std::string title;
  std::string reason;  ///< code of the reason for contact
  std::string owner;   ///< one agent or team; empty: nobody yet
  CaseState state = CaseState::open;
  base::Instant opened_at;
  base::Instant changed_at;  ///< of state or owner
  std::optional<base::Instant> closed_at;
  std::uint32_t reopened = 0;             ///< how often
  std::vector<std::string> interactions;  ///< in the order in which they came to it, each once

  bool operator==(Case const&) const = default;
};

enum class CaseRefusal : std::uint8_t {
  no_such_step,   ///< the table has none
  no_owner,       ///< a case is resolved and closed by somebody
  open_promises,  ///< something promised is still owed
  already_there,
  too_many,
};
std::string_view name(CaseRefusal refusal);

// Each changes the case or refuses and changes nothing.
/// `promises` are those of the case. A case is not closed while one is owed (is_owed).
std::optional<CaseRefusal> apply(Case& matter, CaseAction action, std::span<Promise const> promises, base::Instant at);
void give_to(Case& matter, std::string owner, base::Instant at);
std::optional<CaseRefusal> add_interaction(Case& matter, std::string interaction);

/// Which attempt of the customer at this matter the interaction is, from 1; for one that is not in the
/// case yet, which it would be.
std::size_t attempt(Case const& matter, std::string_view interaction);

}  // namespace rapport::customers
