#include "media/g711.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace rapport::media {
namespace {

// Values of ITU-T G.711, tables 1 and 2, at 16 bits.
TEST(G711, DecodesAsTheTablesSay) {
  EXPECT_EQ(decode(Codec::pcmu, 0xFF), 0);
  EXPECT_EQ(decode(Codec::pcmu, 0x80), 32'124);
  EXPECT_EQ(decode(Codec::pcmu, 0x00), -32'124);
  EXPECT_EQ(decode(Codec::pcmu, 0xFE), 8);
  EXPECT_EQ(decode(Codec::pcma, 0xD5), 8);
  EXPECT_EQ(decode(Codec::pcma, 0x55), -8);
  EXPECT_EQ(decode(Codec::pcma, 0xAA), 32'256);
  EXPECT_EQ(decode(Codec::pcma, 0x2A), -32'256);
}

TEST(G711, EveryByteComesBackAsItself) {
  for (Codec const codec : {Codec::pcmu, Codec::pcma}) {
    for (int byte = 0; byte < 256; ++byte) {
      Sample const sample = decode(codec, static_cast<std::uint8_t>(byte));
      Sample const again = decode(codec, encode(codec, sample));
      EXPECT_EQ(again, sample) << name(codec) << " " << byte;  // mu-law has two zeros
    }
  }
}

TEST(G711, EverySampleComesBackNearlyAsItself) {
  for (Codec const codec : {Codec::pcmu, Codec::pcma}) {
    for (int sample = -32'768; sample <= 32'767; ++sample) {
      int const again = decode(codec, encode(codec, static_cast<Sample>(sample)));
      // Half a step of the segment, which is a 32nd of its size, and what is above the loudest step.
      int const allowed = std::abs(sample) > 32'000 ? 700 : 10 + std::abs(sample) / 28;
      ASSERT_LE(std::abs(again - sample), allowed) << name(codec) << " " << sample;
    }
  }
}

TEST(G711, TheQuietestIsSilence) {
  EXPECT_EQ(silence(Codec::pcmu), encode(Codec::pcmu, 0));
  EXPECT_EQ(silence(Codec::pcma), encode(Codec::pcma, 0));
}

}  // namespace
}  // namespace rapport::media
