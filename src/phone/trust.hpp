#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "phone/address.hpp"

namespace rapport::phone {

/// Whom the phone listens to. Nothing here ever holds back a trusted source but its own calls a second.
/// A value; one thread.
class Trust {
 public:
  /// Loopback is always trusted.
  explicit Trust(std::vector<Network> networks) : networks_(std::move(networks)) {}

  bool trusts(Address const& source) const;
  /// Counts a call. False beyond limits::phone_calls_per_second_max in this second.
  bool admits_call(base::Instant now);

  /// Somebody not trusted failed to log in. limits::phone_login_failures_max of a host in a row, and it
  /// gets no reply for limits::phone_ban_ms.
  void failed(Address const& source, base::Instant now);
  void succeeded(Address const& source);
  bool banned(Address const& source, base::Instant now) const;

 private:
  struct Failures {
    std::size_t count = 0;
    base::Instant until;  ///< forgotten then
  };
  void make_room(base::Instant now);

  std::vector<Network> networks_;
  std::unordered_map<std::string, Failures> failures_;  ///< by host
  base::Millis second_ = 0;
  std::size_t calls_ = 0;  ///< in it
};

}  // namespace rapport::phone
