#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

/// Codes of an authenticator: TOTP (RFC 6238) over HMAC-SHA-1, 30-second steps, as every
/// authenticator program knows it. Pure; the clock is a parameter.
namespace rapport::people {

inline constexpr base::Millis totp_step = 30 * base::second;
inline constexpr unsigned totp_digits = 6;

/// HOTP (RFC 4226): the code of a counter, with leading zeros. `digits` from 6 to 8.
std::string hotp(std::string_view key, std::uint64_t counter, unsigned digits);

/// The step of a moment.
std::int64_t totp_step_of(base::Instant now);
/// The step that the code belongs to: this one, the one before or the one after (clocks differ); or
/// nothing if it is wrong. A step not later than `last_used` is not taken again.
std::optional<std::int64_t> verify_totp(std::string_view key, std::string_view code, base::Instant now,
                                        std::int64_t last_used);

/// A new key of 160 bits.
std::string make_totp_key();
/// What a QR code shows to an authenticator.
std::string otpauth_uri(std::string_view key, std::string_view issuer, std::string_view account);

/// Ten codes of 80 random bits, "ABCD-EFGH-IJKL-MNOP", each good for one login without authenticator.
std::vector<std::string> make_recovery_codes();
/// What is kept of a recovery code: a hash; case, spaces and hyphens do not matter. At 80 bits a fast
/// hash suffices.
std::string hash_recovery_code(std::string_view code);

}  // namespace rapport::people
