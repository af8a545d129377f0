#include "media/level.hpp"

#include <algorithm>
#include <cmath>

namespace rapport::media {

std::uint8_t level(std::span<Sample const> samples) {
  constexpr double silence_level = 127;
  std::int64_t energy = 0;
  for (Sample const sample : samples) energy += static_cast<std::int64_t>(sample) * sample;
  if (energy == 0) return static_cast<std::uint8_t>(silence_level);
  double const full = 32'767.0 * 32'767.0 * static_cast<double>(samples.size());
  double const below = -10.0 * std::log10(static_cast<double>(energy) / full);
  return static_cast<std::uint8_t>(std::lround(std::clamp(below, 0.0, silence_level)));
}

}  // namespace rapport::media
