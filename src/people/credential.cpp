#include "people/credential.hpp"

#include <boost/json/serialize.hpp>

#include "people/json_body.hpp"
#include "people/secret.hpp"
#include "people/user.hpp"

namespace rapport::people {

records::PutDocument to_document(Credential const& credential, std::optional<std::int64_t> expected) {
  boost::json::object body{{"password", credential.password_hash},
                           {"totp", base64url(credential.totp_key)},
                           {"totp_pending", base64url(credential.totp_pending)},
                           {"totp_last_step", credential.totp_last_step},
                           {"recovery", array_of(credential.recovery)}};
  records::PutDocument put;
  put.kind = credential_kind;
  put.id = credential.user;
  put.person = person_of_user(credential.user);
  put.body = boost::json::serialize(body);
  put.expected = expected;
  return put;
}

std::optional<Credential> to_credential(records::Document const& document) {
  auto const body = parse_object(document.body);
  if (!body) return std::nullopt;
  auto key = from_base64url(text_of(*body, "totp"));
  auto pending = from_base64url(text_of(*body, "totp_pending"));
  if (!key || !pending) return std::nullopt;
  return Credential{.user = document.id,
                    .password_hash = text_of(*body, "password"),
                    .totp_key = *std::move(key),
                    .totp_pending = *std::move(pending),
                    .totp_last_step = number_of(*body, "totp_last_step").value_or(0),
                    .recovery = texts_of(*body, "recovery"),
                    .version = document.version};
}

}  // namespace rapport::people
