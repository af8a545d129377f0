#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "people/key_set.hpp"

/// Login by an OpenID Connect provider: the authorization code flow with PKCE (OpenID Connect Core
/// 1.0, section 3.1; RFC 7636). Pure: who calls fetches by HTTPS (the discovery document, the key
/// set, the answer of the token endpoint), keeps an OidcStart for the browser that began (a cookie,
/// ten minutes) and looks up the user by what the provider says.
namespace rapport::people {

struct OidcProvider {
  std::string issuer;
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string client_id;
  std::string client_secret;    ///< empty: a public client
  std::string redirect_uri;     ///< ours, as registered
  std::string role_claim = {};  ///< the claim that says what somebody is; empty: none is read
};

/// What ties the provider's answer to the browser that began. All secret until used, and used once.
struct OidcStart {
  std::string state;
  std::string nonce;
  std::string verifier;  ///< of PKCE
};
OidcStart start_oidc();

/// Where the browser is sent.
std::string authorization_url(OidcProvider const& provider, OidcStart const& start);
/// Whether the state that came back is the one that was sent.
bool state_fits(OidcStart const& start, std::string_view state);
/// The body (application/x-www-form-urlencoded) for the token endpoint. Its answer's "id_token" goes
/// to verify_id_token.
std::string token_request(OidcProvider const& provider, OidcStart const& start, std::string_view code);

/// Who the provider says has logged in. `subject` never changes; the address only counts if verified.
struct OidcIdentity {
  std::string subject;
  std::string email;  ///< empty unless the provider has verified it
  std::string name;
  std::vector<std::string> groups = {};  ///< the role claim's values
};
/// Checks signature, issuer, audience (and "azp" where there are several), times and nonce. Error:
/// why not, to be logged.
base::Result<OidcIdentity> verify_id_token(OidcProvider const& provider, KeySet const& keys, std::string_view id_token,
                                           std::string_view nonce, base::Instant now);

}  // namespace rapport::people
