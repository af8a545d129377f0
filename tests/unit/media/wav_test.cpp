// Sound files become what is played on the line: the right pitch and loudness, and nothing of what it cannot hold.
#include "media/wav.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>

namespace rapport::media {
namespace {

void put(std::vector<std::uint8_t>& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
void put(std::vector<std::uint8_t>& bytes, std::string const& name) { bytes.insert(bytes.end(), name.begin(), name.end()); }

/// A second of a tone with a peak of 8000.
std::vector<std::uint8_t> wav(std::uint32_t rate, double hertz, std::uint16_t channels = 1, std::uint32_t length = 0) {
  std::vector<std::uint8_t> bytes;
  put(bytes, "RIFF");
  put(bytes, 0, 4);
  put(bytes, "WAVEfmt ");
  put(bytes, 16, 4);
  put(bytes, 1, 2);
  put(bytes, channels, 2);
  put(bytes, rate, 4);
  put(bytes, rate * 2 * channels, 4);
  put(bytes, 2U * channels, 2);
  put(bytes, 16, 2);
  put(bytes, "data");
  put(bytes, length == 0 ? rate * 2 * channels : length, 4);
  for (std::uint32_t i = 0; i < rate; ++i) {
    auto const sample = static_cast<std::int16_t>(std::lround(8'000 * std::sin(2 * std::numbers::pi * hertz * i / rate)));
    for (int channel = 0; channel < channels; ++channel) put(bytes, static_cast<std::uint16_t>(sample), 2);
  }
  return bytes;
}

double peak_at(Announcement const& sound, double hertz) {
  double real = 0;
  double imaginary = 0;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    double const turn = 2 * std::numbers::pi * hertz * static_cast<double>(i) / sample_rate;
    real += sound[i] * std::cos(turn);
    imaginary += sound[i] * std::sin(turn);
  }
  return 2 * std::hypot(real, imaginary) / static_cast<double>(sound.size());
}

TEST(Wav, WhatIsWrittenIsReadAsItWas) {
  auto const sound = read_wav(wav(8'000, 440));
  ASSERT_TRUE(sound);
  auto const again = read_wav(write_wav(*sound));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, *sound);
}

TEST(Wav, TheLengthIsTheFilesOwn) {
  for (std::uint32_t const rate : {8'000U, 22'050U, 48'000U}) EXPECT_EQ(*wav_ms(wav(rate, 440, 2)), 1'000) << rate;
  auto longer = wav(48'000, 440);
  put(longer, 0, 2);                                         // one sample more
  longer[40] = longer[41] = longer[42] = longer[43] = 0xFF;  // to the end
  EXPECT_EQ(*wav_ms(longer), 1'001);
  EXPECT_FALSE(wav_ms(std::vector<std::uint8_t>{1, 2, 3}));
}

TEST(Wav, ATonePassesFromEveryRateAndChannelCount) {
  for (std::uint32_t const rate : {8'000U, 16'000U, 22'050U, 44'100U, 48'000U}) {
    for (std::uint16_t const channels : {std::uint16_t{1}, std::uint16_t{2}}) {
      auto const sound = read_wav(wav(rate, 1'000, channels));
      ASSERT_TRUE(sound) << sound.error().message;
      EXPECT_NEAR(static_cast<double>((*sound).size()), sample_rate, 1);
      EXPECT_NEAR(peak_at(*sound, 1'000), 8'000, 150) << rate;
    }
  }
}

TEST(Wav, WhatTheLineCannotHoldIsTakenAway) {
  auto const sound = read_wav(wav(22'050, 6'000));  // would be heard at 2000 Hz
  ASSERT_TRUE(sound);
  EXPECT_LT(peak_at(*sound, 2'000), 80);
}

TEST(Wav, ALengthThatAPipeLeftOpenIsTheEndOfTheFile) {
  auto const sound = read_wav(wav(22'050, 500, 1, 0x7ffff000));
  ASSERT_TRUE(sound);
  EXPECT_NEAR(static_cast<double>((*sound).size()), sample_rate, 1);
}

TEST(Wav, WhatIsNoWavIsSaid) {
  EXPECT_EQ(read_wav({}).error().message, "no WAV file; expected RIFF with WAVE");
  auto bytes = wav(8'000, 100);
  bytes.resize(20);
  EXPECT_EQ(read_wav(bytes).error().message, "its fmt chunk has 0 bytes; expected 16");
  bytes = wav(8'000, 100, 3);
  EXPECT_EQ(read_wav(bytes).error().message, "found 3 channels; expected 1 or 2");
  bytes = wav(8'000, 100);
  bytes[20] = 7;
  EXPECT_EQ(read_wav(bytes).error().message, "found format 7 with 16 bits; expected linear samples of 16 bits");
  bytes = wav(96'000, 100);
  EXPECT_EQ(read_wav(bytes).error().message, "found 96000 samples a second; expected 8000 to 48000");
}

}  // namespace
}  // namespace rapport::media
