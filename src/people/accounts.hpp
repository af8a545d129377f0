#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/api_tokens.hpp"
#include "people/directory.hpp"
#include "people/password.hpp"
#include "people/sessions.hpp"

namespace rapport::people {

/// What a new user is made of.
struct NewUser {
  std::string login;
  std::string name;
  std::string email = {};
  std::vector<Role> roles = {};
  BrandSet brands = {};
  std::vector<std::string> teams = {};  ///< ids
};

/// What changes of a user; what is absent stays.
struct UserChange {
  std::optional<std::string> name = {};
  std::optional<std::string> email = {};
  std::optional<std::vector<Role>> roles = {};
  std::optional<BrandSet> brands = {};
  std::optional<std::vector<std::string>> teams = {};
  std::optional<bool> active = {};
};

struct UserPage {
  std::vector<User> users;
  std::string after;  ///< go on after this id
  bool more = false;
};

/// Users of the centre. Every change is one batch with its audit entry, durable before it is
/// answered; versions and unique names of the store decide races. All block; any thread.
///
/// The document "administrators" names the active administrators. Whatever changes that set carries
/// its version, so that two at once cannot remove the last two, nor make two first ones.
class Accounts {
 public:
  Accounts(records::Store& store, Sessions& sessions, ApiTokens& tokens, HashCost cost);

  /// Whether there has been a first administrator.
  Outcome<bool> is_set_up();
  /// Only while there is none: already_set_up. Gets all brands. Hashes the password: slow.
  Outcome<User> create_first_administrator(NewUser user, std::string_view password, std::string_view address,
                                           base::Instant now);

  /// Without a password: an invitation (password_links.hpp) lets them choose one.
  Outcome<User> create(Actor const& actor, NewUser user, base::Instant now);
  /// Why create would refuse, without doing it; the import's dry run.
  std::optional<Failure> problem(Actor const& actor, NewUser const& user);
  /// `expected`: the version that the change was made from. A change of roles, brands or activity
  /// ends the user's sessions; a deactivated user's tokens do nothing.
  Outcome<User> change(Actor const& actor, std::string_view id, UserChange const& change, std::int64_t expected,
                       base::Instant now);

  Outcome<User> find(std::string_view id) { return read_user(store_, id); }
  Outcome<UserPage> list(std::string_view after, std::size_t limit);
  /// Members of a team, at most limits::page_max.
  Outcome<std::vector<User>> members(std::string_view team);

 private:
  struct Administrators {
    std::vector<std::string> ids;
    std::int64_t version = 0;
  };

  Outcome<Administrators> read_administrators();
  static records::PutDocument to_document(Administrators const& administrators);
  /// Adds the change of the set of active administrators, if there is one; why not, otherwise.
  std::optional<Failure> keep_administrators(User const& before, User const& after, records::Batch& batch);
  std::optional<Failure> teams_problem(std::vector<std::string> const& teams);

  records::Store& store_;
  Sessions& sessions_;
  ApiTokens& tokens_;
  HashCost cost_;
};

}  // namespace rapport::people
