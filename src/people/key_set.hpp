#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "people/signed_token.hpp"

struct evp_pkey_st;

namespace rapport::people {

/// The public keys by which a provider's tokens are verified: a JSON Web Key Set (RFC 7517), RSA of
/// 2048 to 8192 bits for RS256 and P-256 for ES256 (RFC 7518), by OpenSSL. Keys for other uses, of
/// other kinds or without "kid" are passed over. Any thread once made.
class KeySet {
 public:
  /// Error: not a key set, or without a key that can be used.
  static base::Result<KeySet> read(std::string_view json);

  /// Whether the token is signed by the key that its header names, with that key's algorithm. Error:
  /// why not; `knows` tells whether fetching the set again may help.
  base::Result<void> verify(SignedToken const& token) const;
  bool knows(std::string_view kid) const { return keys_.contains(std::string{kid}); }

 private:
  struct Key {
    std::string algorithm;  ///< "RS256" or "ES256"
    std::shared_ptr<evp_pkey_st> key;
  };
  std::map<std::string, Key> keys_;
};

}  // namespace rapport::people
