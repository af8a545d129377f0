#pragma once

#include <string>
#include <string_view>

#include "people/bearers.hpp"

namespace rapport::people {

/// When a session is over.
struct SessionLimits {
  base::Millis idle = base::hour;           ///< without a request
  base::Millis absolute = 12 * base::hour;  ///< a shift, with breaks; then one logs in again
};

/// A session just begun. The secret goes into the cookie (HttpOnly, Secure, SameSite=Strict) and is
/// kept nowhere; the CSRF token goes into the body, for the header of each request that changes
/// something.
struct NewSession {
  std::string secret;
  std::string csrf;
  Principal principal;
  base::Instant expires_at;
};

/// Sessions of users: opaque secrets of 256 bits. They end by idling, by age, by being ended, and
/// with every change of password, roles, brands or activity: such a change moves the user's epoch,
/// and a session of another epoch is over, however the two raced.
class Sessions : public Bearers {
 public:
  Sessions(records::Store& store, SessionLimits limits);

  /// Begins one, in one batch with `with` (the login's other changes). The user's oldest ends where
  /// they would have more than limits::sessions_per_user_max. Whether the user may, the caller knows.
  Outcome<NewSession> begin(User const& user, std::string_view client, std::string_view address,
                            std::vector<records::Change> with, base::Instant now);

 private:
  records::Store& store_;
  base::Millis absolute_;
};

/// What a request that changes something must carry beside the session's cookie: bound to the
/// session, and not to be had from the cookie by another site's page.
std::string csrf_token(std::string_view session_secret);
bool csrf_token_fits(std::string_view session_secret, std::string_view presented);

}  // namespace rapport::people
