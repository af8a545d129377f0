#include "people/login.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "people/secret.hpp"
#include "people/totp.hpp"

namespace rapport::people {

namespace {

constexpr std::size_t password_bytes_max = limits::password_characters_max * 4;

}  // namespace

Login::Login(records::Store& store, Sessions& sessions, SharedLockout& lockout, HashCost cost)
    : store_(store), sessions_(sessions), lockout_(lockout), cost_(cost) {
  auto hash = hash_password(random_secret(), cost);
  RAPPORT_ASSERT(hash.has_value());
  hash_of_nobody_ = *std::move(hash);
}

Outcome<NewSession> Login::log_in(LoginAttempt const& attempt, base::Instant now) {
  if (attempt.login.size() > limits::login_bytes_max || attempt.password.size() > password_bytes_max) {
    return Failure{Refusal::wrong_credentials};
  }
  std::string const login = normal_login(attempt.login);
  if (auto const wait = lockout_.attempt(login, attempt.address, now); wait > 0) return Failure{Refusal::locked_out, {}, wait};

  auto const user = read_user_by_login(store_, login);
  if (!user && user.error().refusal != Refusal::not_found) return user.error();
  Credential credential;
  if (user) {
    auto read = read_credential(store_, user->id);
    if (!read) return read.error();
    credential = *std::move(read);
  }
  bool const has_password = !credential.password_hash.empty();
  bool const right = verify_password(attempt.password, has_password ? credential.password_hash : hash_of_nobody_);
  if (!user || !user->active || !has_password || !right) return refuse(attempt, user ? user->id : "", now);

  bool const second = !credential.totp_key.empty();
  if (second && attempt.code.empty()) return Failure{Refusal::second_factor_needed};
  if (second && !use_code(credential, attempt.code, now)) return refuse(attempt, user->id, now);

  Principal const self = principal_of(*user);
  records::AuditEntry const entry = audit_of_user({self, attempt.address}, "session.begin", user->id, now);
  std::vector<records::Change> changes{entry};
  bool const rehash = needs_rehash(credential.password_hash, cost_);
  if (rehash) credential.password_hash = hash_password(attempt.password, cost_).value_or(credential.password_hash);
  if (second || rehash) changes.emplace_back(to_document(credential, credential.version));
  auto session = sessions_.begin(*user, attempt.client, attempt.address, std::move(changes), now);
  if (!session && session.error().refusal == Refusal::version_conflict) {
    // Another login was quicker: with a second factor it has used the same code.
    if (second) return refuse(attempt, user->id, now);
    session = sessions_.begin(*user, attempt.client, attempt.address, {entry}, now);
  }
  if (session) lockout_.succeeded(login, attempt.address);
  return session;
}

Failure Login::refuse(LoginAttempt const& attempt, std::string_view user, base::Instant now) {
  // What was typed is not noted: it may be a password in the wrong field. Not waited for: the time
  // must not tell anything.
  records::AuditEntry entry{now, "system", "session.refuse", user.empty() ? std::string{} : person_of_user(user), "",
                            std::string{attempt.address}, ""};
  store_.submit({.changes = {std::move(entry)}, .at = now}, [](records::Stored<Nothing> const&) {});
  return Failure{Refusal::wrong_credentials};
}

bool use_code(Credential& credential, std::string_view code, base::Instant now) {
  if (auto const step = verify_totp(credential.totp_key, code, now, credential.totp_last_step)) {
    credential.totp_last_step = *step;
    return true;
  }
  auto const found = std::find(credential.recovery.begin(), credential.recovery.end(), hash_recovery_code(code));
  if (found == credential.recovery.end()) return false;
  credential.recovery.erase(found);
  return true;
}

SecondFactor::SecondFactor(records::Store& store, SharedLockout& lockout, std::string issuer)
    : store_(store), lockout_(lockout), issuer_(std::move(issuer)) {}

Outcome<bool> SecondFactor::is_set(std::string_view user) const {
  auto const credential = read_credential(store_, user);
  if (!credential) return credential.error();
  return !credential->totp_key.empty();
}

Outcome<SecondFactor::Offer> SecondFactor::offer(Actor const& actor, base::Instant now) {
  if (actor.principal.kind != Principal::Kind::user) return Failure{Refusal::not_permitted};
  auto const user = read_user(store_, actor.principal.user);
  if (!user) return user.error();
  auto credential = read_credential(store_, user->id);
  if (!credential) return credential.error();
  if (!credential->totp_key.empty()) return Failure{Refusal::invalid, "second factor: remove the one there is first"};
  credential->totp_pending = make_totp_key();
  auto const committed = store_.commit({.changes = {to_document(*credential, credential->version)}, .at = now});
  if (!committed) return failure_of(committed.error());
  return Offer{base32(credential->totp_pending), otpauth_uri(credential->totp_pending, issuer_, user->login)};
}

Outcome<std::vector<std::string>> SecondFactor::confirm(Actor const& actor, std::string_view code, base::Instant now) {
  if (actor.principal.kind != Principal::Kind::user) return Failure{Refusal::not_permitted};
  auto credential = read_credential(store_, actor.principal.user);
  if (!credential) return credential.error();
  if (credential->totp_pending.empty()) return Failure{Refusal::invalid, "second factor: none is offered"};
  auto const step = verify_totp(credential->totp_pending, code, now, 0);
  if (!step) return Failure{Refusal::wrong_credentials};
  credential->totp_key = std::move(credential->totp_pending);
  credential->totp_pending.clear();
  credential->totp_last_step = *step;
  auto codes = make_recovery_codes();
  credential->recovery.clear();
  for (std::string const& made : codes) credential->recovery.push_back(hash_recovery_code(made));
  auto const committed = store_.commit({.changes = {to_document(*credential, credential->version),
                                                    audit_of_user(actor, "second-factor.set", credential->user, now)},
                                        .at = now});
  if (!committed) return failure_of(committed.error());
  return codes;
}

Outcome<Nothing> SecondFactor::remove(Actor const& actor, std::string_view id, std::string_view code, base::Instant now) {
  auto const user = read_user(store_, id);
  if (!user) return user.error();
  bool const own = actor.principal.kind == Principal::Kind::user && actor.principal.user == user->id;
  if (!own && !may_manage(actor.principal, *user)) return Failure{Refusal::not_permitted};
  auto credential = read_credential(store_, user->id);
  if (!credential) return credential.error();
  if (own) {
    if (auto const wait = lockout_.attempt(user->login, actor.address, now); wait > 0) {
      return Failure{Refusal::locked_out, {}, wait};
    }
    if (!use_code(*credential, code, now)) return Failure{Refusal::wrong_credentials};
    lockout_.succeeded(user->login, actor.address);
  }
  credential->totp_key.clear();
  credential->totp_pending.clear();
  credential->recovery.clear();
  auto const committed = store_.commit({.changes = {to_document(*credential, credential->version),
                                                    audit_of_user(actor, "second-factor.remove", user->id, now)},
                                        .at = now});
  if (!committed) return failure_of(committed.error());
  return Nothing{};
}

}  // namespace rapport::people
