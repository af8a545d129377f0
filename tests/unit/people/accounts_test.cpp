#include <thread>

#include "fixture.hpp"

namespace rapport::people {
namespace {

using AccountsTest = PeopleTest;

TEST_F(AccountsTest, ThereIsOneFirstAdministrator) {
  EXPECT_TRUE(*accounts.is_set_up());
  EXPECT_EQ(refusal_of(accounts.create_first_administrator({.login = "eve", .name = "Eve"}, password, "", now)), Refusal::already_set_up);
  EXPECT_TRUE(may(root, Permission::users_write));
  EXPECT_TRUE(root.brands.all);
}

TEST(FirstAdministrator, OfManyAtOnceOneIsMade) {
  test::MemoryStore store;
  Sessions sessions{store, {}};
  ApiTokens tokens{store};
  Accounts accounts{store, sessions, tokens, least_cost};
  EXPECT_FALSE(*accounts.is_set_up());
  std::atomic<int> made = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      auto const user = accounts.create_first_administrator({.login = "root" + std::to_string(i), .name = "Root"},
                                                            "four little yellow birds", "", {1'700'000'000'000});
      if (user) ++made;
      if (!user && user.error().refusal == Refusal::already_set_up) ++refused;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(refused, 7);
  EXPECT_EQ(accounts.list("", 100)->users.size(), 1U);
}

TEST_F(AccountsTest, ChecksWhatAUserIsMadeOf) {
  auto const attempt = [&](NewUser user) { return refusal_of(accounts.create(by_root(), std::move(user), now)); };
  EXPECT_EQ(attempt({.login = "", .name = "A", .roles = {Role::agent}}), Refusal::invalid);
  EXPECT_EQ(attempt({.login = "a b", .name = "A", .roles = {Role::agent}}), Refusal::invalid);
  EXPECT_EQ(attempt({.login = std::string(101, 'a'), .name = "A", .roles = {Role::agent}}), Refusal::invalid);
  EXPECT_EQ(attempt({.login = "a\xff", .name = "A", .roles = {Role::agent}}), Refusal::invalid);
  EXPECT_EQ(attempt({.login = "a", .name = "", .roles = {Role::agent}}), Refusal::invalid);
  EXPECT_EQ(attempt({.login = "a", .name = "A", .email = "no address", .roles = {Role::agent}}), Refusal::invalid);
  EXPECT_EQ(attempt({.login = "a", .name = "A"}), Refusal::invalid);
  EXPECT_EQ(attempt({.login = "a", .name = "A", .roles = {Role::agent}, .teams = {"none"}}), Refusal::invalid);
  EXPECT_EQ(attempt({.login = "ROOT", .name = "A", .roles = {Role::agent}}), Refusal::login_taken);
}

TEST_F(AccountsTest, OnlyWhoMayManageUsersDoes) {
  User const lead = create("lead", {Role::supervisor});
  Principal const supervisor = principal_of(lead);
  EXPECT_EQ(refusal_of(accounts.create({supervisor, ""}, {.login = "x", .name = "X", .roles = {Role::agent}}, now)), Refusal::not_permitted);
  EXPECT_EQ(refusal_of(accounts.change({supervisor, ""}, lead.id, {.roles = std::vector{Role::administrator}}, lead.version, now)),
            Refusal::not_permitted);
}

TEST_F(AccountsTest, NobodyGivesRightsThatTheyLack) {
  Principal lesser = root;  // a token with users.write alone
  lesser.permissions = {Permission::users_write};
  EXPECT_TRUE(accounts.create({lesser, ""}, {.login = "x", .name = "X", .roles = {Role::supervisor}}, now));
  EXPECT_EQ(refusal_of(accounts.create({lesser, ""}, {.login = "y", .name = "Y", .roles = {Role::administrator}}, now)), Refusal::not_permitted);
  EXPECT_EQ(refusal_of(accounts.change({lesser, ""}, root_user.id, {.email = "eve@example.org"}, root_user.version, now)), Refusal::not_permitted);
  Principal of_acme = root;
  of_acme.brands = {.all = false, .names = {"acme"}};
  EXPECT_EQ(refusal_of(accounts.create({of_acme, ""}, {.login = "z", .name = "Z", .roles = {Role::agent}, .brands = BrandSet::every()}, now)),
            Refusal::not_permitted);
}

TEST_F(AccountsTest, AChangeNeedsTheVersionItWasMadeFrom) {
  User const ana = create("ana");
  auto const changed = accounts.change(by_root(), ana.id, {.name = "Ana"}, ana.version, now);
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->version, ana.version + 1);
  EXPECT_EQ(*accounts.find(ana.id), *changed);
  EXPECT_EQ(refusal_of(accounts.change(by_root(), ana.id, {.name = "Anna"}, ana.version, now)), Refusal::version_conflict);
  EXPECT_EQ(refusal_of(accounts.change(by_root(), "nobody", {.name = "Anna"}, 1, now)), Refusal::not_found);
}

TEST_F(AccountsTest, TheLastActiveAdministratorStays) {
  EXPECT_EQ(refusal_of(accounts.change(by_root(), root_user.id, {.active = false}, root_user.version, now)), Refusal::last_administrator);
  EXPECT_EQ(refusal_of(accounts.change(by_root(), root_user.id, {.roles = std::vector{Role::agent}}, root_user.version, now)), Refusal::last_administrator);
  User const second_one = create("second", {Role::administrator});
  EXPECT_TRUE(accounts.change(by_root(), root_user.id, {.active = false}, root_user.version, now));
  EXPECT_EQ(refusal_of(accounts.change(by_root(), second_one.id, {.active = false}, second_one.version, now)), Refusal::last_administrator);
}

TEST_F(AccountsTest, TwoAtOnceDoNotRemoveTheLastTwo) {
  for (int round = 0; round < 50; ++round) {
    User const a = create("a" + std::to_string(round), {Role::administrator});
    auto const root_now = accounts.find(root_user.id);
    auto const remove = [&](User const& user) {
      return accounts.change(by_root(), user.id, {.active = false}, user.version, now).operator bool();
    };
    bool removed_root = false;
    bool removed_a = false;
    std::thread one{[&] { removed_root = remove(*root_now); }};
    std::thread other{[&] { removed_a = remove(a); }};
    one.join();
    other.join();
    ASSERT_FALSE(removed_root && removed_a);
    if (removed_root) {
      auto const inactive = accounts.find(root_user.id);
      ASSERT_TRUE(accounts.change(by_root(), root_user.id, {.active = true}, inactive->version, now));
    }
    if (!removed_a) {
      ASSERT_TRUE(accounts.change(by_root(), a.id, {.active = false}, a.version, now));
    }
  }
}

TEST_F(AccountsTest, AChangeOfRightsEndsSessionsAndAChangeOfNameDoesNot) {
  User const ana = create_with_password("ana");
  for (UserChange const& change : {UserChange{.roles = std::vector{Role::supervisor}}, UserChange{.brands = BrandSet::every()},
                                   UserChange{.active = false}}) {
    auto const before = accounts.find(ana.id);
    if (!before->active) {
      ASSERT_TRUE(accounts.change(by_root(), ana.id, {.active = true}, before->version, now));
    }
    auto const session = log_in("ana", password);
    ASSERT_TRUE(session);
    ASSERT_FALSE(is_over(session->secret));
    ASSERT_TRUE(accounts.change(by_root(), ana.id, {.name = "Ana"}, accounts.find(ana.id)->version, now));
    ASSERT_FALSE(is_over(session->secret));
    ASSERT_TRUE(accounts.change(by_root(), ana.id, change, accounts.find(ana.id)->version, now));
    EXPECT_TRUE(is_over(session->secret));
    EXPECT_TRUE(sessions.list(ana.id, now)->empty());
  }
}

TEST_F(AccountsTest, EveryChangeIsAudited) {
  User const ana = create("ana");
  ASSERT_TRUE(accounts.change(by_root(), ana.id, {.roles = std::vector{Role::quality}}, ana.version, now));
  records::AuditQuery query;
  query.action = "user.change";
  auto const rows = store.audit(query);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().entry.who, "user:" + root.id);
  EXPECT_EQ(rows->front().entry.subject, "user:" + ana.id);
  EXPECT_EQ(rows->front().entry.address, "10.0.0.1");
  EXPECT_NE(rows->front().entry.detail.find("quality"), std::string::npos);
  EXPECT_EQ(audited("user.create"), 2U);
}

