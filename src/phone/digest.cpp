#include "phone/digest.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <charconv>
#include <span>

#include "base/assert.hpp"
#include "base/phone_limits.hpp"

namespace rapport::phone {
namespace {

constexpr std::size_t time_digits = 12;
constexpr std::size_t stamp_digits = time_digits + 8;  // and which of that time
constexpr std::size_t mark_digits = 32;

std::string hex(std::span<unsigned char const> bytes) {
  std::string text;
  for (unsigned char const byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace

std::string digest_secret(std::string_view login, std::string_view password) {
  std::string const whole = fmt::format("{}:{}:{}", login, digest_realm, password);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  RAPPORT_ASSERT(EVP_Digest(whole.data(), whole.size(), digest.data(), &size, EVP_md5(), nullptr) == 1);
  return hex(std::span{digest}.first(size));
}

std::string Nonces::mark(std::string_view stamp, std::string_view host) const {
  std::string const whole = fmt::format("{} {}", stamp, host);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  auto const* const text = reinterpret_cast<unsigned char const*>(whole.data());
  RAPPORT_ASSERT(HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), text, whole.size(), digest.data(), &size) != nullptr);
  return hex(std::span{digest}.first(size)).substr(0, mark_digits);
}

std::string Nonces::make(std::string_view host, base::Instant now) {
  std::string const stamp = fmt::format("{:012x}{:08x}", now.since_epoch, ++made_);
  return stamp + mark(stamp, host);
}

void Nonces::forget_old(base::Instant now) {
  while (!ages_.empty() && (ages_.begin()->first < now.since_epoch - limits::nonce_ms || ages_.size() > limits::nonces_max)) {
    used_.erase(ages_.begin()->second);
    ages_.erase(ages_.begin());
  }
}

Nonces::Found Nonces::use(std::string_view nonce, std::uint32_t count, std::string_view host, base::Instant now) {
  if (nonce.size() != stamp_digits + mark_digits || count == 0) return Found::foreign;
  std::string_view const time = nonce.substr(0, time_digits);
  std::string const expected = mark(nonce.substr(0, stamp_digits), host);
  if (CRYPTO_memcmp(expected.data(), nonce.data() + stamp_digits, mark_digits) != 0) return Found::stale;  // of a start before, or made up
  base::Millis made = 0;
  std::from_chars(time.data(), time.data() + time.size(), made, 16);
  if (made > now.since_epoch + base::minute || made < now.since_epoch - limits::nonce_ms) return Found::stale;
  forget_old(now);
  auto const [known, first] = used_.try_emplace(std::string{nonce}, count);
  if (first)
    ages_.emplace(made, nonce);
  else if (count <= known->second)
    return Found::foreign;
  known->second = count;
  return Found::good;
}

}  // namespace rapport::phone
