#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "phone/address.hpp"
#include "phone/registrations.hpp"

namespace rapport::phone {

/// A line to the telephone network, by which we place calls; its calls to us are taken.
struct Trunk {
  std::string name;
  std::string host;                      ///< a name or an address, as SIP addresses write it; empty: it logs in to us
  std::uint16_t port = 0;                ///< 0: what the name says, or the transport's own
  std::optional<Transport> transport{};  ///< nothing: what the name says (RFC 3263), else UDP
  std::string user{};                    ///< by whom we register and answer challenges, or who logs in; empty: it asks for none
  base::Secret password{};
  bool registers = false;
  bool logs_in = false;        ///< at us, as `user`: by REGISTER, or by the digest of each call
  std::string number{};        ///< that callees see where the call brings none; empty: the user
  std::string queue{};         ///< of its calls whose number names none; empty: as without a trunk
  bool locked = true;          ///< by TLS, sound is locked too (SRTP)
  bool refers = false;         ///< it moves a call elsewhere where we ask it to (REFER)
  std::size_t calls_max = 30;  ///< that we place by it at once, and that come from one that logs in
  std::size_t calls_per_second_max = 5;

  /// "sip.example.com:5062", or "[2001:db8::7]".
  std::string authority() const { return port == 0 ? host : host + ":" + std::to_string(port); }
};

/// A call that we are to place.
struct Placement {
  std::string interaction;
  std::string to;          ///< E.164
  std::string caller{};    ///< that the callee sees, E.164; empty: the trunk's
  std::string trunk{};     ///< by this one alone; empty: by the first that can
  bool emergency = false;  ///< tried whatever is known of the trunk, beyond its limits too
  bool by_phone = false;   ///< the agent's phone called us and waits: it is answered, not rung
};

}  // namespace rapport::phone
