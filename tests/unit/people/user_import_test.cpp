#include "people/user_import.hpp"

#include "fixture.hpp"

namespace rapport::people {
namespace {

class UserImportTest : public PeopleTest {
 protected:
  base::Result<ImportReport, CsvError> import(std::string_view csv, bool dry_run = false) {
    return import_users(store, accounts, by_root(), csv, dry_run, now);
  }
};

TEST_F(UserImportTest, CreatesAUserALine) {
  auto const team = teams.create(by_root(), "Blue", now);
  auto const report = import("name,login,roles,email,teams,brands\n\"Rodrigues, Ana\",Ana,agent;quality,ana@example.org,Blue,acme; other\nBen,ben,agent,,,*\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->accepted, 2U);
  auto const ana = accounts.find(report->lines[0].user);
  ASSERT_TRUE(ana);
  EXPECT_EQ(ana->login, "ana");
  EXPECT_EQ(ana->name, "Rodrigues, Ana");
  EXPECT_EQ(ana->roles, (std::vector{Role::agent, Role::quality}));
  EXPECT_EQ(ana->brands.names, (std::vector<std::string>{"acme", "other"}));
  EXPECT_EQ(ana->teams, std::vector{team->id});
  EXPECT_TRUE(accounts.find(report->lines[1].user)->brands.all);
  EXPECT_EQ(audited("user.create"), 3U);
}

TEST_F(UserImportTest, RefusesLineByLine) {
  auto const report = import(
      "login,name,roles,teams\nana,Ana,agent,\nroot,Root,agent,\nben,Ben,pilot,\ncy,Cy,agent,Green\n"
      "ANA,Ana again,agent,\ndi,Di,administrator,\nel,,agent,\nfay,Fay,agent,\n");
  ASSERT_TRUE(report);
  std::vector<std::optional<Refusal>> refusals;
  for (ImportLine const& line : report->lines) refusals.push_back(line.refused ? std::optional{line.refused->refusal} : std::nullopt);
  EXPECT_EQ(refusals, (std::vector<std::optional<Refusal>>{std::nullopt, Refusal::login_taken, Refusal::invalid, Refusal::invalid, Refusal::login_taken,
                                                           Refusal::not_permitted, Refusal::invalid, std::nullopt}));
  EXPECT_EQ(report->accepted, 2U);
  EXPECT_EQ(report->lines[2].place.line, 4U);
  EXPECT_EQ(report->lines[2].refused->detail, "roles: there is no \"pilot\"");
  EXPECT_EQ(accounts.list("", 100)->users.size(), 3U);
}

TEST_F(UserImportTest, ADryRunSaysTheSameAndWritesNothing) {
  std::string_view const csv = "login,name,roles\nana,Ana,agent\nroot,Root,agent\nana,Ana,agent\n";
  std::size_t const before = store.written().size();
  auto const dry = import(csv, true);
  ASSERT_TRUE(dry);
  EXPECT_EQ(store.written().size(), before);
  auto const real = import(csv, false);
  ASSERT_EQ(dry->lines.size(), real->lines.size());
  for (std::size_t i = 0; i < real->lines.size(); ++i) EXPECT_EQ(dry->lines[i].refused, real->lines[i].refused);
  EXPECT_EQ(dry->accepted, 1U);
}

TEST_F(UserImportTest, RefusesAFileAsAWhole) {
  for (auto const* const csv : {"", "login,name\na,b\n", "login,name,roles,shoe size\n", "login,name,roles,name\n", "login,name,roles\n\"a", "login,name,roles\n\xff,b,agent\n"}) {
    EXPECT_FALSE(import(csv)) << csv;
  }
  EXPECT_EQ(accounts.list("", 100)->users.size(), 1U);
}

}  // namespace
}  // namespace rapport::people
