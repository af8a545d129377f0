#include "server/webhooks/signature.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <cstdlib>

#include "base/assert.hpp"
#include "base/limits.hpp"

namespace rapport::server::webhooks {
namespace {

std::string hmac_hex(std::string_view secret, std::string_view signed_bytes) {
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  auto const* const done = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                                reinterpret_cast<unsigned char const*>(signed_bytes.data()), signed_bytes.size(), digest.data(), &size);
  RAPPORT_ASSERT(done != nullptr && size == digest.size());
  std::string hex;
  for (unsigned char const byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

std::string signed_text(std::int64_t seconds, std::string_view body) { return fmt::format("{}.{}", seconds, body); }

}  // namespace

std::string sign(std::vector<std::string> const& secrets, base::Instant at, std::string_view body) {
  RAPPORT_ASSERT(!secrets.empty());
  std::int64_t const seconds = at.since_epoch / base::second;
  std::string const text = signed_text(seconds, body);
  std::string header = fmt::format("t={}", seconds);
  for (std::string const& secret : secrets) header += ",v1=" + hmac_hex(secret, text);
  return header;
}

SignatureCheck check_signature(std::string_view header, std::string_view secret, std::string_view body, base::Instant now) {
  std::int64_t seconds = 0;
  if (!header.starts_with("t=")) return SignatureCheck::malformed;
  char const* const end = header.data() + header.size();
  auto const read = std::from_chars(header.data() + 2, end, seconds);
  if (read.ec != std::errc{} || read.ptr == end || *read.ptr != ',') return SignatureCheck::malformed;
  if (seconds < 0 || seconds > INT64_MAX / base::second) return SignatureCheck::malformed;
  std::string const expected = hmac_hex(secret, signed_text(seconds, body));
  bool right = false;
  std::string_view rest{read.ptr, static_cast<std::size_t>(end - read.ptr)};
  while (!rest.empty()) {
    rest.remove_prefix(1);
    std::string_view const part = rest.substr(0, rest.find(','));
    rest.remove_prefix(part.size());
    if (!part.starts_with("v1=") || part.size() != 3 + expected.size()) continue;  // of a later version
    right = CRYPTO_memcmp(part.data() + 3, expected.data(), expected.size()) == 0 || right;
  }
  if (!right) return SignatureCheck::wrong;
  base::Millis const age = now - base::Instant{seconds * base::second};
  return std::llabs(age) > limits::webhook_signature_age_max ? SignatureCheck::expired : SignatureCheck::good;
}

}  // namespace rapport::server::webhooks
