#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "records/store.hpp"
#include "server/api/gate.hpp"
#include "server/api/people_services.hpp"
#include "server/api/phone_socket.hpp"
#include "server/api/placed_calls.hpp"

namespace rapport::server::api {

/// What these routes need of the phone.
struct PhoneParts {
  std::string realm = {};
  /// What is kept of a password: the digest's secret of this login.
  std::function<std::string(std::string_view login, std::string_view password)> digest = {};
  std::function<void()> changed = {};        ///< a password was made or removed; must be quick
  std::function<void()> menus_changed = {};  ///< a menu, a sound, a queue or a brand was made, changed or removed
  PagePhones pages = {};
  CallParts calls = {};
};

/// The password by which an agent's SIP phone logs in: made here, shown once, good for nothing else.
void add_phone_passwords(Gate& gate, people::Accounts& accounts, PhoneParts parts);

/// Whose phone may log in.
struct PhoneLogin {
  std::string user;
  std::string login;
  std::string secret;  ///< as PhoneParts::digest made it
};
struct PhoneLogins {
  std::vector<PhoneLogin> active;  ///< of users who take contacts
  std::vector<PhoneLogin> unsure;  ///< of users who cannot be read now
};
/// Blocks. Error: it is not known who has a password.
records::Stored<PhoneLogins> phone_logins(records::Store& store, people::Accounts& accounts);

}  // namespace rapport::server::api
