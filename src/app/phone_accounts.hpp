#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "phone/phone.hpp"
#include "records/store.hpp"
#include "server/api/phone_passwords.hpp"

namespace rapport::app {

/// Whose phones may log in, as the phone was last told. Any thread; what is said to read blocks on the store.
class PhoneAccounts {
 public:
  struct Ways {
    std::function<records::Stored<server::api::PhoneLogins>()> read;
    std::function<void(std::vector<phone::Account>)> tell;
  };
  explicit PhoneAccounts(Ways ways) : ways_(std::move(ways)) {}

  /// Reads who has a password, and tells the phone. Of users who cannot be read those stay whose phones could log
  /// in before: they would be rung no more. Error: the store, and the phone was told nothing; or such users, and it
  /// was told of all others.
  base::Result<void> learn();
  /// Again, where that failed: what was revoked meanwhile would be good until the next change.
  base::Result<void> learn_what_failed();

 private:
  base::Result<void> read_and_tell();

  Ways ways_;
  std::mutex mutex_;            ///< held from reading the store to telling the phone: who read first must not tell it last
  std::set<std::string> told_;  ///< users
  bool failed_ = false;
};

}  // namespace rapport::app
