#include <gtest/gtest.h>

#include "people/accounts.hpp"
#include "server/api/phone_passwords.hpp"
#include "support/memory_store.hpp"

namespace rapport::server::api {
namespace {

/// One document of which cannot be read.
class HalfReadStore final : public test::MemoryStore {
 public:
  records::Stored<std::optional<records::Document>> document(std::string_view kind, std::string_view id) override {
    if (!unread.empty() && id == unread && kind == people::user_kind) return records::StoreError::unavailable;
    return test::MemoryStore::document(kind, id);
  }
  std::string unread;
};

TEST(PhoneLogins, AUserWhoCannotBeReadHidesNoOther) {
  base::Instant const now{1'700'000'000'000};
  HalfReadStore store;
  people::Sessions sessions{store, {}};
  people::ApiTokens tokens{store};
  people::Accounts accounts{store, sessions, tokens, people::least_cost};
  auto const root = accounts.create_first_administrator({.login = "root", .name = "Root"}, "four little yellow birds", "10.0.0.1", now);
  ASSERT_TRUE(root);
  people::Principal const principal = people::principal_of(*root);
  std::vector<std::string> ids;
  for (std::string const login : {"ana", "ben", "cat"}) {
    auto const user = accounts.create({principal, "10.0.0.1"}, {.login = login, .name = login, .email = login + "@example.org", .roles = {people::Role::agent}}, now);
    ASSERT_TRUE(user);
    ids.push_back(user->id);
    ASSERT_TRUE(store.commit({{records::PutDocument{"phone_password", user->id, {}, {}, R"({"login":")" + login + R"(","secret":"s"})", {}, {}, {}}}, now, false}));
  }
  store.unread = ids[1];
  auto const logins = phone_logins(store, accounts);
  ASSERT_TRUE(logins);
  ASSERT_EQ(logins->active.size(), 2U);
  ASSERT_EQ(logins->unsure.size(), 1U);
  EXPECT_EQ(logins->unsure[0].user, ids[1]);
  EXPECT_EQ(logins->unsure[0].login, "ben");
}

}  // namespace
}  // namespace rapport::server::api
