#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "media/frame.hpp"

/// Tones to send, and how much of a tone there is in a sound.
namespace rapport::tests {

/// A sine of so many samples that goes on where `from` samples of it went before.
inline std::vector<media::Sample> tone(double hertz, std::size_t samples, std::size_t from = 0, double peak = 8'000, double rate = media::sample_rate) {
  std::vector<media::Sample> sound(samples);
  for (std::size_t i = 0; i < samples; ++i) {
    double const at = static_cast<double>(from + i) / rate;
    sound[i] = static_cast<media::Sample>(std::lround(peak * std::sin(2 * std::numbers::pi * hertz * at)));
  }
  return sound;
}

/// The peak of the sine of this frequency in the sound (Goertzel's filter).
inline double peak_at(std::span<media::Sample const> sound, double hertz, double rate = media::sample_rate) {
  double const coefficient = 2 * std::cos(2 * std::numbers::pi * hertz / rate);
  double before = 0;
  double last = 0;
  for (media::Sample const sample : sound) {
    double const next = sample + coefficient * last - before;
    before = last;
    last = next;
  }
  double const power = last * last + before * before - coefficient * last * before;
  return sound.empty() ? 0 : 2 * std::sqrt(std::max(power, 0.0)) / static_cast<double>(sound.size());
}

}  // namespace rapport::tests
