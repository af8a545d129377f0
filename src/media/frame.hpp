#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// Sound as all of Rapport's media hold it: 20 ms of linear 16-bit samples at 8 kHz, one channel.
namespace rapport::media {

inline constexpr std::uint32_t sample_rate = 8'000;  ///< samples a second; also G.711's RTP clock
inline constexpr std::uint32_t frame_ms = 20;
inline constexpr std::size_t frame_samples = sample_rate * frame_ms / 1'000;

using Sample = std::int16_t;
using Frame = std::array<Sample, frame_samples>;

/// The nearest sample; sums that overflow are cut, not wrapped.
constexpr Sample saturate(std::int32_t value) {
  return static_cast<Sample>(value > 32'767 ? 32'767 : value < -32'768 ? -32'768
                                                                       : value);
}

}  // namespace rapport::media
