#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "people/accounts.hpp"
#include "people/oidc.hpp"

namespace rapport::people {

/// From what a provider says of somebody to a session. The first login links the provider's subject,
/// which never changes, to a user: the one whose login is the verified address, or a new one. At each
/// login the roles become those that the role claim gives; brands and teams stay an administrator's
/// to give, but whom the provider makes an administrator gets all brands. Blocks; any thread.
class OidcLogin {
 public:
  /// `roles`: value of the role claim → role. The references outlive it.
  OidcLogin(records::Store& store, Accounts& accounts, Sessions& sessions, std::map<std::string, Role> roles)
      : store_(store), accounts_(accounts), sessions_(sessions), roles_(std::move(roles)) {}

  /// not_permitted: the claim gives no role, or the user is not active, or there is no administrator
  /// yet; invalid: somebody new without a verified address.
  /// Before the session begins, `told` hears of the user as they are now; `changed`: by other roles than before.
  using Told = std::function<void(User const& user, bool changed)>;
  Outcome<NewSession> log_in(OidcIdentity const& identity, std::string_view address, std::string_view client, base::Instant now, Told const& told);

 private:
  std::vector<Role> roles_of(OidcIdentity const& identity) const;
  Outcome<User> linked_user(OidcIdentity const& identity, std::vector<Role> const& roles, Actor const& actor, base::Instant now);

  records::Store& store_;
  Accounts& accounts_;
  Sessions& sessions_;
  std::map<std::string, Role> roles_;
};

}  // namespace rapport::people
