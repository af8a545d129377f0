#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

/// Who logs a phone in: HTTP digest (RFC 2617 as RFC 3261, section 22 uses it: MD5, qop=auth), for that is
/// what phones speak. Passwords for phones are made by us, long and random, so that MD5 has nothing to
/// guess, and good for nothing else.
namespace rapport::phone {

inline constexpr std::string_view digest_realm = "rapport";

/// MD5(login:realm:password), what is kept of a phone's password. 32 hexadecimal digits.
std::string digest_secret(std::string_view login, std::string_view password);

/// The server's nonces: each carries its time and a mark that only we can make, so nothing is kept of
/// those that were never used; of used ones the highest count is, so that nothing can be said twice.
class Nonces {
 public:
  enum class Found : std::uint8_t { good,
                                    stale,   ///< ours, but old, or unknown since a start: ask again
                                    foreign  ///< never ours, or used before
  };

  /// `key` is random.
  explicit Nonces(std::string key) : key_(std::move(key)) {}

  /// Good for this host alone; no two are alike, for several phones may be behind one host.
  std::string make(std::string_view host, base::Instant now);
  /// `count` is the digest's nc; each must be above those before it.
  Found use(std::string_view nonce, std::uint32_t count, std::string_view host, base::Instant now);

 private:
  std::string mark(std::string_view stamp, std::string_view host) const;
  void forget_old(base::Instant now);

  std::string key_;
  std::uint32_t made_ = 0;
  std::unordered_map<std::string, std::uint32_t> used_;
  std::multimap<base::Millis, std::string> ages_;  ///< of the used ones
};

}  // namespace rapport::phone
