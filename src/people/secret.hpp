#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

/// Random secrets and what is made of them, by libsodium. Any thread.
namespace rapport::people {

/// 256 random bits in base64url without padding (43 characters).
std::string random_secret();
/// `count` random bytes.
std::string random_bytes(std::size_t count);
/// A random UUID version 7 (RFC 9562): sorts by time. For users, tokens, teams; never a secret.
std::string make_id(base::Instant now);

/// Base64url without padding (RFC 4648, section 5). Decoding takes canonical text only: no padding,
/// no spaces, no spare bits.
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);
/// Base32 without padding (RFC 4648, section 6), as authenticators read it.
std::string base32(std::string_view bytes);
std::optional<std::string> from_base32(std::string_view text);

/// SHA-256, 32 bytes; base::sha256_hex has it in hexadecimal.
std::string sha256(std::string_view message);
/// HMAC-SHA256 (RFC 2104), 32 bytes, under a key of any length.
std::string hmac_sha256(std::string_view key, std::string_view message);
/// Whether equal, in time that depends on the lengths alone.
bool equal_in_constant_time(std::string_view left, std::string_view right);
/// Overwrites the bytes in a way that the compiler keeps.
void wipe(std::string& secret);

}  // namespace rapport::people
