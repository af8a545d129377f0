#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

/// JSON Web Tokens (RFC 7519) in compact form (RFC 7515), read strictly: exactly three parts of
/// canonical base64url, one algorithm that the verifier fixes and the token only repeats, no critical
/// extensions, bounded size. Used for a customer's identity and for OIDC. Pure.
namespace rapport::people {

struct SignedToken {
  boost::json::object header;
  boost::json::object claims;
  std::string signed_part;  ///< header and claims as they stand in the token
  std::string signature;    ///< raw bytes
};

/// The parts, with nothing verified. Error: what is malformed, without the token's content.
base::Result<SignedToken> read_signed_token(std::string_view text);

/// Checks "exp" (needed), "nbf" and "iat" (where there) against the clock, with a minute's leeway.
base::Result<void> check_times(boost::json::object const& claims, base::Instant now);

/// Whether "aud" is or contains the audience.
bool is_for(boost::json::object const& claims, std::string_view audience);

}  // namespace rapport::people
