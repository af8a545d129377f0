#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "media/frame.hpp"

namespace rapport::media {

/// Mends holes in sound: repeats the last pitch period, and fades out where the hole is long, after the
/// idea of ITU-T G.711, Appendix I (10 ms in full, then a fifth less every 10 ms: silence after 60 ms).
/// What comes after a hole is faded in over 4 ms. Adds no delay. One stream; one thread.
class Concealment {
 public:
  /// Sound that came, in order. Its first samples are changed where it follows a hole.
  void heard(std::span<Sample> samples);
  /// Fills a hole.
  void mend(std::span<Sample> hole);
  /// Whether so much was mended in a row that nothing is left to be heard.
  bool faded() const { return mended_ >= fade_end; }

 private:
  static constexpr std::size_t history_samples = 480;
  static constexpr std::size_t full_samples = sample_rate / 100;  ///< 10 ms
  static constexpr std::size_t fade_end = 6 * full_samples;
  static constexpr std::size_t join_samples = sample_rate / 250;  ///< 4 ms

  void remember(std::span<Sample const> samples);
  std::size_t pitch_period() const;
  Sample next();

  std::array<Sample, history_samples> history_{};  ///< the last that came; the newest last
  std::size_t mended_ = 0;                         ///< samples in a row; 0: no hole is open
  std::size_t period_ = 0;                         ///< of the open hole
};

}  // namespace rapport::media
