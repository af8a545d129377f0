#include "app/phone_accounts.hpp"

#include <gtest/gtest.h>

namespace rapport::app {
namespace {

class PhoneAccountsTold : public ::testing::Test {
 protected:
  static server::api::PhoneLogin login(std::string const& user) { return {user, user, "secret"}; }

  records::Stored<server::api::PhoneLogins> stored_ = server::api::PhoneLogins{{login("ana"), login("ben")}, {}};
  std::vector<std::string> told_;
  int times_ = 0;
  PhoneAccounts accounts_{{.read = [this] { return stored_; },
                           .tell =
                               [this](std::vector<phone::Account> const& accounts) {
                                 ++times_;
                                 told_.clear();
                                 for (phone::Account const& account : accounts) told_.push_back(account.agent);
                               }}};
};

using Users = std::vector<std::string>;

TEST_F(PhoneAccountsTold, WhatIsRevokedWhileTheStoreCannotBeReadIsRevokedLater) {
  ASSERT_TRUE(accounts_.learn());
  EXPECT_EQ(told_, (Users{"ana", "ben"}));
  stored_ = records::StoreError::unavailable;
  EXPECT_FALSE(accounts_.learn());
  EXPECT_FALSE(accounts_.learn_what_failed());
  EXPECT_EQ(times_, 1);
  stored_ = server::api::PhoneLogins{{login("ana")}, {}};
  EXPECT_TRUE(accounts_.learn_what_failed());
  EXPECT_EQ(told_, Users{"ana"});
  EXPECT_TRUE(accounts_.learn_what_failed());
  EXPECT_EQ(times_, 2) << "it is known by now";
}

TEST_F(PhoneAccountsTold, WhoCannotBeReadStaysAsTheyWere) {
  ASSERT_TRUE(accounts_.learn());
  stored_ = server::api::PhoneLogins{{}, {login("ben"), login("cat")}};
  EXPECT_FALSE(accounts_.learn());
  EXPECT_EQ(told_, Users{"ben"}) << "ana is gone, and of cat nothing was known";
  stored_ = server::api::PhoneLogins{{login("cat")}, {}};
  EXPECT_TRUE(accounts_.learn_what_failed());
  EXPECT_EQ(told_, Users{"cat"});
}

}  // namespace
}  // namespace rapport::app
