#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

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

/// A place that was found before, and whether it answers.
struct KnownTarget {
  Target target;
  bool up = false;
};
/// Where somebody is reached of whose places only some were named, because a question failed: at those, and at
/// the known ones that answer; at most limits::trunk_targets_max. Nothing: what is known stays as it is, for
/// what failed may have been the question for TLS, and they would be reached without it. Pure.
std::optional<std::vector<Target>> with_part(std::span<KnownTarget const> known, std::vector<Target> named);

}  // namespace rapport::phone
