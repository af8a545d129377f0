#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "people/accounts.hpp"
#include "people/login.hpp"
#include "people/password_links.hpp"
#include "people/teams.hpp"
#include "support/memory_store.hpp"

namespace rapport::people {

/// The room over a store in memory, with a first administrator, "root". Passwords at the least cost.
class PeopleTest : public ::testing::Test {
 protected:
  static constexpr char const* password = "four little yellow birds";

  void SetUp() override {
    auto made = accounts.create_first_administrator({.login = "root", .name = "Root"}, password, "10.0.0.1", now);
    ASSERT_TRUE(made);
    root = principal_of(*made);
    root_user = *made;
  }

  Actor by_root() const { return {root, "10.0.0.1"}; }

  User create(std::string of, std::vector<Role> roles = {Role::agent}) {
    auto user = accounts.create(by_root(), {.login = of, .name = "Somebody", .email = of + "@example.org", .roles = std::move(roles)}, now);
    EXPECT_TRUE(user) << (user ? "" : user.error().detail);
    return user ? *user : User{};
  }
  /// A user with the password of this test.
  User create_with_password(std::string of, std::vector<Role> roles = {Role::agent}) {
    User const user = create(std::move(of), std::move(roles));
    auto const mail = links.invite(by_root(), user.id, now);
    EXPECT_TRUE(mail);
    auto const set = links.set_by_link(mail->secret, password, "10.0.0.2", now);
    EXPECT_TRUE(set);
    return *set;
  }
  Outcome<NewSession> log_in(std::string_view user, std::string_view with, std::string_view code = {}) {
    return login.log_in({.login = user, .password = with, .code = code, .address = "10.0.0.2", .client = "test"}, now);
  }
  Refusal refusal_of(auto const& outcome) {
    EXPECT_FALSE(outcome) << "was not refused";
    return outcome ? Refusal::invalid : outcome.error().refusal;
  }
  bool is_over(std::string_view secret) { return !sessions.authenticate(secret, now); }
  std::size_t audited(std::string action) {
    records::AuditQuery query;
    query.action = std::move(action);
    auto const rows = store.audit(query);
    return rows ? rows->size() : 0;
  }

  base::Instant now{1'700'000'000'000};
  test::MemoryStore store;
  Sessions sessions{store, {}};
  ApiTokens tokens{store};
  SharedLockout lockout{1'000};
  Accounts accounts{store, sessions, tokens, least_cost};
  Teams teams{store, accounts};
  Login login{store, sessions, lockout, least_cost};
  std::vector<LinkMail> mails;
  PasswordLinks links{{store, sessions, lockout, least_cost, [this](LinkMail mail) { mails.push_back(std::move(mail)); }}};
  SecondFactor second{store, lockout, "Acme"};
  Principal root;
  User root_user;
};

}  // namespace rapport::people
