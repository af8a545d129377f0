#include "people/lockout.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace rapport::people {

namespace {

constexpr base::Millis first_pause = 15 * base::second;
constexpr base::Millis forgotten_after = base::day;

std::string account_of(std::string_view account) { return "account:" + std::string{account}; }
std::string address_of(std::string_view address) { return "address:" + address_key(address); }

}  // namespace

Lockout::Lockout(std::size_t entries_max, LockoutRules rules) : entries_max_(entries_max), rules_(rules) { RAPPORT_ASSERT(entries_max >= 2); }

base::Millis Lockout::pause_after(std::uint32_t failures, std::uint32_t free) const {
  if (failures < free) return 0;
  constexpr std::uint32_t doublings_max = 13;  // more than a day
  std::uint32_t const doublings = std::min(failures - free, doublings_max);
  return std::min(rules_.pause_max, first_pause << doublings);
}

base::Millis Lockout::attempt(std::string_view account, std::string_view address, base::Instant now) {
  std::string const by_account = account_of(account);
  std::string const by_address = address_of(address);
  base::Millis const wait = std::max(remaining(by_account, now), remaining(by_address, now));
  if (wait > 0) return wait;
  count(by_account, rules_.attempts, now);
  count(by_address, address_free(), now);
  return 0;
}

void Lockout::succeeded(std::string_view account, std::string_view address) {
  forget(account_of(account));
  auto const found = entries_.find(address_of(address));
  if (found == entries_.end()) return;
  Entry& entry = found->second;
  if (entry.failures > 0) --entry.failures;
  if (entry.failures < address_free()) entry.blocked_until = {};
}

Lockout::Entry& Lockout::entry(std::string const& key, base::Instant now) {
  auto const found = entries_.find(key);
  if (found != entries_.end()) {
    by_last_attempt_.splice(by_last_attempt_.end(), by_last_attempt_, found->second.place);
    if (now - found->second.last >= forgotten_after) found->second.failures = 0;
    return found->second;
  }
  if (entries_.size() == entries_max_) forget(std::string{by_last_attempt_.front()});
  by_last_attempt_.push_back(key);
  Entry made;
  made.place = std::prev(by_last_attempt_.end());
  return entries_.emplace(key, made).first->second;
}

void Lockout::count(std::string const& key, std::uint32_t free, base::Instant now) {
  Entry& counted = entry(key, now);
  ++counted.failures;
  counted.last = now;
  counted.blocked_until = now + pause_after(counted.failures, free);
}

void Lockout::forget(std::string const& key) {
  auto const found = entries_.find(key);
  if (found == entries_.end()) return;
  by_last_attempt_.erase(found->second.place);
  entries_.erase(found);
}

base::Millis Lockout::remaining(std::string const& key, base::Instant now) const {
  auto const found = entries_.find(key);
  return found == entries_.end() ? 0 : std::max<base::Millis>(0, found->second.blocked_until - now);
}

std::string address_key(std::string_view address) {
  std::string text{address};
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
    std::array<char, INET_ADDRSTRLEN> v4{};
    return inet_ntop(AF_INET, bytes.data() + mapped.size(), v4.data(), v4.size());
  }
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> v6{};
  return std::string{inet_ntop(AF_INET6, bytes.data(), v6.data(), v6.size())} + "/64";
}

}  // namespace rapport::people
