#include "server/webhooks/signature.hpp"

#include <fmt/format.h>

#include "people/secret.hpp"

namespace rapport::server::webhooks {

std::string sign(std::string_view secret, std::int64_t seconds, std::string_view body) {
  std::string header = "v1=";
  for (char const byte : people::hmac_sha256(secret, fmt::format("{}.{}", seconds, body))) header += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return header;
}

}  // namespace rapport::server::webhooks
