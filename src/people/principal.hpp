#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "people/brands.hpp"
#include "people/permission.hpp"

namespace rapport::people {

/// Who asks, once authenticated. A value that does not change: a change of rights makes another one.
struct Principal {
  enum class Kind : std::uint8_t { user,
                                   token,
                                   customer,
                                   system };

  Kind kind = Kind::user;
  std::string id = {};    ///< of the user, the token, the customer; empty: the system itself
  std::string user = {};  ///< the user, or the token's owner; empty otherwise
  std::string name = {};  ///< to be shown
  PermissionSet permissions = {};
  BrandSet brands = {};
  bool narrowed = false;                ///< a token of one brand whose owner has others, too
  std::string agent = {};               ///< by which the floor knows them: the user's id; empty: takes no contacts
  std::vector<std::string> teams = {};  ///< ids
  std::string interaction = {};         ///< a customer's own; empty before it has begun

  bool operator==(Principal const&) const = default;
};

/// As the audit log and idempotency keys name them: "user:ID", "token:ID", "customer:ID", "system".
std::string who(Principal const& principal);

/// The program itself, which may everything.
Principal system_principal();

/// Who changes something, and from where; what an audit entry needs.
struct Actor {
  Principal const& principal;
  std::string_view address;  ///< empty: the system itself
};

/// Whether it may be done at all. Routes about one interaction, customer or case ask the functions
/// below as well.
bool may(Principal const& principal, Permission permission);

/// What a decision about one interaction rests on.
struct InteractionFacts {
  std::string_view id;
  std::string_view brand;
  std::span<std::string const> agents = {};       ///< who answered it
  std::span<std::string const> agent_teams = {};  ///< teams of any of them
  bool in_hand = false;                           ///< offered to, held by, or shared in help with the asker at this moment
};

/// Brands: what one sees is of one's brands or comes with a contact in hand. Then: own, team or all.
bool may_read(Principal const& principal, InteractionFacts const& facts);
/// Reading its scorecard: the same with the permissions for scorecards.
bool may_read_scorecard(Principal const& principal, InteractionFacts const& facts);
/// Writing into it: with it in hand, or any of one's brands by permission; a customer into their own.
bool may_write(Principal const& principal, InteractionFacts const& facts);

/// Customers, cases, drafts and what else belongs to a brand. `in_hand`: a contact of this very
/// customer or case is offered to or held by the asker.
bool may_of_brand(Principal const& principal, Permission permission, std::string_view brand, bool in_hand);

}  // namespace rapport::people
