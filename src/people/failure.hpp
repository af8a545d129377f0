#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "records/store.hpp"

namespace rapport::people {

/// Why something was not done. The names are the API's error codes.
enum class Refusal : std::uint8_t {
  invalid,  ///< a field is missing, too long or malformed; `detail` says which
  not_found,
  not_permitted,     ///< beyond what the actor has: nobody gives or takes rights that they lack
  version_conflict,  ///< changed by somebody else meanwhile
  login_taken,
  name_taken,          ///< of a team
  already_set_up,      ///< there is an administrator
  last_administrator,  ///< would leave the centre without an active one
  password_unfit,      ///< `detail` names the rule
  wrong_credentials,   ///< login, password or code; never says which, nor whether the account exists
  second_factor_needed,
  locked_out,       ///< too many failures; `retry_after` says how long
  link_expired,     ///< unknown, used or too old
  too_many,         ///< a limit; `detail` names it
  unauthenticated,  ///< no such session or token, or over
  store_unavailable,
  store_broken,
};
std::string_view name(Refusal refusal);

struct Failure {
  Refusal refusal = Refusal::invalid;
  std::string detail = {};       ///< for a person to read: field, limit; no secrets
  base::Millis retry_after = 0;  ///< of locked_out

  bool operator==(Failure const&) const = default;
};

template <typename T>
using Outcome = base::Result<T, Failure>;
using records::Nothing;

/// The store's error as a failure of ours.
Failure failure_of(records::StoreError error);

}  // namespace rapport::people
