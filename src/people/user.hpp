#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "people/principal.hpp"
#include "records/document.hpp"

namespace rapport::people {

inline constexpr std::string_view user_kind = "user";
inline constexpr std::string_view team_kind = "team";

/// Somebody who works in the centre. Holds no secrets (credential.hpp does): it may be shown to who
/// may read users.
struct User {
  std::string id = {};
  std::string login = {};  ///< in lower case; unique in the centre
  std::string name = {};
  std::string email = {};  ///< may be empty: then no links can be sent
  std::vector<Role> roles = {};
  BrandSet brands = {};
  std::vector<std::string> teams = {};  ///< ids
  bool active = true;
  base::Instant created_at = {};
  std::int64_t epoch = 1;    ///< sessions of an earlier one are over
  std::int64_t version = 0;  ///< of its document: the ETag

  bool operator==(User const&) const = default;
};

/// What its roles give together.
PermissionSet permissions_of(User const& user);
Principal principal_of(User const& user);
bool is_administrator(User const& user);

/// The login as it is kept and compared: ASCII letters in lower case.
std::string normal_login(std::string_view login);
/// Why the value cannot be a login, a name, an address of mail; or nothing.
std::optional<std::string> login_problem(std::string_view login);
std::optional<std::string> name_problem(std::string_view name);
std::optional<std::string> email_problem(std::string_view email);

/// As a document, encrypted under the key of the person "user:ID", found by login and by team.
records::PutDocument to_document(User const& user, std::optional<std::int64_t> expected);
/// Nothing if the person was erased or the body is not ours.
std::optional<User> to_user(records::Document const& document);
std::string person_of_user(std::string_view id);

/// A group of users; its supervisors are the members with that role.
struct Team {
  std::string id = {};
  std::string name = {};  ///< unique in the centre
  std::int64_t version = 0;

  bool operator==(Team const&) const = default;
};
records::PutDocument to_document(Team const& team, std::optional<std::int64_t> expected);
std::optional<Team> to_team(records::Document const& document);

}  // namespace rapport::people
