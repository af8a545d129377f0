// The live numbers of a queue: a sliding window by the minute.
#include "insight/live_queue.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rapport::insight {
namespace {

base::Instant queue_at(base::Millis seconds) { return {28'000'000 * base::minute + seconds * base::second}; }

Leg answered_leg(base::Instant entered, base::Millis wait_ms, base::Millis talk_ms = 0) {
  Leg leg;
  leg.queue = "billing";
  leg.agent = "dana";
  leg.entered_at = entered;
  leg.answered_at = entered + wait_ms;
  leg.left_at = entered + wait_ms + talk_ms;
  leg.wait_ms = wait_ms;
  leg.talk_ms = talk_ms;
  return leg;
}
Leg abandoned_leg(base::Instant entered, base::Millis wait_ms) {
  Leg leg = answered_leg(entered, wait_ms);
  leg.answered_at.reset();
  leg.agent.clear();
  leg.end = LegEnd::abandoned;
  return leg;
}

constexpr auto formula = ServiceLevelFormula::all_contacts;

TEST(LiveQueue, AFreshQueueHasNoNumbers) {
  LiveQueue queue{Targets{}};
  LiveReading const reading = queue.reading(queue_at(0), formula);
  EXPECT_EQ(reading.report.service_level, std::nullopt);
  EXPECT_EQ(reading.waiting, 0U);
  EXPECT_EQ(reading.points.back().minute, queue_at(0));
  EXPECT_EQ(reading.points.front().minute, queue_at(-29 * 60));
}

TEST(LiveQueue, LegsCountInTheMinuteOfTheirEntry) {
  LiveQueue queue{Targets{}};
  queue.waiting(queue_at(0), 1);
  queue.wait_ended(queue_at(70), answered_leg(queue_at(0), 70'000));
  queue.wait_ended(queue_at(75), answered_leg(queue_at(65), 10'000));
  queue.wait_ended(queue_at(100), abandoned_leg(queue_at(70), 30'000));
  Leg const done = answered_leg(queue_at(0), 70'000, 60'000);
  queue.finished(queue_at(140), {&done, 1}, done);
  LiveReading const reading = queue.reading(queue_at(140), formula);
  EXPECT_EQ(reading.points[27].service_level, 0);
  EXPECT_EQ(reading.points[28].service_level, 500);
  EXPECT_EQ(reading.points[29].service_level, std::nullopt);
  EXPECT_EQ(reading.report.service_level, 333);
  EXPECT_EQ(reading.report.asa_ms, 40'000);
  EXPECT_EQ(reading.report.aht_ms, 60'000);
}

TEST(LiveQueue, WaitingGoesOnThroughQuietMinutes) {
  LiveQueue queue{Targets{}};
  queue.waiting(queue_at(0), 2);
  queue.waiting(queue_at(30), 5);
  queue.waiting(queue_at(50), 3);
  queue.waiting(queue_at(200), 0);
  LiveReading const reading = queue.reading(queue_at(300), formula);
  EXPECT_EQ(reading.points[24].waiting_max, 5U);
  EXPECT_EQ(reading.points[25].waiting_max, 3U);
  EXPECT_EQ(reading.points[26].waiting_max, 3U);
  EXPECT_EQ(reading.points[27].waiting_max, 3U) << "until the minute's twentieth second";
  EXPECT_EQ(reading.points[28].waiting_max, 0U);
  EXPECT_EQ(reading.waiting, 0U);
}

TEST(LiveQueue, WhatIsOlderThanTheWindowIsGone) {
  LiveQueue queue{Targets{}};
  queue.wait_ended(queue_at(10), answered_leg(queue_at(0), 10'000));
  EXPECT_EQ(queue.reading(queue_at(29 * 60 + 59), formula).report.service_level, 1'000);
  EXPECT_EQ(queue.reading(queue_at(30 * 60), formula).report.service_level, std::nullopt);
  queue.wait_ended(queue_at(30 * 60), abandoned_leg(queue_at(0), 1'800'000));
  EXPECT_EQ(queue.reading(queue_at(30 * 60), formula).report.counted.offered, 0);
  EXPECT_EQ(queue.reading(queue_at(100 * 60), formula).points.back().minute, queue_at(100 * 60));
}

RC_GTEST_PROP(LiveQueueProperty, IsTheSumOfTheWindowsLegs, ()) {
  auto const waits = *rc::gen::container<std::vector<std::pair<std::uint32_t, std::uint32_t>>>(
      rc::gen::pair(rc::gen::inRange<std::uint32_t>(0, 200'000), rc::gen::inRange<std::uint32_t>(0, 60'000)));
  LiveQueue queue{Targets{}};
  std::vector<Leg> legs;
  base::Instant now = queue_at(0);
  for (auto const& [pause, wait] : waits) {
    now = now + pause;
    legs.push_back(wait % 3 == 0 ? abandoned_leg(now, wait) : answered_leg(now, wait));
    queue.wait_ended(now + wait, legs.back());
    now = now + wait;
  }
  Counters expected;
  base::Instant const oldest{(now.since_epoch / base::minute - 29) * base::minute};
  for (Leg const& leg : legs) {
    if (leg.entered_at >= oldest) count_wait(expected, leg, Targets{});
  }
  RC_ASSERT(queue.reading(now, formula).report.counted == expected);
}

}  // namespace
}  // namespace rapport::insight
