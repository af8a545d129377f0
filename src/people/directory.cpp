#include "people/directory.hpp"

namespace rapport::people {

namespace {

Outcome<User> user_in(records::Stored<std::optional<records::Document>> const& found) {
  if (!found) return failure_of(found.error());
  auto user = *found ? to_user(**found) : std::nullopt;
  if (!user) return Failure{Refusal::not_found, "user"};
  return *std::move(user);
}

}  // namespace

Outcome<User> read_user(records::Store& store, std::string_view id) { return user_in(store.document(user_kind, id)); }

Outcome<User> read_user_by_login(records::Store& store, std::string_view login) {
  return user_in(store.document_by_name(user_kind, "", normal_login(login)));
}

Outcome<Credential> read_credential(records::Store& store, std::string_view user) {
  auto const found = store.document(credential_kind, user);
  if (!found) return failure_of(found.error());
  if (!*found) return Credential{.user = std::string{user}};
  auto credential = to_credential(**found);
  if (!credential) return Failure{Refusal::store_broken, "credential"};
  return *std::move(credential);
}

records::AuditEntry audit_of_user(Actor const& actor, std::string_view action, std::string_view user, base::Instant now,
                                  std::string detail) {
  return {now, who(actor.principal), std::string{action}, person_of_user(user), "", std::string{actor.address}, std::move(detail)};
}

bool may_manage(Principal const& principal, User const& user) {
  return may(principal, Permission::users_write) && principal.brands.has_all(user.brands) &&
         (!is_administrator(user) || principal.permissions.has_all(permissions(Role::administrator)));
}

}  // namespace rapport::people
