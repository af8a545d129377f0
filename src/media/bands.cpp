#include "media/bands.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace rapport::media {
namespace {

// A low-pass filter of 48 taps, symmetric, in 32,768ths: a sinc whose corner is where both filters' powers are one
// at 4 kHz (4,147 Hz), under a Kaiser window of 6. Every second tap, the earliest sample's first; the other half is
// the same backwards. The sum of what they are, whatever their signs, is 1.89: no sum leaves 32 bits.
using Taps = std::array<Sample, band_taps>;
constexpr Taps half_taps{4, -10, 17, -22, 19, 2, -55, 162, -361, 735, -1'545, 4'424, 15'152, -3'242, 1'812, -1'189, 812, -551, 363, -227, 133, -70, 32, -11};
constexpr Taps other_half_taps{-11, 32, -70, 133, -227, 363, -551, 812, -1'189, 1'812, -3'242, 15'152, 4'424, -1'545, 735, -361, 162, -55, 2, 19, -22, 17, -10, 4};
constexpr std::int32_t tap_bits = 15;

std::int32_t filtered(Sample const* from, Taps const& taps) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < band_taps; ++i) sum += from[i] * taps[i];
  return sum;
}

/// The nearest of what is in 2^bits-ths.
Sample rounded(std::int32_t sum, std::int32_t bits) { return saturate((sum + (1 << (bits - 1))) >> bits); }

/// What was the newest is what was before.
template <std::size_t Size>
void pass(std::array<Sample, Size>& held, std::size_t taken) {
  std::copy_n(held.begin() + static_cast<std::ptrdiff_t>(taken), band_taps - 1, held.begin());
}

}  // namespace

void BandSplitter::split(std::span<Sample const> wide, std::span<Sample> lower, std::span<Sample> upper) {
  RAPPORT_ASSERT(wide.size() == 2 * lower.size() && lower.size() == upper.size());
  for (std::size_t done = 0; done < lower.size();) {
    std::size_t const count = std::min(frame_samples, lower.size() - done);
    for (std::size_t i = 0; i < count; ++i) {
      even_[before + i] = wide[2 * (done + i)];
      odd_[before + i] = wide[2 * (done + i) + 1];
    }
    for (std::size_t i = 0; i < count; ++i) {
      std::int32_t const one = filtered(&odd_[i], other_half_taps);
      std::int32_t const other = filtered(&even_[i], half_taps);
      lower[done + i] = rounded(one + other, tap_bits);
      upper[done + i] = rounded(one - other, tap_bits);
    }
    pass(even_, count);
    pass(odd_, count);
    done += count;
  }
}

void BandJoiner::join(Bands const& bands, WideFrame& wide) {
  std::ranges::copy(bands.lower, lower_.begin() + before);
  bool const has_upper = bands.wide || upper_held_;
  if (has_upper) std::ranges::copy(bands.upper, upper_.begin() + before);
  for (std::size_t i = 0; i < frame_samples; ++i) {
    std::int32_t one = filtered(&lower_[i], other_half_taps);
    std::int32_t other = filtered(&lower_[i], half_taps);
    if (has_upper) {
      one -= filtered(&upper_[i], other_half_taps);
      other += filtered(&upper_[i], half_taps);
    }
    wide[2 * i] = rounded(one, tap_bits - 1);
    wide[2 * i + 1] = rounded(other, tap_bits - 1);
  }
  pass(lower_, frame_samples);
  if (has_upper) pass(upper_, frame_samples);
  upper_held_ = bands.wide;
}

}  // namespace rapport::media
