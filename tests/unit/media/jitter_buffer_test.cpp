#include "media/jitter_buffer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "support/tones.hpp"

namespace rapport::media {
namespace {

using tests::peak_at;
using tests::tone;

constexpr double hertz = 400;  // a whole number of periods a frame

/// A sender of a tone whose packets of 20 ms are put in one by one.
struct Line {
  JitterBuffer buffer;
  std::uint32_t sent = 0;
  std::uint32_t start = 0xFFFF'F000;  // wraps soon

  void put(std::uint32_t packet) {
    auto const sound = tone(hertz, frame_samples, packet * frame_samples);
    buffer.put(start + packet * static_cast<std::uint32_t>(frame_samples), sound);
  }
  void send() { put(sent++); }
};

TEST(JitterBuffer, IsSilentBeforeAnythingComes) {
  JitterBuffer buffer;
  Frame frame;
  frame.fill(9);
  EXPECT_EQ(buffer.take(frame), JitterBuffer::Heard::nothing);
  EXPECT_TRUE(std::ranges::all_of(frame, [](Sample sample) { return sample == 0; }));
}

TEST(JitterBuffer, GivesAnEvenStreamAsItCameWithoutDelay) {
  Line line;
  for (std::uint32_t i = 0; i < 200; ++i) {
    line.send();
    Frame frame;
    ASSERT_EQ(line.buffer.take(frame), JitterBuffer::Heard::whole);
    auto const sent = tone(hertz, frame_samples, i * frame_samples);
    ASSERT_TRUE(std::ranges::equal(frame, sent));
    ASSERT_EQ(line.buffer.depth(), 0U);
  }
  EXPECT_EQ(line.buffer.counts().mended, 0U);
}

TEST(JitterBuffer, PutsInOrderWhatCameOutOfOrderOrTwice) {
  Line line;
  for (std::uint32_t const packet : {0U, 2U, 1U, 1U, 3U}) line.put(packet);
  for (std::uint32_t i = 0; i < 4; ++i) {
    Frame frame;
    ASSERT_EQ(line.buffer.take(frame), JitterBuffer::Heard::whole);
    EXPECT_TRUE(std::ranges::equal(frame, tone(hertz, frame_samples, i * frame_samples)));
  }
  line.put(2);
  EXPECT_EQ(line.buffer.counts().late, 1U);
}

TEST(JitterBuffer, TakesPacketsOfAnyLength) {
  JitterBuffer buffer;
  std::size_t sent = 0;
  std::size_t taken = 0;
  for (std::size_t const length : {80U, 240U, 480U, 160U, 33U, 127U}) {
    buffer.put(static_cast<std::uint32_t>(sent), tone(hertz, length, sent));
    sent += length;
  }
  for (; taken + frame_samples <= sent; taken += frame_samples) {
    Frame frame;
    ASSERT_EQ(buffer.take(frame), JitterBuffer::Heard::whole);
    EXPECT_TRUE(std::ranges::equal(frame, tone(hertz, frame_samples, taken)));
  }
}

TEST(JitterBuffer, MendsALostPacketSoThatTheToneGoesOn) {
  Line line;
  for (int i = 0; i < 10; ++i) line.send();
  ++line.sent;  // one is lost
  for (int i = 0; i < 5; ++i) line.send();
  std::vector<Sample> heard;
  for (int i = 0; i < 16; ++i) {
    Frame frame;
    auto const how = line.buffer.take(frame);
    EXPECT_EQ(how, i == 10 ? JitterBuffer::Heard::mended : JitterBuffer::Heard::whole);
    if (i == 10) {
      EXPECT_GT(peak_at(frame, hertz), 6'000);
    }
    heard.insert(heard.end(), frame.begin(), frame.end());
  }
  EXPECT_GT(peak_at(heard, hertz), 7'700);
  EXPECT_EQ(line.buffer.counts().mended, frame_samples);
}

TEST(JitterBuffer, FadesToSilenceWhereNothingComesAnyMore) {
  Line line;
  for (int i = 0; i < 10; ++i) line.send();
  Frame frame;
  for (int i = 0; i < 10; ++i) line.buffer.take(frame);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(line.buffer.take(frame), JitterBuffer::Heard::mended);
  EXPECT_EQ(line.buffer.take(frame), JitterBuffer::Heard::nothing);
  EXPECT_TRUE(std::ranges::all_of(frame, [](Sample sample) { return sample == 0; }));
}

TEST(JitterBuffer, WaitsOnceForALineThatIsLateAndThenNoMore) {
  Line line;
  Frame frame;
  for (int tick = 0; tick < 400; ++tick) {
    // Every other packet comes 20 ms late, together with the next.
    if (tick % 2 == 1) {
      line.send();
      line.send();
    }
    line.buffer.take(frame);
  }
  EXPECT_LE(line.buffer.counts().waits, 2U);
  EXPECT_EQ(line.buffer.counts().late, 0U);
  EXPECT_LE(line.buffer.depth(), 2 * frame_samples);
}

TEST(JitterBuffer, ShortensItsDelayWhenTheLineIsEvenAgain) {
  Line line;
  Frame frame;
  for (int i = 0; i < 6; ++i) line.send();  // a burst after a stall: 100 ms too many
  for (int tick = 0; tick < 3'000; ++tick) {
    line.send();
    line.buffer.take(frame);
  }
  EXPECT_LE(line.buffer.depth(), 2 * frame_samples);
  EXPECT_GE(line.buffer.counts().skips, 4U);
  EXPECT_EQ(line.buffer.counts().mended, 0U);
}

TEST(JitterBuffer, GivesTheDelayOfOneLongStallBackWithinSeconds) {
  Line line;
  Frame frame;
  auto const even = [&](int ticks) {
    for (int tick = 0; tick < ticks; ++tick) {
      line.send();
      line.buffer.take(frame);
    }
  };
  even(100);
  for (int tick = 0; tick < 20; ++tick) line.buffer.take(frame);
  for (int late = 0; late < 20; ++late) line.send();
  even(1);
  EXPECT_GT(line.buffer.depth(), 10 * frame_samples);
  even(700);
  EXPECT_LE(line.buffer.depth(), 2 * frame_samples);
  EXPECT_GE(line.buffer.counts().skips, 15U);
}

TEST(JitterBuffer, DoesNotPlayAPauseOfTheSenderOnceMore) {
  Line line;
  Frame frame;
  for (int i = 0; i < 10; ++i) {
    line.send();
    line.buffer.take(frame);
  }
  for (int i = 0; i < 20; ++i) {  // silence is not sent, its time goes by
    ++line.sent;
    line.buffer.take(frame);
  }
  line.send();
  EXPECT_EQ(line.buffer.take(frame), JitterBuffer::Heard::whole);
  EXPECT_GT(peak_at(frame, hertz), 6'000);
  EXPECT_EQ(line.buffer.depth(), 0U);
}

TEST(JitterBuffer, BeginsAnewWhereTimestampsJump) {
  Line line;
  Frame frame;
  line.send();
  line.buffer.take(frame);
  line.start += 50'000'000;
  line.send();
  EXPECT_EQ(line.buffer.take(frame), JitterBuffer::Heard::whole);
  EXPECT_EQ(line.buffer.counts().restarts, 1U);
}

RC_GTEST_PROP(JitterBuffer, HoldsLessThanASecondWhateverComes, (std::vector<std::pair<std::uint32_t, std::uint8_t>> const& packets)) {
  JitterBuffer buffer;
  Frame frame;
  std::vector<Sample> const sound(2'000, 1);
  for (auto const& [timestamp, size] : packets) {
    buffer.put(timestamp % 20'000, std::span{sound}.first(size * 6U));
    RC_ASSERT(buffer.depth() <= sample_rate + 0U);
    if (timestamp % 3 == 0) buffer.take(frame);
  }
}

}  // namespace
}  // namespace rapport::media
