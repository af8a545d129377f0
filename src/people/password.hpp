#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rapport::people {

/// What one hash of argon2id costs (RFC 9106): passes over so much memory.
///
/// The default, 2 passes over 64 MiB, is libsodium's "interactive": about 0.1 s of one core, and well
/// above the common minimum of 19 MiB. Its "moderate" (3 passes over 256 MiB) would keep a server of
/// two cores busy for minutes when a shift of 200 logs in, and four at a time would take 1 GiB.
struct HashCost {
  unsigned long long passes = 2;
  std::size_t memory_bytes = std::size_t{64} << 20U;
};

/// The least that argon2id does: for tests only.
inline constexpr HashCost least_cost{.passes = 1, .memory_bytes = 8'192};

/// Hashes a password; the text holds salt and cost. Takes long and much memory by intent: call it on
/// a worker of a small pool, never on an I/O thread or the centre's. Any thread; nothing is shared.
/// Nothing: out of memory.
std::optional<std::string> hash_password(std::string_view password, HashCost cost);
/// Whether the password made the hash; as slow as hash_password. False for a hash of another form.
bool verify_password(std::string_view password, std::string const& hash);
/// Whether the hash was made at another cost than now wanted.
bool needs_rehash(std::string const& hash, HashCost cost);

/// Why a new password is not taken, or nothing. 12 to 128 characters (UTF-8, code points as typed);
/// neither the login nor the login with a few signs around it; none of the commonest; at least five
/// different characters. No rule about kinds of characters: length is what helps.
std::optional<std::string_view> password_problem(std::string_view password, std::string_view login);

}  // namespace rapport::people
