#include "phone/target.hpp"

#include <algorithm>

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

}  // namespace rapport::phone
