#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "people/api_tokens.hpp"
#include "people/directory.hpp"
#include "people/lockout.hpp"
#include "people/password.hpp"
#include "people/sessions.hpp"

namespace rapport::people {

inline constexpr base::Millis reset_life = base::hour;
inline constexpr base::Millis invitation_life = 7 * base::day;

/// A mail to be sent: the sender makes a link of the secret.
struct LinkMail {
  bool invitation = false;  ///< otherwise a reset
  std::string to;
  std::string name;
  std::string login;
  std::string secret;  ///< shown nowhere else; kept as a hash
  base::Instant expires_at;
};

/// Passwords and the ways to a new one: knowing the old, or a link sent by mail that works once. A
/// user has one link at a time; a new one replaces it, at most one a minute. Setting a password ends
/// all sessions of the user; the second factor stays. All block and some hash; any thread.
class PasswordLinks {
 public:
  struct Parts {
    records::Store& store;
    Sessions& sessions;
    SharedLockout& lockout;
    HashCost cost;
    std::function<void(LinkMail)> send;  ///< called on the caller's thread; must not throw
  };
  explicit PasswordLinks(Parts parts);

  /// Sends a reset link if there is such an active user with an address. Call it after the client has
  /// been answered: neither answer nor time may tell whether the account exists.
  Outcome<Nothing> request_reset(std::string_view login, std::string_view address, base::Instant now);
  /// Sends an invitation to a user that the actor manages. The secret is returned, too, for centres
  /// without mail.
  Outcome<LinkMail> invite(Actor const& actor, std::string_view user, base::Instant now);
  /// Sets the password of whom the link was sent to.
  Outcome<User> set_by_link(std::string_view secret, std::string_view password, std::string_view address, base::Instant now);
  /// Sets one's own. Wrong current ones count as failed logins.
  Outcome<User> change_own(Actor const& actor, std::string_view current, std::string_view next, base::Instant now);

 private:
  Outcome<LinkMail> make_link(Actor const& actor, User const& user, bool invitation, base::Instant now);
  Outcome<User> set_password(Actor const& actor, User user, Credential credential, std::string_view password,
                             records::Batch batch);

  Parts parts_;
};

}  // namespace rapport::people
