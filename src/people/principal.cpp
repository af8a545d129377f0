#include "people/principal.hpp"

#include <algorithm>

namespace rapport::people {

namespace {

bool answered(Principal const& principal, InteractionFacts const& facts) {
  return !principal.agent.empty() &&
         std::find(facts.agents.begin(), facts.agents.end(), principal.agent) != facts.agents.end();
}

bool of_team(Principal const& principal, InteractionFacts const& facts) {
  return std::any_of(facts.agent_teams.begin(), facts.agent_teams.end(), [&](std::string const& team) {
    return std::find(principal.teams.begin(), principal.teams.end(), team) != principal.teams.end();
  });
}

bool own_conversation(Principal const& principal, InteractionFacts const& facts) {
  return may(principal, Permission::conversation_own) && !principal.interaction.empty() &&
         principal.interaction == facts.id && principal.brands.has(facts.brand);
}

}  // namespace

std::string who(Principal const& principal) {
  switch (principal.kind) {
    case Principal::Kind::user:
      return "user:" + principal.id;
    case Principal::Kind::token:
      return "token:" + principal.id;
    case Principal::Kind::customer:
      return "customer:" + principal.id;
    case Principal::Kind::system:
      break;
  }
  return "system";
}

Principal system_principal() {
  Principal system{.kind = Principal::Kind::system, .name = "system", .brands = BrandSet::every()};
  for (PermissionInfo const& info : all_permissions()) system.permissions.add(info.permission);
  return system;
}

bool may(Principal const& principal, Permission permission) { return principal.permissions.has(permission); }

bool may_read(Principal const& principal, InteractionFacts const& facts) {
  if (principal.kind == Principal::Kind::customer) return own_conversation(principal, facts);
  if (facts.in_hand && may(principal, Permission::contacts_handle)) return true;
  if (!principal.brands.has(facts.brand)) return false;
  return may(principal, Permission::interactions_read_all) ||
         (may(principal, Permission::interactions_read_team) && of_team(principal, facts)) ||
         (may(principal, Permission::interactions_read_own) && answered(principal, facts));
}

bool may_read_scorecard(Principal const& principal, InteractionFacts const& facts) {
  if (principal.kind == Principal::Kind::customer) return false;
  bool const own = may(principal, Permission::scorecards_read_own) && (facts.in_hand || answered(principal, facts));
  if (own && facts.in_hand) return true;
  if (!principal.brands.has(facts.brand)) return false;
  return own || may(principal, Permission::scorecards_read_all);
}

bool may_write(Principal const& principal, InteractionFacts const& facts) {
  if (principal.kind == Principal::Kind::customer) return own_conversation(principal, facts);
  if (facts.in_hand && may(principal, Permission::contacts_handle)) return true;
  return principal.brands.has(facts.brand) && may(principal, Permission::interactions_write_any);
}

bool may_of_brand(Principal const& principal, Permission permission, std::string_view brand, bool in_hand) {
  return may(principal, permission) && (in_hand || principal.brands.has(brand));
}

}  // namespace rapport::people
