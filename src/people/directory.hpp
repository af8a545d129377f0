#pragma once

#include <string>
#include <string_view>

#include "people/credential.hpp"
#include "people/failure.hpp"
#include "people/user.hpp"
#include "records/store.hpp"

/// Reading of users and what belongs to them. All block on the store.
namespace rapport::people {

/// not_found also for one whose person was erased.
Outcome<User> read_user(records::Store& store, std::string_view id);
Outcome<User> read_user_by_login(records::Store& store, std::string_view login);
/// An empty one of version 0 where the user has none yet.
Outcome<Credential> read_credential(records::Store& store, std::string_view user);

/// An audit entry about a user (or a team: give the whole subject).
records::AuditEntry audit_of_user(Actor const& actor, std::string_view action, std::string_view user, base::Instant now,
                                  std::string detail = {});

/// Whether the actor may change this user at all: users.write, all brands of the user, and for an
/// administrator everything that role gives, so that no lesser token reaches it.
bool may_manage(Principal const& principal, User const& user);

}  // namespace rapport::people
