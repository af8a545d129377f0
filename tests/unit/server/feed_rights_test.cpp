#include "server/api/feed_rights.hpp"

#include <gtest/gtest.h>

namespace rapport::server::api {
namespace {

people::Principal token_of_ana(std::string brand) {
  people::Principal token;
  token.kind = people::Principal::Kind::token;
  token.id = "t-1";
  token.user = "ana";
  token.permissions.add(people::Permission::flags_read);
  token.brands = {.all = false, .names = {std::move(brand)}};
  return token;
}

TEST(FeedRights, LastAsLongAsTheLastConnection) {
  LiveView const live;
  FeedRights rights{live};
  feed::Name const flags{feed::NameKind::stream, "flags/northwind"};
  auto first = rights.connected(token_of_ana("acme"));
  EXPECT_FALSE(rights.may("token:t-1", flags));
  auto second = rights.connected(token_of_ana("northwind"));
  EXPECT_TRUE(rights.may("token:t-1", flags)) << "those they connected with at last";
  second.reset();
  EXPECT_TRUE(rights.may("token:t-1", flags));
  EXPECT_EQ(rights.of_user("ana"), std::vector<std::string>{"token:t-1"});
  first.reset();
  EXPECT_FALSE(rights.may("token:t-1", flags));
  EXPECT_TRUE(rights.of_user("ana").empty());
}

}  // namespace
}  // namespace rapport::server::api
