#include "phone/target.hpp"

#include <algorithm>

#include "base/phone_limits.hpp"

namespace rapport::phone {

std::size_t first_choice(std::span<Target const> targets, std::uint32_t random) {
  std::uint16_t const lowest = std::ranges::min_element(targets, {}, &Target::priority)->priority;
  // Each counts for one more than its weight, so that those without any are not left out.
  std::uint32_t shares = 0;
  for (Target const& one : targets) shares += one.priority == lowest ? one.weight + 1U : 0U;
  std::uint32_t left = random % shares;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i].priority != lowest) continue;
    std::uint32_t const share = targets[i].weight + 1U;
    if (left < share) return i;
    left -= share;
  }
  return 0;
}

std::optional<std::vector<Target>> with_part(std::span<KnownTarget const> known, std::vector<Target> named) {
  auto const by_tls = [](Transport transport) { return transport == Transport::tls; };
  bool const knows_tls = std::ranges::any_of(known, [&](KnownTarget const& one) { return by_tls(one.target.transport); });
  if (knows_tls && !std::ranges::all_of(named, by_tls, &Target::transport)) return std::nullopt;
  for (KnownTarget const& one : known) {
    bool const again = std::ranges::any_of(named, [&](Target const& other) { return other.address == one.target.address && other.transport == one.target.transport; });
    if (one.up && !again && named.size() < limits::trunk_targets_max) named.push_back(one.target);
  }
  return named;
}

}  // namespace rapport::phone
