#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "store/packing.hpp"

namespace rapport::store {

/// 32 random bytes that the administrator keeps; all other keys hang on it.
using Key = std::array<unsigned char, 32>;

/// A person's key and the number by which what it sealed refers to it.
struct PersonKey {
  std::int64_t id = 0;
  Key key{};
};

/// Where something sealed stands ("document", kind, id): bound to it, so that bytes moved to another row
/// do not open. The parts hold no NUL.
std::string place(std::initializer_list<std::string_view> parts);

/// XChaCha20-Poly1305 (libsodium) over what `pack` made; empty stays empty.
std::string seal(PersonKey const& key, std::string_view place, std::string_view plain, Stays stays = Stays::for_good);
/// The number of the key that sealed it. Throws Failure `broken` if these are no sealed bytes.
std::int64_t sealed_by(std::string_view sealed);
/// REQUIRES: not empty. Throws Failure `broken` if key, place or bytes are not those of sealing.
std::string unseal(Key const& key, std::string_view place, std::string_view sealed);

/// What is derived from the master key (BLAKE2b, crypto_kdf). Any thread may call.
class Keys {
 public:
  explicit Keys(Key const& master);

  /// Of the store itself, number 0: content that is nobody's but not everybody's (password hashes).
  PersonKey const& own() const { return own_; }
  PersonKey make_person_key() const;
  std::string wrap(PersonKey const& key) const;
  PersonKey unwrap(std::int64_t id, std::string_view wrapped) const;
  /// HMAC-SHA256 of what `place` makes of the parts: names and lookups.
  std::string hash(std::initializer_list<std::string_view> parts) const;
  /// SipHash-2-4 of a word, 40 bits as eight letters: what full text knows of it.
  std::string word(std::string_view word) const;

 private:
  PersonKey own_;
  PersonKey wrapping_;
  Key hashing_{};
  std::array<unsigned char, 16> words_{};
};

}  // namespace rapport::store
