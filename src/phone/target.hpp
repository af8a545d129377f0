#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "phone/address.hpp"
#include "phone/registrations.hpp"

namespace rapport::phone {

/// One place where a trunk is reached.
struct Target {
  Address address;
  Transport transport = Transport::udp;
  std::uint16_t priority = 0;  ///< the lowest is tried first
  std::uint16_t weight = 0;    ///< its share among those of one priority
  bool operator==(Target const&) const = default;
};

/// Which of `targets`, at least one, is tried first: of the lowest priority, by weight (RFC 2782). `random` is
/// any number. Pure.
std::size_t first_choice(std::span<Target const> targets, std::uint32_t random);

}  // namespace rapport::phone
