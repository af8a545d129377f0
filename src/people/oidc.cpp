#include "people/oidc.hpp"

#include <fmt/format.h>

#include "people/json_body.hpp"
#include "people/percent.hpp"
#include "people/secret.hpp"

namespace rapport::people {

namespace {

std::string field(std::string_view name, std::string_view value) {
  return value.empty() ? std::string{} : fmt::format("&{}={}", name, percent_encoded(value));
}

/// RFC 7636, section 4.2: base64url of the verifier's SHA-256.
std::string challenge_of(std::string_view verifier) { return base64url(sha256(verifier)); }

}  // namespace

OidcStart start_oidc() { return {random_secret(), random_secret(), random_secret()}; }

std::string authorization_url(OidcProvider const& provider, OidcStart const& start) {
  std::string const fields = field("client_id", provider.client_id) + field("redirect_uri", provider.redirect_uri) +
                             field("scope", "openid email profile") + field("state", start.state) + field("nonce", start.nonce) +
                             field("code_challenge", challenge_of(start.verifier)) + "&code_challenge_method=S256";
  bool const has_query = provider.authorization_endpoint.find('?') != std::string::npos;
  return fmt::format("{}{}response_type=code{}", provider.authorization_endpoint, has_query ? '&' : '?', fields);
}

bool state_fits(OidcStart const& start, std::string_view state) { return equal_in_constant_time(start.state, state); }

std::string token_request(OidcProvider const& provider, OidcStart const& start, std::string_view code) {
  return "grant_type=authorization_code" + field("code", code) + field("redirect_uri", provider.redirect_uri) +
         field("client_id", provider.client_id) + field("client_secret", provider.client_secret) +
         field("code_verifier", start.verifier);
}

base::Result<OidcIdentity> verify_id_token(OidcProvider const& provider, KeySet const& keys, std::string_view id_token,
                                           std::string_view nonce, base::Instant now) {
  auto const token = read_signed_token(id_token);
  if (!token) return token.error();
  if (auto const verified = keys.verify(*token); !verified) return verified.error();
  auto const& claims = token->claims;
  if (provider.issuer.empty() || text_of(claims, "iss") != provider.issuer) return base::Error{"iss: not the provider"};
  if (!is_for(claims, provider.client_id)) return base::Error{"aud: not this client"};
  bool const several = texts_of(claims, "aud").size() > 1;
  if ((several || claims.contains("azp")) && text_of(claims, "azp") != provider.client_id) return base::Error{"azp: not this client"};
  if (auto const times = check_times(claims, now); !times) return times.error();
  if (!claims.contains("iat")) return base::Error{"iat: missing"};
  if (nonce.empty() || !equal_in_constant_time(text_of(claims, "nonce"), nonce)) return base::Error{"nonce: not the one sent"};
  OidcIdentity identity{text_of(claims, "sub"), {}, text_of(claims, "name")};
  if (identity.subject.empty()) return base::Error{"sub: missing"};
  if (flag_of(claims, "email_verified")) identity.email = text_of(claims, "email");
  if (!provider.role_claim.empty()) identity.groups = texts_of(claims, provider.role_claim);
  return identity;
}

}  // namespace rapport::people
