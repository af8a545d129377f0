#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "media/recording_format.hpp"

namespace rapport::recordings {

/// How loud each side was over time, for a waveform: of equal stretches the greatest magnitude, 0 to 255.
struct Peaks {
  std::size_t frames_each = 1;  ///< frames of 20 ms in a stretch
  std::vector<std::uint8_t> customer;
  std::vector<std::uint8_t> agents;  ///< as many
};

inline constexpr std::size_t peaks_max = 4'000;  ///< stretches of one recording

/// Measures as the recording goes by. One thread.
class PeakMeter {
 public:
  void add(media::RecordedFrame const& frame);
  /// At most peaks_max stretches.
  Peaks peaks() const;

 private:
  std::vector<std::uint8_t> customer_;  ///< of each frame
  std::vector<std::uint8_t> agents_;
};

}  // namespace rapport::recordings
