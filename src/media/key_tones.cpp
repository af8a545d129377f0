#include "media/key_tones.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace rapport::media {
namespace {

constexpr std::size_t group = 4;
constexpr std::array<double, 2 * group> hertz{697, 770, 852, 941, 1'209, 1'336, 1'477, 1'633};
constexpr float quietest = 100.0F * 100.0F * frame_samples;  // of power: about -50 dBov
constexpr float share_min = 0.6F;                            // of the sound's power; a tone 1.8 % off keeps 0.77
constexpr float twist_max = 10.0F;                           // 10 dB, of powers

using Bank = std::array<float, 2 * group>;

Bank coefficients() {
  Bank made{};
  for (std::size_t i = 0; i < made.size(); ++i) made[i] = static_cast<float>(2 * std::cos(2 * std::numbers::pi * hertz[i] / sample_rate));
  return made;
}

/// Goertzel's filters, all in step.
Bank powers(Frame const& frame) {
  static Bank const turns = coefficients();
  Bank last{};
  Bank before{};
  for (Sample const sample : frame) {
    for (std::size_t i = 0; i < last.size(); ++i) {
      float const next = static_cast<float>(sample) + turns[i] * last[i] - before[i];
      before[i] = last[i];
      last[i] = next;
    }
  }
  Bank found{};
  for (std::size_t i = 0; i < found.size(); ++i) found[i] = last[i] * last[i] + before[i] * before[i] - turns[i] * last[i] * before[i];
  return found;
}

}  // namespace

bool is_key_tone(Frame const& frame) {
  float energy = 0;
  for (Sample const sample : frame) energy += static_cast<float>(sample) * static_cast<float>(sample);
  if (energy < quietest) return false;
  Bank const found = powers(frame);
  float const low = *std::max_element(found.begin(), found.begin() + group);
  float const high = *std::max_element(found.begin() + group, found.end());
  if (low > twist_max * high || high > twist_max * low) return false;
  return 2 * (low + high) >= share_min * energy * frame_samples;
}

}  // namespace rapport::media