TEST_F(AccountsTest, SecretsAreInNoUserAndUsersAreEncryptedAsPersons) {
  User const ana = create_with_password("ana");
  for (records::Batch const& batch : store.written()) {
    for (records::Change const& change : batch.changes) {
      auto const* const put = std::get_if<records::PutDocument>(&change);
      if (put == nullptr) continue;
      EXPECT_EQ(put->body.find(password), std::string::npos);
      if (put->kind == user_kind) {
        EXPECT_EQ(put->body.find("argon2"), std::string::npos);
      }
      if (put->kind == user_kind || put->kind == credential_kind) {
        EXPECT_EQ(put->person, "user:" + put->id);
      }
    }
  }
  ASSERT_TRUE(store.erase_person(person_of_user(ana.id)));
  EXPECT_EQ(refusal_of(accounts.find(ana.id)), Refusal::not_found);
  EXPECT_EQ(refusal_of(log_in("ana", password)), Refusal::wrong_credentials);
}

TEST_F(AccountsTest, ListsInPages) {
  for (int i = 0; i < 5; ++i) create("user" + std::to_string(i));
  std::string after;
  std::size_t seen = 0;
  for (bool more = true; more;) {
    auto const page = accounts.list(after, 2);
    ASSERT_TRUE(page);
    seen += page->users.size();
    after = page->after;
    more = page->more;
  }
  EXPECT_EQ(seen, 6U);
}

