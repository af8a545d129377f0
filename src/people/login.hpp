#pragma once

#include <string>
#include <string_view>

#include "people/directory.hpp"
#include "people/lockout.hpp"
#include "people/password.hpp"
#include "people/sessions.hpp"

namespace rapport::people {

struct LoginAttempt {
  std::string_view login;
  std::string_view password;
  std::string_view code = {};  ///< of the authenticator, or a recovery code; empty: none given
  std::string_view address;
  std::string_view client = {};  ///< the program, to be shown in the list of sessions
};

/// From login and password to a session. Slow (a hash) and blocking: on a worker of a small pool.
/// Whether the account exists shows neither in the answer nor in the time: for a login that does not
/// exist a hash is computed as well. Any thread.
class Login {
 public:
  Login(records::Store& store, Sessions& sessions, SharedLockout& lockout, HashCost cost);

  /// wrong_credentials, second_factor_needed (the password was right), locked_out, or a session.
  Outcome<NewSession> log_in(LoginAttempt const& attempt, base::Instant now);

 private:
  Failure refuse(LoginAttempt const& attempt, std::string_view user, base::Instant now);

  records::Store& store_;
  Sessions& sessions_;
  SharedLockout& lockout_;
  HashCost cost_;
  std::string hash_of_nobody_;
};

/// Setting up and removing the second factor. All block; any thread.
class SecondFactor {
 public:
  SecondFactor(records::Store& store, SharedLockout& lockout, std::string issuer);

  struct Offer {
    std::string key;  ///< base32, to be typed in
    std::string uri;  ///< otpauth, to be shown as a QR code
  };
  /// Whether the user has one.
  Outcome<bool> is_set(std::string_view user) const;
  /// A key that counts only once `confirm` has seen a code of it.
  Outcome<Offer> offer(Actor const& actor, base::Instant now);
  /// The recovery codes, shown once. wrong_credentials: not a code of the offered key.
  Outcome<std::vector<std::string>> confirm(Actor const& actor, std::string_view code, base::Instant now);
  /// One's own with a code of it, or, by who manages the user, without (a lost telephone).
  Outcome<Nothing> remove(Actor const& actor, std::string_view user, std::string_view code, base::Instant now);

 private:
  records::Store& store_;
  SharedLockout& lockout_;
  std::string issuer_;
};

/// Takes the code if it is right: its step, or the recovery code, is used up in `credential`.
bool use_code(Credential& credential, std::string_view code, base::Instant now);

}  // namespace rapport::people
