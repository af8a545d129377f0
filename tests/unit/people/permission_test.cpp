#include "people/permission.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace rapport::people {
namespace {

TEST(Permission, NamesAreStableUniqueAndReadBack) {
  std::set<std::string_view> names;
  for (PermissionInfo const& info : all_permissions()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_EQ(parse_permission(info.name), info.permission);
    EXPECT_FALSE(info.meaning.empty());
  }
  EXPECT_EQ(parse_permission("interactions.read.own"), Permission::interactions_read_own);
  EXPECT_FALSE(parse_permission("interactions.read"));
  EXPECT_FALSE(parse_permission(""));
}

TEST(Permission, RolesReadBack) {
  for (Role const role : all_roles) EXPECT_EQ(parse_role(name(role)), role);
  EXPECT_FALSE(parse_role("Agent"));
}

TEST(Permission, NoRoleOfTheCentreHasTheCustomersPermission) {
  for (Role const role : all_roles) EXPECT_FALSE(permissions(role).has(Permission::conversation_own)) << name(role);
}

TEST(Permission, EveryOtherPermissionIsGivenByARole) {
  PermissionSet all;
  for (Role const role : all_roles) all = all | permissions(role);
  EXPECT_EQ(all.size(), permission_count - 1);
}

TEST(Permission, WhatEndangersTheCentreIsTheAdministratorsAlone) {
  for (Permission const permission : {Permission::users_write, Permission::audit_read, Permission::customers_erase, Permission::webhooks_write}) {
    for (Role const role : all_roles) EXPECT_EQ(permissions(role).has(permission), role == Role::administrator) << name(permission);
  }
}

TEST(Permission, AnAdministratorReadsNoInteractions) {
  PermissionSet const set = permissions(Role::administrator);
  EXPECT_FALSE(set.has(Permission::interactions_read_all));
  EXPECT_FALSE(set.has(Permission::contacts_handle));
}

TEST(PermissionSet, IsASet) {
  PermissionSet const some{Permission::presence_own, Permission::conversation_own};
  EXPECT_EQ(some.size(), 2U);
  EXPECT_TRUE(some.has_all({Permission::conversation_own}));
  EXPECT_FALSE(PermissionSet{Permission::conversation_own}.has_all(some));
  EXPECT_EQ((some & PermissionSet{Permission::presence_own}), PermissionSet{Permission::presence_own});
  EXPECT_TRUE(PermissionSet{}.empty());
}

/// The table of docs/people.md as the code has it.
std::string table() {
  std::ostringstream out;
  out << "| permission | lets one |";
  for (Role const role : all_roles) out << ' ' << name(role) << " |";
  out << "\n|---|---|";
  for ([[maybe_unused]] Role const role : all_roles) out << "---|";
  out << '\n';
  for (PermissionInfo const& info : all_permissions()) {
    out << "| `" << info.name << "` | " << info.meaning << " |";
    for (Role const role : all_roles) out << (permissions(role).has(info.permission) ? " ● |" : " |");
    out << '\n';
  }
  return out.str();
}

TEST(Permission, TheDocumentedTableIsTheOneInForce) {
  std::ifstream file{std::string{RAPPORT_SOURCE_DIR} + "/docs/people.md"};
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_NE(text.str().find(table()), std::string::npos) << "docs/people.md must hold this table:\n"
                                                         << table();
}

}  // namespace
}  // namespace rapport::people
