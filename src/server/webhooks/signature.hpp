#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

/// How a receiver knows that a delivery is ours and of now (docs/webhooks.md).
namespace rapport::server::webhooks {

/// The value of the header Rapport-Signature: "t=SECONDS,v1=HEX", one v1 for each secret. HEX is
/// HMAC-SHA256 (RFC 2104) with the secret's bytes over SECONDS, ".", and the body as sent.
/// REQUIRES: one secret at least.
std::string sign(std::vector<std::string> const& secrets, base::Instant at, std::string_view body);

enum class SignatureCheck {
  good,
  malformed,  ///< no header of ours
  expired,    ///< signed more than limits::webhook_signature_age_max before or after `now`
  wrong,      ///< none of its signatures is by this secret over this body
};

/// The receiver's side: what docs/webhooks.md shows, and the tests use. Compares in constant time.
SignatureCheck check_signature(std::string_view header, std::string_view secret, std::string_view body, base::Instant now);

}  // namespace rapport::server::webhooks
