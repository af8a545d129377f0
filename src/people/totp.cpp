#include "people/totp.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/assert.hpp"
#include "base/hash.hpp"
#include "people/percent.hpp"
#include "people/secret.hpp"

namespace rapport::people {

std::string hotp(std::string_view key, std::uint64_t counter, unsigned digits) {
  std::array<unsigned char, 8> message{};
  for (std::size_t i = 0; i < message.size(); ++i) message[i] = static_cast<unsigned char>(counter >> (8 * (7 - i)));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  auto const* const made = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(), message.size(),
                                mac.data(), &length);
  RAPPORT_ASSERT(made != nullptr && length == 20);
  std::size_t const offset = mac[length - 1] & 0x0fU;  // RFC 4226, section 5.3
  std::uint32_t const number = (std::uint32_t{mac[offset] & 0x7fU} << 24U) | (std::uint32_t{mac[offset + 1]} << 16U) |
                               (std::uint32_t{mac[offset + 2]} << 8U) | std::uint32_t{mac[offset + 3]};
  std::uint32_t modulus = 1;
  for (unsigned i = 0; i < digits; ++i) modulus *= 10;
  return fmt::format("{:0{}}", number % modulus, digits);
}

std::int64_t totp_step_of(base::Instant now) { return now.since_epoch / totp_step; }

std::optional<std::int64_t> verify_totp(std::string_view key, std::string_view code, base::Instant now,
                                        std::int64_t last_used) {
  std::int64_t const current = totp_step_of(now);
  std::optional<std::int64_t> found;
  for (std::int64_t step = current - 1; step <= current + 1; ++step) {  // all three, whichever matches
    if (step < 0 || step <= last_used) continue;
    if (equal_in_constant_time(hotp(key, static_cast<std::uint64_t>(step), totp_digits), code) && !found) found = step;
  }
  return found;
}

std::string make_totp_key() { return random_bytes(20); }

std::string otpauth_uri(std::string_view key, std::string_view issuer, std::string_view account) {
  std::string const encoded_issuer = percent_encoded(issuer);
  return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits={3}&period={4}",
                     encoded_issuer, percent_encoded(account), base32(key), totp_digits, totp_step / base::second);
}

std::vector<std::string> make_recovery_codes() {
  constexpr std::size_t count = 10;
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < count; ++i) {
    std::string const plain = base32(random_bytes(10));
    codes.push_back(fmt::format("{}-{}-{}-{}", plain.substr(0, 4), plain.substr(4, 4), plain.substr(8, 4), plain.substr(12)));
  }
  return codes;
}

std::string hash_recovery_code(std::string_view code) {
  std::string plain;
  for (char const c : code) {
    if (c == '-' || c == ' ') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return base::sha256_hex("recovery code:" + plain);
}

}  // namespace rapport::people
