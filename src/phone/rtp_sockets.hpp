#pragma once

#include <cstdint>
#include <utility>

#include "base/result.hpp"
#include "phone/address.hpp"

namespace rapport::phone {

/// A file descriptor that is closed with it.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

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

 private:
  std::uint16_t first_;
  std::uint16_t last_;
  std::uint16_t next_;
};

}  // namespace rapport::phone
