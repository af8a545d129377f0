#include "people/principal.hpp"

#include <gtest/gtest.h>

#include "people/user.hpp"

namespace rapport::people {
namespace {

Principal with(std::vector<Role> roles, BrandSet brands, std::vector<std::string> teams = {}) {
  return principal_of(User{.id = "u1", .login = "ana", .name = "Ana", .roles = std::move(roles), .brands = std::move(brands), .teams = std::move(teams)});
}

std::vector<std::string> const mine{"u1"};
std::vector<std::string> const others{"u2"};
std::vector<std::string> const blue{"blue"};
BrandSet const acme{.all = false, .names = {"acme"}};

TEST(Principal, AnAgentReadsOwnInteractionsOnly) {
  Principal const ana = with({Role::agent}, acme);
  EXPECT_TRUE(may_read(ana, {.id = "i", .brand = "acme", .agents = mine}));
  EXPECT_FALSE(may_read(ana, {.id = "i", .brand = "acme", .agents = others}));
  EXPECT_FALSE(may_read(ana, {.id = "i", .brand = "acme"}));
}

TEST(Principal, ASharedAgentSeesABrandOnlyThroughAContactInHand) {
  Principal const shared = with({Role::agent}, {});
  EXPECT_FALSE(may_read(shared, {.id = "i", .brand = "acme", .agents = mine}));
  EXPECT_TRUE(may_read(shared, {.id = "i", .brand = "acme", .agents = mine, .in_hand = true}));
  EXPECT_TRUE(may_write(shared, {.id = "i", .brand = "acme", .in_hand = true}));
  EXPECT_FALSE(may_write(shared, {.id = "i", .brand = "acme", .agents = mine}));
  EXPECT_FALSE(may_of_brand(shared, Permission::customers_read, "acme", false));
  EXPECT_TRUE(may_of_brand(shared, Permission::customers_read, "acme", true));
  EXPECT_FALSE(may_of_brand(shared, Permission::customers_erase, "acme", true));
  EXPECT_TRUE(may_read_scorecard(shared, {.id = "i", .brand = "acme", .agents = mine, .in_hand = true}));
  EXPECT_FALSE(may_read_scorecard(shared, {.id = "i", .brand = "acme", .agents = mine}));
}

TEST(Principal, ATrainerReadsTheTeam) {
  Principal const trainer = with({Role::trainer}, acme, {"blue"});
  EXPECT_TRUE(may_read(trainer, {.id = "i", .brand = "acme", .agents = others, .agent_teams = blue}));
  EXPECT_FALSE(may_read(trainer, {.id = "i", .brand = "acme", .agents = others}));
  EXPECT_FALSE(may_read(trainer, {.id = "i", .brand = "other", .agents = others, .agent_teams = blue}));
}

TEST(Principal, ASupervisorReadsAndWritesTheirBrandsOnly) {
  Principal const lead = with({Role::supervisor}, acme);
  EXPECT_TRUE(may_read(lead, {.id = "i", .brand = "acme", .agents = others}));
  EXPECT_TRUE(may_write(lead, {.id = "i", .brand = "acme", .agents = others}));
  EXPECT_TRUE(may_read_scorecard(lead, {.id = "i", .brand = "acme", .agents = others}));
  EXPECT_FALSE(may_read(lead, {.id = "i", .brand = "other", .agents = others}));
  EXPECT_FALSE(may_write(lead, {.id = "i", .brand = "other", .agents = others}));
  EXPECT_FALSE(may_read_scorecard(lead, {.id = "i", .brand = "other", .agents = others}));
}

TEST(Principal, NoBrandIsNotEveryBrandForAnAdministratorEither) {
  EXPECT_FALSE(may_of_brand(with({Role::administrator}, {}), Permission::customers_erase, "acme", false));
  EXPECT_TRUE(may_of_brand(with({Role::administrator}, BrandSet::every()), Permission::customers_erase, "acme", false));
}

TEST(Principal, RolesAddUp) {
  Principal const both = with({Role::agent, Role::quality}, acme);
  EXPECT_TRUE(may(both, Permission::contacts_handle));
  EXPECT_TRUE(may(both, Permission::verdicts_override));
  EXPECT_EQ(both.agent, "u1");
  EXPECT_TRUE(with({Role::quality}, acme).agent.empty()) << "takes no contacts";
}

TEST(Principal, IsNamedInTheAuditLog) {
  EXPECT_EQ(who(with({Role::agent}, {})), "user:u1");
  EXPECT_EQ(who(system_principal()), "system");
  EXPECT_EQ(who(Principal{.kind = Principal::Kind::customer, .id = "c"}), "customer:c");
}

TEST(BrandSet, ContainsItsParts) {
  EXPECT_TRUE(BrandSet::every().has_all(acme));
  EXPECT_FALSE(acme.has_all(BrandSet::every()));
  EXPECT_TRUE(acme.has_all({}));
  EXPECT_FALSE(acme.has_all({.all = false, .names = {"acme", "other"}}));
}

}  // namespace
}  // namespace rapport::people
