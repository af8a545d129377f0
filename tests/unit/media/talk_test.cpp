// Who speaks how long, measured on tones, silence and the murmur of a line.
#include "media/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/tones.hpp"

namespace rapport::media {
namespace {

WideFrame loud(double peak) {
  WideFrame frame{};
  std::ranges::copy(tests::tone(400, wide_samples, 0, peak, wide_rate), frame.begin());
  return frame;
}

void pass(TalkMeter& meter, WideFrame const& customer, WideFrame const& agent, int frames) {
  for (int i = 0; i < frames; ++i) meter.take(customer, agent);
}

TEST(TalkMeter, TellsAloneTogetherAndNobodyApart) {
  TalkMeter meter;
  WideFrame const voice = loud(3'000);
  pass(meter, voice, {}, 50);
  pass(meter, voice, voice, 25);
  pass(meter, {}, voice, 100);
  pass(meter, {}, {}, 200);
  // A side goes on for 320 ms after its last sound.
  EXPECT_EQ(meter.talk(), (Talk{1'000, 2'000 - 320 + 320, 500 + 320, 4'000 - 320}));
  EXPECT_EQ(meter.talk().all(), 375U * frame_ms);
}

TEST(TalkMeter, ThePausesOfAWordAreSpeech) {
  TalkMeter meter;
  for (int i = 0; i < 20; ++i) {
    pass(meter, loud(3'000), {}, 5);
    pass(meter, {}, {}, 10);
  }
  EXPECT_EQ(meter.talk().customer, 20U * 15 * frame_ms);
}

TEST(TalkMeter, AMurmurIsNoSpeech) {
  TalkMeter meter;
  pass(meter, loud(120), loud(60), 100);
  EXPECT_EQ(meter.talk().neither, 100U * frame_ms);
}

}  // namespace
}  // namespace rapport::media
