#include "people/customer_sessions.hpp"

#include <boost/json/serialize.hpp>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "people/json_body.hpp"
#include "people/secret.hpp"
#include "people/signed_token.hpp"
#include "people/user.hpp"

namespace rapport::people {

namespace {

constexpr std::string_view anonymous_prefix = "anon-";
constexpr std::size_t secret_bytes_min = 32;
constexpr std::size_t mac_characters = 43;  // 32 bytes in base64url
constexpr std::size_t subject_bytes_max = 200;

/// Optional: absent, or a text. Of another type it is a mistake of the signer.
bool is_text_if_there(boost::json::object const& claims, std::string_view name) {
  auto const* const value = claims.if_contains(name);
  return value == nullptr || value->is_string();
}

}  // namespace

base::Result<CustomerIdentity> verify_customer_identity(std::string_view token, std::string_view secret,
                                                        std::string_view brand, base::Instant now) {
  if (secret.size() < secret_bytes_min) return base::Error{"the brand has no secret of 32 bytes or more"};
  auto const read = read_signed_token(token);
  if (!read) return read.error();
  if (text_of(read->header, "alg") != "HS256") return base::Error{"alg: expected HS256"};
  if (!equal_in_constant_time(hmac_sha256(secret, read->signed_part), read->signature)) return base::Error{"signature: does not fit"};
  auto const& claims = read->claims;
  if (auto const times = check_times(claims, now); !times) return times.error();
  if (instant_of(claims, "exp").since_epoch * base::second > (now + limits::identity_ahead_max).since_epoch) {
    return base::Error{"exp: more than a day ahead"};
  }
  if (!is_for(claims, brand)) return base::Error{"aud: not this brand"};
  if (!is_text_if_there(claims, "name") || !is_text_if_there(claims, "email")) return base::Error{"name, email: expected text"};
  CustomerIdentity identity{text_of(claims, "sub"), text_of(claims, "name"), text_of(claims, "email")};
  if (identity.subject.empty() || identity.subject.size() > subject_bytes_max) return base::Error{"sub: missing, or more than 200 bytes"};
  if (!identity.name.empty() && name_problem(identity.name)) return base::Error{"name: too long, or has control signs"};
  if (email_problem(identity.email)) return base::Error{"email: not an address"};
  return identity;
}

std::string anonymous_customer() { return std::string{anonymous_prefix} + base64url(random_bytes(16)); }
bool is_anonymous(std::string_view customer) { return customer.starts_with(anonymous_prefix); }

CustomerSessions::CustomerSessions(std::string key) : key_(std::move(key)) { RAPPORT_ASSERT(key_.size() >= secret_bytes_min); }

std::string CustomerSessions::issue(CustomerSession const& session) const {
  boost::json::object const body{{"brand", session.brand},
                                 {"customer", session.customer},
                                 {"name", session.name},
                                 {"identified", session.identified},
                                 {"interaction", session.interaction},
                                 {"expires_at", session.expires_at.since_epoch}};
  std::string token = std::string{customer_token_prefix} + base64url(boost::json::serialize(body));
  std::string const mac = base64url(hmac_sha256(key_, token));
  return token + "." + mac;
}

base::Result<CustomerSession> CustomerSessions::verify(std::string_view token, base::Instant now) const {
  base::Error const not_ours{"not a customer's session"};
  if (token.size() > limits::signed_token_bytes_max || !token.starts_with(customer_token_prefix)) return not_ours;
  auto const dot = token.find('.');
  if (dot == std::string_view::npos || token.size() - dot - 1 != mac_characters) return not_ours;
  std::string_view const signed_part = token.substr(0, dot);
  if (!equal_in_constant_time(base64url(hmac_sha256(key_, signed_part)), token.substr(dot + 1))) return not_ours;
  auto const text = from_base64url(signed_part.substr(customer_token_prefix.size()));
  auto const body = text ? parse_object(*text) : std::nullopt;
  if (!body) return not_ours;
  CustomerSession session{.brand = text_of(*body, "brand"),
                          .customer = text_of(*body, "customer"),
                          .name = text_of(*body, "name"),
                          .identified = flag_of(*body, "identified"),
                          .interaction = text_of(*body, "interaction"),
                          .expires_at = instant_of(*body, "expires_at")};
  if (now >= session.expires_at) return base::Error{"the customer's session is over"};
  return session;
}

Principal principal_of(CustomerSession const& session) {
  return Principal{.kind = Principal::Kind::customer,
                   .id = session.customer,
                   .name = session.name,
                   .permissions = {Permission::conversation_own},
                   .brands = {.all = false, .names = {session.brand}},
                   .interaction = session.interaction};
}

}  // namespace rapport::people
