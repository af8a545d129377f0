#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

namespace rapport::people {

/// What an account may do before it must wait.
struct LockoutRules {
  std::uint32_t attempts = 5;                  ///< failures in a row before the first pause
  base::Millis pause_max = 15 * base::minute;  ///< the longest pause
};

/// Slows down guessing of passwords, by account and by address. An attempt counts as failed from its
/// beginning until it is told to have succeeded, so that many at once do not slip through together.
/// Accounts that do not exist are counted like others: a pause tells nothing about existence.
///
/// From as many failures of an account on as the rules say there is a pause, 15 s at first, that doubles
/// with each further one up to the longest; of an address (an office may share one) from six times as
/// many. A day without an attempt forgets. The table is bounded: the entry longest without an attempt goes first.
/// Pure; one thread at a time.
class Lockout {
 public:
  explicit Lockout(std::size_t entries_max, LockoutRules rules = {});

  /// Begins an attempt: 0 if it may go on, otherwise how long to wait; then it has not been counted.
  base::Millis attempt(std::string_view account, std::string_view address, base::Instant now);
  /// The attempt succeeded: the account's failures are forgotten, and this one of the address.
  void succeeded(std::string_view account, std::string_view address);

  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::uint32_t failures = 0;
    base::Instant last;
    base::Instant blocked_until;
    std::list<std::string>::iterator place;
  };

  Entry& entry(std::string const& key, base::Instant now);
  void count(std::string const& key, std::uint32_t free, base::Instant now);
  void forget(std::string const& key);
  base::Millis remaining(std::string const& key, base::Instant now) const;
  base::Millis pause_after(std::uint32_t failures, std::uint32_t free) const;
  std::uint32_t address_free() const { return addresses_factor * rules_.attempts; }

  static constexpr std::uint32_t addresses_factor = 6;

  std::size_t entries_max_;
  LockoutRules rules_;
  std::unordered_map<std::string, Entry> entries_;
  std::list<std::string> by_last_attempt_;  ///< oldest first
};

/// One Lockout for all threads.
class SharedLockout {
 public:
  explicit SharedLockout(std::size_t entries_max, LockoutRules rules = {}) : lockout_(entries_max, rules) {}

  base::Millis attempt(std::string_view account, std::string_view address, base::Instant now) {
    std::lock_guard const lock{mutex_};
    return lockout_.attempt(account, address, now);
  }
  void succeeded(std::string_view account, std::string_view address) {
    std::lock_guard const lock{mutex_};
    lockout_.succeeded(account, address);
  }

 private:
  std::mutex mutex_;
  Lockout lockout_;
};

/// What an address is counted by: an IPv4 address itself (also where mapped into IPv6), of an IPv6
/// address the /64 network that one customer of a provider has. Other text stands for itself.
std::string address_key(std::string_view address);

}  // namespace rapport::people
