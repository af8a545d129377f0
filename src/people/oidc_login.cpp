#include "people/oidc_login.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "people/json_body.hpp"
#include "people/secret.hpp"

namespace rapport::people {

namespace {

constexpr std::string_view link_kind = "oidc-subject";

/// A subject may be of any length and hold any character: its hash is the document's id.
std::string link_id(OidcIdentity const& identity) { return base64url(sha256(identity.subject)); }

records::PutDocument link_document(OidcIdentity const& identity, User const& user) {
  records::PutDocument put;
  put.kind = link_kind;
  put.id = link_id(identity);
  put.body = boost::json::serialize(boost::json::object{{"user", user.id}});
  put.expected = 0;
  return put;
}

}  // namespace

std::vector<Role> OidcLogin::roles_of(OidcIdentity const& identity) const {
  std::vector<Role> given;
  for (std::string const& group : identity.groups) {
    auto const found = roles_.find(group);
    if (found != roles_.end() && std::ranges::find(given, found->second) == given.end()) given.push_back(found->second);
  }
  std::ranges::sort(given);
  return given;
}

Outcome<User> OidcLogin::linked_user(OidcIdentity const& identity, std::vector<Role> const& roles, Actor const& actor, base::Instant now) {
  auto const link = store_.document(link_kind, link_id(identity));
  if (!link) return failure_of(link.error());
  if (*link) {
    auto const body = parse_object((*link)->body);
    return read_user(store_, body ? text_of(*body, "user") : std::string{});
  }
  if (identity.email.empty()) return Failure{Refusal::invalid, "email: the provider gives no verified address"};
  auto user = read_user_by_login(store_, normal_login(identity.email));
  if (!user && user.error().refusal == Refusal::not_found) {
    BrandSet const brands = std::ranges::find(roles, Role::administrator) != roles.end() ? BrandSet::every() : BrandSet{};
    user = accounts_.create(actor, {.login = identity.email, .name = identity.name.empty() ? identity.email : identity.name, .email = identity.email, .roles = roles, .brands = brands}, now);
  }
  if (!user) return user;
  auto const kept = store_.commit({.changes = {link_document(identity, *user), audit_of_user(actor, "user.link-oidc", user->id, now)}, .at = now});
  if (!kept) return failure_of(kept.error());
  return user;
}

Outcome<NewSession> OidcLogin::log_in(OidcIdentity const& identity, std::string_view address, std::string_view client, base::Instant now, Told const& told) {
  auto const set_up = accounts_.is_set_up();
  if (!set_up) return set_up.error();
  std::vector<Role> const roles = roles_of(identity);
  if (!*set_up || roles.empty()) return Failure{Refusal::not_permitted};
  Principal const system = system_principal();
  Actor const actor{system, address};
  auto user = linked_user(identity, roles, actor, now);
  if (!user) return user.error();
  if (!user->active) return Failure{Refusal::not_permitted};
  std::vector<Role> had = user->roles;
  std::ranges::sort(had);
  bool const changed = had != roles;
  if (changed) user = accounts_.change(actor, user->id, {.roles = roles}, user->version, now);
  if (!user) return user.error();
  Principal const self = principal_of(*user);
  told(*user, changed);
  return sessions_.begin(*user, client, address, {audit_of_user({self, address}, "session.begin", user->id, now, "oidc")}, now);
}

}  // namespace rapport::people
