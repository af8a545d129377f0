#pragma once

#include <string_view>
#include <vector>

#include "people/accounts.hpp"

namespace rapport::people {

/// Teams: groups of users, found by their members. All block; any thread.
class Teams {
 public:
  Teams(records::Store& store, Accounts& accounts) : store_(store), accounts_(accounts) {}

  Outcome<Team> create(Actor const& actor, std::string_view name, base::Instant now);
  Outcome<Team> rename(Actor const& actor, std::string_view id, std::string_view name, std::int64_t expected, base::Instant now);
  /// Only an empty one: invalid otherwise.
  Outcome<Nothing> remove(Actor const& actor, std::string_view id, std::int64_t expected, base::Instant now);
  Outcome<Team> find(std::string_view id);
  /// At most limits::page_max after that id.
  Outcome<std::vector<Team>> list(std::string_view after);

 private:
  Outcome<Team> put(Actor const& actor, Team team, std::string_view action, base::Instant now);

  records::Store& store_;
  Accounts& accounts_;
};

}  // namespace rapport::people
