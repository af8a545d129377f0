#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapport::server::webhooks {

/// How a receiver knows that a delivery is ours and of now (docs/webhooks.md): the value of the header
/// Rapport-Signature, "v1=HEX". HEX is HMAC-SHA256 (RFC 2104) with the secret's bytes over the seconds as
/// they stand in the header Rapport-Timestamp, ".", and the body as sent.
std::string sign(std::string_view secret, std::int64_t seconds, std::string_view body);

}  // namespace rapport::server::webhooks
