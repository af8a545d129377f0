// Frames of calls reach who analyses them, at 16 kHz and with the call's clock; what does not fit is dropped and
// counted, and nobody waits.
#include "phone/taps.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <vector>

#include "phone/talk_teller.hpp"
#include "support/eventually.hpp"
#include "support/tones.hpp"

namespace rapport::phone {
namespace {

constexpr char const* dropped_help = "Frames of calls that analysers did not take in time.";

TapFrame frame_of(std::uint64_t call, std::uint64_t tick, bool customer, bool agent) {
  TapFrame frame;
  frame.call = call;
  frame.leg = 7;
  frame.tick = tick;
  auto const voice = tests::tone(400, media::frame_samples, tick * media::frame_samples);
  if (customer) std::ranges::copy(voice, frame.customer.lower.begin());
  if (agent) std::ranges::copy(voice, frame.agent.lower.begin());
  return frame;
}

/// Keeps what it is handed, and takes nothing while it is held.
class Keeper final : public Analyser {
 public:
  void take(TappedSound const& sound) override {
    taking = true;
    std::lock_guard const waits{held};
    std::lock_guard const lock{mutex_};
    ticks_.push_back(sound.tick);
    customer_.insert(customer_.end(), sound.customer.begin(), sound.customer.end());
  }
  void looked() override {}

  std::vector<std::uint64_t> ticks() const {
    std::lock_guard const lock{mutex_};
    return ticks_;
  }
  std::vector<media::Sample> customer() const {
    std::lock_guard const lock{mutex_};
    return customer_;
  }

  std::mutex held;
  std::atomic<bool> taking{false};

 private:
  mutable std::mutex mutex_;
  std::vector<std::uint64_t> ticks_;
  std::vector<media::Sample> customer_;
};

TEST(Taps, EachCallIsMeasuredByItself) {
  base::Metrics metrics;
  std::mutex mutex;
  std::map<std::uint64_t, media::Talk> told;
  TalkTeller teller{[&](std::uint64_t call, std::uint64_t leg, media::Talk const& talk) {
    std::lock_guard const lock{mutex};
    EXPECT_EQ(leg, 7U);
    told[call] = talk;
  }};
  Taps taps{metrics, {&teller}};
  for (std::uint64_t tick = 0; tick < 100; ++tick) {
    taps.feed().put(frame_of(1, tick, true, false));
    taps.feed().put(frame_of(2, tick, true, true));
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

TEST(Taps, SoundIsOfferedAt16KilohertzAndWithTheTimeAtWhichItWasSaid) {
  base::Metrics metrics;
  Keeper keeper;
  Taps taps{metrics, {&keeper}};
  for (std::uint64_t tick = 0; tick < 50; ++tick) taps.feed().put(frame_of(1, tick, true, false));
  EXPECT_TRUE(test::eventually([&] { return keeper.ticks().size() == 50; }));
  auto const sound = keeper.customer();
  ASSERT_EQ(sound.size(), 50 * media::wide_samples);
  auto const settled = std::span{sound}.subspan(media::wide_samples);
  EXPECT_GT(tests::peak_at(settled, 400, media::wide_rate), 7'900);
  EXPECT_LT(tests::peak_at(settled, 7'600, media::wide_rate), 8);
}

TEST(Taps, WhatDoesNotFitIsDroppedAndCountedAndTheClockGoesOn) {
  base::Metrics metrics;
  Keeper keeper;
  Taps taps{metrics, {&keeper}};
  auto& dropped = metrics.counter("rapport_tap_frames_dropped_total", dropped_help);
  std::uint64_t tick = 0;
  {
    std::lock_guard const busy{keeper.held};
    taps.feed().put(frame_of(1, tick++, false, false));
    EXPECT_TRUE(test::eventually([&] { return keeper.taking.load(); }));
    while (dropped.value() < 5) taps.feed().put(frame_of(1, tick++, false, false));
  }
  std::uint64_t const kept = tick - 5;
  EXPECT_TRUE(test::eventually([&] { return keeper.ticks().size() == kept; }));
  taps.feed().put(frame_of(1, tick, false, false));
  EXPECT_TRUE(test::eventually([&] { return keeper.ticks().size() == kept + 1; }));
  auto const ticks = keeper.ticks();
  EXPECT_EQ(kept, limits::tap_frames_max + 1) << "one is in the analyser's hands";
  EXPECT_EQ(ticks[kept - 1] + 1, kept) << "the oldest stay, in order";
  EXPECT_EQ(ticks[kept], tick) << "and what comes next is not taken for what was dropped";
}

}  // namespace
}  // namespace rapport::phone
