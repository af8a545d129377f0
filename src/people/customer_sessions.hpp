#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "people/principal.hpp"

namespace rapport::people {

/// Who the customer's own web site says that they are.
struct CustomerIdentity {
  std::string subject;  ///< the site's id for them; never changes
  std::string name;     ///< may be empty
  std::string email;    ///< may be empty
};

/// Verifies what a web site has signed with the secret that it shares with the brand: a JSON Web
/// Token, HS256, "aud" the brand's id, "sub", "exp" at most a day ahead; "name" and "email" optional
/// (docs/people.md has an example). Error: why not, to be logged; the customer hears only that it was
/// refused. A secret shorter than 32 bytes signs nothing. Pure.
base::Result<CustomerIdentity> verify_customer_identity(std::string_view token, std::string_view secret,
                                                        std::string_view brand, base::Instant now);

/// A customer's session in a chat: what the token lets them do, and no more.
struct CustomerSession {
  std::string brand;
  std::string customer;     ///< id in this centre; an anonymous one's is made by `anonymous_customer`
  std::string name;         ///< to be shown; may be empty
  bool identified = false;  ///< by the site's signature
  std::string interaction;  ///< empty until there is one; then a new token is issued
  base::Instant expires_at;

  bool operator==(CustomerSession const&) const = default;
};

inline constexpr std::string_view customer_token_prefix = "rapc_";
inline constexpr base::Millis customer_session_life = base::day;

/// The id of a customer of whom nothing is known: "anon-" and 128 random bits.
std::string anonymous_customer();
/// Whether it is such an id: nothing can be on record under it.
bool is_anonymous(std::string_view customer);

/// Sessions of customers, signed and not stored: a visitor who only opens the page costs nothing, and
/// a restart ends none. They end by time. The key is the server's own, of 32 bytes or more, kept with
/// its data. Any thread.
class CustomerSessions {
 public:
  explicit CustomerSessions(std::string key);

  std::string issue(CustomerSession const& session) const;
  /// Error: not one of ours, changed, or over.
  base::Result<CustomerSession> verify(std::string_view token, base::Instant now) const;

 private:
  std::string key_;
};

/// A principal that may take part in the session's interaction and nothing else.
Principal principal_of(CustomerSession const& session);

}  // namespace rapport::people
