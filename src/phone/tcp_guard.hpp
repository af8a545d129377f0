#pragma once

#include <cstddef>
#include <functional>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "phone/address.hpp"

namespace rapport::phone {

/// Keeps strangers from holding TCP connections at our SIP addresses: libre accepts whoever comes, and
/// each takes a descriptor of the process. Whoever is trusted or has a phone logged in stays; of the rest
/// each may stay for limits::stranger_connection_ms, so many of a host and so many of all at a time.
///
/// It looks the connections up among the process's descriptors, whoever opened them. The signalling
/// thread's alone: that one closes them too, so that none becomes another's while it is looked at.
class TcpGuard {
 public:
  using Known = std::function<bool(Address const& peer)>;

  /// libre lets five connections wait to be accepted, so that a burst of phones (after a restart, say) would
  /// meet closed doors for seconds. Lets as many wait as the system allows.
  static void widen_queues(std::vector<Address> const& listening);

  /// Shuts down what was opened to us from this very address.
  static void shut(std::vector<Address> const& listening, Address const& peer);

  /// Shuts down those that are too many or too old; libre then closes them. `listening` are our TCP
  /// addresses. How many it shut down.
  std::size_t look(std::vector<Address> const& listening, Known const& known, base::Instant now);

 private:
  struct Stranger {
    int descriptor = -1;
    base::Instant since;
  };
  std::unordered_map<std::string, Stranger> strangers_;  ///< by their address with port
};

}  // namespace rapport::phone
