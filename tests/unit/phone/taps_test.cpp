// Frames of calls reach who measures them; what does not fit is dropped and counted, and nobody waits.
#include "phone/taps.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "support/eventually.hpp"
#include "support/tones.hpp"

namespace rapport::phone {
namespace {

TapFrame frame_of(std::uint64_t call, bool customer, bool agent) {
  TapFrame frame;
  frame.call = call;
  frame.leg = 7;
  auto const voice = tests::tone(400, media::frame_samples);
  if (customer) std::ranges::copy(voice, frame.customer.begin());
  if (agent) std::ranges::copy(voice, frame.agent.begin());
  return frame;
}

TEST(Taps, EachCallIsMeasuredByItself) {
  base::Metrics metrics;
  std::mutex mutex;
  std::map<std::uint64_t, media::Talk> told;
  Taps taps{metrics, [&](std::uint64_t call, std::uint64_t leg, media::Talk const& talk) {
              std::lock_guard const lock{mutex};
              EXPECT_EQ(leg, 7U);
              told[call] = talk;
            }};
  for (int i = 0; i < 100; ++i) {
    taps.feed().put(frame_of(1, true, false));
    taps.feed().put(frame_of(2, true, true));
  }
  EXPECT_TRUE(test::eventually([&] {
    std::lock_guard const lock{mutex};
    return told.size() == 2;
  }));
  std::lock_guard const lock{mutex};
  EXPECT_GE(told[1].customer, 1'000U);
  EXPECT_EQ(told[1].customer, told[1].all());
  EXPECT_GE(told[2].both, 1'000U);
  EXPECT_EQ(told[2].both, told[2].all());
}

TEST(Taps, WhatNobodyTakesIsDroppedAndCounted) {
  base::Metrics metrics;
  Taps taps{metrics, [](std::uint64_t, std::uint64_t, media::Talk const&) {}};
  taps.stop();
  for (std::size_t i = 0; i < limits::tap_frames_max + 5; ++i) taps.feed().put(frame_of(1, false, false));
  EXPECT_EQ(metrics.counter("rapport_tap_frames_dropped_total", "Frames of calls that analysers did not take in time.").value(), 5U);
}

}  // namespace
}  // namespace rapport::phone
