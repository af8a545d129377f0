// Sound is taken apart into bands and put together again, measured on tones: what is in which band, what of it comes
// back, and that a law's sound gets no mirror image.
#include "media/bands.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "support/tones.hpp"

namespace rapport::media {
namespace {

using tests::peak_at;

constexpr std::size_t band_frames = 50;

struct Parted {
  std::vector<Sample> lower;
  std::vector<Sample> upper;
  std::vector<Sample> joined;
};

Parted parted(std::vector<Sample> const& wide, bool with_upper = true) {
  BandSplitter splitter;
  BandJoiner joiner;
  Parted parts;
  for (std::size_t at = 0; at + wide_samples <= wide.size(); at += wide_samples) {
    Bands bands;
    splitter.split(std::span{wide}.subspan(at, wide_samples), bands.lower, bands.upper);
    parts.lower.insert(parts.lower.end(), bands.lower.begin(), bands.lower.end());
    parts.upper.insert(parts.upper.end(), bands.upper.begin(), bands.upper.end());
    bands.wide = with_upper;
    if (!with_upper) bands.upper = {};
    WideFrame joined;
    joiner.join(bands, joined);
    parts.joined.insert(parts.joined.end(), joined.begin(), joined.end());
  }
  return parts;
}

/// Without the beginning, in which the filters fill.
std::span<Sample const> settled(std::vector<Sample> const& sound) { return std::span{sound}.subspan(2 * wide_samples); }

TEST(Bands, AToneOfEachPitchIsInItsBandAndComesBackAsItWas) {
  for (double const hertz : {200.0, 1'000.0, 2'900.0, 4'000.0, 5'000.0, 6'500.0, 7'500.0}) {
    auto const parts = parted(tests::tone(hertz, band_frames * wide_samples, 0, 8'000, wide_rate));
    EXPECT_NEAR(peak_at(settled(parts.joined), hertz, wide_rate), 8'000, 60) << hertz;
    if (hertz < 3'000) {
      EXPECT_NEAR(peak_at(settled(parts.lower), hertz), 8'000, 60) << hertz;
      EXPECT_LT(peak_at(settled(parts.upper), hertz), 8) << hertz;
    }
    if (hertz < 4'900) continue;
    EXPECT_LT(peak_at(settled(parts.lower), 2 * sample_rate / 2.0 - hertz), 8) << hertz << " is not heard as its mirror image";
    EXPECT_NEAR(peak_at(settled(parts.upper), sample_rate - hertz), 8'000, 60) << hertz;
  }
}

TEST(Bands, WithoutAnUpperBandThereIsNoMirrorImage) {
  for (double const hertz : {300.0, 1'000.0, 3'000.0}) {
    auto const parts = parted(tests::tone(hertz, band_frames * wide_samples, 0, 8'000, wide_rate), false);
    EXPECT_NEAR(peak_at(settled(parts.joined), hertz, wide_rate), 8'000, 60) << hertz;
    EXPECT_LT(peak_at(settled(parts.joined), sample_rate - hertz, wide_rate), 8) << hertz;
  }
}

TEST(Bands, TheLoudestSoundThereIsStaysWithinItsBounds) {
  std::mt19937 random{1};
  std::vector<Sample> loudest(band_frames * wide_samples);
  for (Sample& sample : loudest) sample = (random() & 1U) != 0 ? Sample{32'767} : Sample{-32'768};
  auto const parts = parted(loudest);
  std::size_t flipped = 0;
  constexpr std::size_t behind = 46;  // samples of 16 kHz
  for (std::size_t i = behind; i < loudest.size(); ++i) flipped += (parts.joined[i] > 0) == (loudest[i - behind] > 0) ? 0U : 1U;
  EXPECT_EQ(flipped, 0U) << "sums that overflow are cut, not wrapped";
}

TEST(Bands, PartsOfAnyLengthAreOneSound) {
  auto const wide = tests::tone(5'300, 40 * wide_samples, 0, 8'000, wide_rate);
  auto const whole = parted(wide);
  BandSplitter splitter;
  std::vector<Sample> lower(wide.size() / 2);
  std::vector<Sample> upper(wide.size() / 2);
  std::size_t at = 0;
  for (std::size_t length = 20; at < lower.size(); length = length * 3 % 961 + 20) {
    std::size_t const count = std::min(length, lower.size() - at);
    splitter.split(std::span{wide}.subspan(2 * at, 2 * count), std::span{lower}.subspan(at, count), std::span{upper}.subspan(at, count));
    at += count;
  }
  EXPECT_EQ(lower, whole.lower);
  EXPECT_EQ(upper, whole.upper);
}

}  // namespace
}  // namespace rapport::media
