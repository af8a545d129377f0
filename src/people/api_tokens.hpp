#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "people/bearers.hpp"

namespace rapport::people {

/// What an API token begins with, so that people and secret scanners recognise one.
inline constexpr std::string_view token_prefix = "rap_";
inline constexpr base::Millis token_life_max = 366 * base::day;

struct NewToken {
  std::string name;
  PermissionSet scopes;
  std::string brand;  ///< empty: those of its owner
  base::Instant expires_at;
};
struct IssuedToken {
  std::string secret;  ///< shown once, kept nowhere
  Bearer token;
};

/// API tokens: for programs that act for a user, in the header "Authorization: Bearer rap_…". A token
/// may what its scopes and its owner's permissions both allow, as they are now; with an inactive
/// owner nothing.
class ApiTokens : public Bearers {
 public:
  explicit ApiTokens(records::Store& store);

  /// not_permitted: asks for scopes or a brand that the actor lacks. The actor is its owner.
  Outcome<IssuedToken> issue(Actor const& actor, NewToken const& asked, base::Instant now);

 private:
  records::Store& store_;
};

}  // namespace rapport::people
