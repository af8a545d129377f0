#include "people/password_links.hpp"

#include <boost/json/serialize.hpp>

#include "base/hash.hpp"
#include "people/json_body.hpp"
#include "people/secret.hpp"

namespace rapport::people {

namespace {

constexpr std::string_view password_link_kind = "password-link";
constexpr base::Millis between_links = base::minute;

std::string hash_of(std::string_view secret) { return base::sha256_hex("link:" + std::string{secret}); }

/// The user's id stands before the first dot of the secret.
std::string_view user_in(std::string_view secret) {
  auto const dot = secret.find('.');
  return dot == std::string_view::npos ? std::string_view{} : secret.substr(0, dot);
}

}  // namespace

PasswordLinks::PasswordLinks(Parts parts) : parts_(std::move(parts)) {}

Outcome<Nothing> PasswordLinks::request_reset(std::string_view login, std::string_view address, base::Instant now) {
  auto const user = read_user_by_login(parts_.store, login);
  if (!user && user.error().refusal == Refusal::not_found) return Nothing{};
  if (!user) return user.error();
  if (!user->active || user->email.empty()) return Nothing{};
  Principal const system = system_principal();
  auto mail = make_link({system, address}, *user, false, now);
  if (!mail) {
    bool const just_sent = mail.error().refusal == Refusal::too_many;
    if (just_sent) return Nothing{};
    return mail.error();
  }
  parts_.send(*std::move(mail));
  return Nothing{};
}

Outcome<LinkMail> PasswordLinks::invite(Actor const& actor, std::string_view id, base::Instant now) {
  auto const user = read_user(parts_.store, id);
  if (!user) return user.error();
  if (!may_manage(actor.principal, *user)) return Failure{Refusal::not_permitted};
  if (!user->active) return Failure{Refusal::invalid, "active: the user is deactivated"};
  auto mail = make_link(actor, *user, true, now);
  if (mail && !mail->to.empty()) parts_.send(*mail);
  return mail;
}

Outcome<LinkMail> PasswordLinks::make_link(Actor const& actor, User const& user, bool invitation, base::Instant now) {
  auto const standing = parts_.store.document(password_link_kind, user.id);
  if (!standing) return failure_of(standing.error());
  if (*standing) {
    auto const body = parse_object((*standing)->body);
    if (body && now - instant_of(*body, "made_at") < between_links) return Failure{Refusal::too_many, "one link a minute"};
  }
  LinkMail mail{.invitation = invitation,
                .to = user.email,
                .name = user.name,
                .login = user.login,
                .secret = user.id + "." + random_secret(),
                .expires_at = now + (invitation ? invitation_life : reset_life)};
  records::PutDocument put;
  put.kind = password_link_kind;
  put.id = user.id;
  put.body = boost::json::serialize(boost::json::object{{"hash", hash_of(mail.secret)},
                                                        {"made_at", now.since_epoch},
                                                        {"expires_at", mail.expires_at.since_epoch}});
  put.expected = *standing ? (*standing)->version : 0;
  auto const action = invitation ? "user.invite" : "password.reset-request";
  auto const committed = parts_.store.commit({.changes = {std::move(put), audit_of_user(actor, action, user.id, now)}, .at = now});
  if (!committed) return failure_of(committed.error());
  return mail;
}

Outcome<User> PasswordLinks::set_by_link(std::string_view secret, std::string_view password, std::string_view address,
                                         base::Instant now) {
  std::string_view const id = user_in(secret);
  auto const link = parts_.store.document(password_link_kind, id);
  if (!link) return failure_of(link.error());
  auto const body = *link ? parse_object((*link)->body) : std::nullopt;
  if (!body || !equal_in_constant_time(text_of(*body, "hash"), hash_of(secret)) || now >= instant_of(*body, "expires_at")) {
    return Failure{Refusal::link_expired};
  }
  auto const user = read_user(parts_.store, id);
  if (!user || !user->active) return user || user.error().refusal == Refusal::not_found ? Failure{Refusal::link_expired} : user.error();
  auto const credential = read_credential(parts_.store, id);
  if (!credential) return credential.error();
  records::Batch batch{.changes = {records::RemoveDocument{std::string{password_link_kind}, std::string{id}, (*link)->version}}, .at = now};
  Principal const self = principal_of(*user);
  auto result = set_password({self, address}, *user, *credential, password, std::move(batch));
  if (!result && result.error().refusal == Refusal::not_found) return Failure{Refusal::link_expired};  // used meanwhile
  return result;
}

Outcome<User> PasswordLinks::change_own(Actor const& actor, std::string_view current, std::string_view next, base::Instant now) {
  if (actor.principal.kind != Principal::Kind::user) return Failure{Refusal::not_permitted};
  auto const user = read_user(parts_.store, actor.principal.user);
  if (!user) return user.error();
  if (auto const wait = parts_.lockout.attempt(user->login, actor.address, now); wait > 0) {
    return Failure{Refusal::locked_out, {}, wait};
  }
  auto const credential = read_credential(parts_.store, user->id);
  if (!credential) return credential.error();
  if (!verify_password(current, credential->password_hash)) return Failure{Refusal::wrong_credentials};
  parts_.lockout.succeeded(user->login, actor.address);
  return set_password(actor, *user, *credential, next, {.changes = {}, .at = now});
}

Outcome<User> PasswordLinks::set_password(Actor const& actor, User user, Credential credential, std::string_view password,
                                          records::Batch batch) {
  if (auto const problem = password_problem(password, user.login)) return Failure{Refusal::password_unfit, std::string{*problem}};
  auto hash = hash_password(password, parts_.cost);
  if (!hash) return Failure{Refusal::store_unavailable, "out of memory for the password's hash"};
  credential.password_hash = *std::move(hash);
  ++user.epoch;
  base::Instant const now = batch.at;
  batch.changes.emplace_back(to_document(credential, credential.version));
  batch.changes.emplace_back(to_document(user, user.version));
  batch.changes.emplace_back(audit_of_user(actor, "password.set", user.id, batch.at));
  auto const committed = parts_.store.commit(std::move(batch));
  parts_.sessions.forget_user(user.id);
  if (!committed) return failure_of(committed.error());
  parts_.sessions.remove_before_epoch(user.id, user.epoch, now);
  ++user.version;
  return user;
}

}  // namespace rapport::people
