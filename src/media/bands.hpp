#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "media/frame.hpp"

/// Sound at 16 kHz as two bands of 8 kHz each, by a pair of mirrored filters (quadrature mirror filters: Croisier,
/// Esteban, Galand 1976): the lower band is the sound that calls are mixed of, the upper one what is above 4 kHz.
/// Joined, they are the sound again, with less than 0.05 dB of ripple. Between 3.6 and 4.4 kHz each band holds
/// some of the other; beyond 4.8 kHz, and below 3.2, nothing that is louder than -60 dB. Pure; each object is one
/// thread's.
namespace rapport::media {

inline constexpr std::uint32_t wide_rate = 2 * sample_rate;  ///< samples a second
inline constexpr std::size_t wide_samples = 2 * frame_samples;
using WideFrame = std::array<Sample, wide_samples>;  ///< 20 ms at 16 kHz

/// What a side said in 20 ms.
struct Bands {
  Frame lower{};
  Frame upper{};      ///< silence where nothing came above 4 kHz
  bool wide = false;  ///< whether `upper` is anything else
};

inline constexpr std::size_t band_taps = 24;         ///< of each half of the filter
inline constexpr std::size_t band_delay_us = 2'875;  ///< of splitting and joining together: 46 samples of 16 kHz

/// Takes sound apart. Delays it by 1.5 ms.
class BandSplitter {
 public:
  /// REQUIRES: an even number of samples, and half as many of each band.
  void split(std::span<Sample const> wide, std::span<Sample> lower, std::span<Sample> upper);
  /// Another sound begins.
  void restart() { *this = BandSplitter{}; }

 private:
  static constexpr std::size_t before = band_taps - 1;
  using Half = std::array<Sample, before + frame_samples>;
  Half even_{};  ///< every other sample, the last of what came before them first
  Half odd_{};
};

/// Puts bands together. Where there is no upper one the sound is the lower one at 16 kHz, without its mirror image.
class BandJoiner {
 public:
  void join(Bands const& bands, WideFrame& wide);

 private:
  static constexpr std::size_t before = band_taps - 1;
  using Held = std::array<Sample, before + frame_samples>;
  Held lower_{};
  Held upper_{};
  bool upper_held_ = false;  ///< whether anything but silence is left of it
};

}  // namespace rapport::media
