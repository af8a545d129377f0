#include "app/phone_accounts.hpp"

#include <fmt/format.h>

#include <utility>

namespace rapport::app {

base::Result<void> PhoneAccounts::learn() {
  std::lock_guard const lock{mutex_};
  return read_and_tell();
}

base::Result<void> PhoneAccounts::learn_what_failed() {
  std::lock_guard const lock{mutex_};
  return failed_ ? read_and_tell() : base::Result<void>{};
}

/// REQUIRES: the lock is held.
base::Result<void> PhoneAccounts::read_and_tell() {
  auto logins = ways_.read();
  failed_ = !logins || !logins->unsure.empty();
  if (!logins) return base::Error{fmt::format("the store: {}", records::name(logins.error()))};
  std::size_t const unsure = logins->unsure.size();
  std::vector<phone::Account> accounts;
  auto const add = [&](server::api::PhoneLogin& login) { accounts.push_back({std::move(login.user), std::move(login.login), std::move(login.secret)}); };
  for (server::api::PhoneLogin& login : logins->active) add(login);
  for (server::api::PhoneLogin& login : logins->unsure) {
    if (told_.contains(login.user)) add(login);
  }
  told_.clear();
  for (phone::Account const& account : accounts) told_.insert(account.agent);
  ways_.tell(std::move(accounts));
  if (failed_) return base::Error{fmt::format("{} users could not be read", unsure)};
  return {};
}

}  // namespace rapport::app
