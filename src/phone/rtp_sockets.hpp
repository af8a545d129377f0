#pragma once

#include <cstdint>

#include "base/descriptor.hpp"
#include "base/result.hpp"
#include "phone/address.hpp"

namespace rapport::phone {

using base::Descriptor;

/// Where one leg's sound comes in: an even port for RTP and the one above it for RTCP.
struct RtpSockets {
  Descriptor rtp;
  Descriptor rtcp;
  Address local;  ///< of rtp
};

/// Hands out pairs of ports, the one longest free first, so that a late packet of an old call does not
/// meet a new one. One thread; the pairs are freed by closing them.
class PortPool {
 public:
  /// REQUIRES: first is even and last above it.
  PortPool(std::uint16_t first, std::uint16_t last) : first_(first), last_(last), next_(first) {}
  /// Bound to this host, not blocking. Error: no pair is free, or what the system said.
  base::Result<RtpSockets> open(Address const& host);
  /// Bound to all of this machine's addresses, of both families where it has IPv6: then those of IPv4 come mapped
  /// (Address::unmapped). `local` is :: or 0.0.0.0.
  base::Result<RtpSockets> open_to_all();

 private:
  base::Result<RtpSockets> open(Address const& host, bool both);

  std::uint16_t first_;
  std::uint16_t last_;
  std::uint16_t next_;
};

}  // namespace rapport::phone