TEST_F(AccountsTest, RefusesWhileTheStoreIsAway) {
  store.set_available(false);
  EXPECT_EQ(refusal_of(accounts.create(by_root(), {.login = "x", .name = "X", .roles = {Role::agent}}, now)), Refusal::store_unavailable);
  store.set_available(true);
  EXPECT_TRUE(accounts.create(by_root(), {.login = "x", .name = "X", .roles = {Role::agent}}, now));
}

TEST_F(AccountsTest, TeamsHaveMembers) {
  auto const team = teams.create(by_root(), "Blue", now);
  ASSERT_TRUE(team);
  EXPECT_EQ(refusal_of(teams.create(by_root(), "Blue", now)), Refusal::name_taken);
  User const ana = create("ana");
  ASSERT_TRUE(accounts.change(by_root(), ana.id, {.teams = std::vector{team->id}}, ana.version, now));
  EXPECT_EQ(accounts.members(team->id)->size(), 1U);
  EXPECT_EQ(refusal_of(teams.remove(by_root(), team->id, team->version, now)), Refusal::invalid);
  ASSERT_TRUE(accounts.change(by_root(), ana.id, {.teams = std::vector<std::string>{}}, ana.version + 1, now));
  auto const renamed = teams.rename(by_root(), team->id, "Green", team->version, now);
  ASSERT_TRUE(renamed);
  EXPECT_EQ(teams.list("")->front().name, "Green");
  EXPECT_TRUE(teams.remove(by_root(), team->id, renamed->version, now));
  Principal const agent = principal_of(ana);
  EXPECT_EQ(refusal_of(teams.create({agent, ""}, "Red", now)), Refusal::not_permitted);
}

}  // namespace
}  // namespace rapport::people
