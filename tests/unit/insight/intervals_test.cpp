// Counting legs: which interval, whose, once; and adding counters up in any order.
#include "insight/intervals.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "insight/report.hpp"
#include "unit/insight/random_contact.hpp"

namespace rapport::insight {
namespace {

base::Instant interval_at(char const* text) { return *base::parse_rfc3339(text); }

TEST(Histogram, BoundsAscendAndBelongToTheirBucket) {
  for (std::size_t i = 0; i + 1 < WaitHistogram::bucket_count; ++i) {
    base::Millis const bound = *WaitHistogram::bound(i);
    EXPECT_LT(i == 0 ? 0 : *WaitHistogram::bound(i - 1), bound);
    WaitHistogram histogram;
    histogram.add(bound);
    histogram.add(bound + 1);
    EXPECT_EQ(histogram.in_bucket(i), 1) << bound;
    EXPECT_EQ(histogram.in_bucket(i + 1), 1) << bound;
  }
  EXPECT_EQ(WaitHistogram::bound(WaitHistogram::bucket_count - 1), std::nullopt);
}

RC_GTEST_PROP(HistogramProperty, APercentileIsTheBucketOfTheExactOne, ()) {
  auto waits = *rc::gen::nonEmpty(rc::gen::container<std::vector<base::Millis>>(rc::gen::inRange<base::Millis>(0, 90'000'000)));
  auto const of = *rc::gen::inRange<std::int32_t>(1, 1'001);
  WaitHistogram histogram;
  for (base::Millis const wait : waits) histogram.add(wait);
  std::ranges::sort(waits);
  std::size_t const rank = (waits.size() * static_cast<std::size_t>(of) + 999) / 1'000;
  WaitHistogram exact;
  exact.add(waits[rank - 1]);
  RC_ASSERT(histogram.percentile(of) == exact.percentile(1'000));
}

RC_GTEST_PROP(CountersProperty, ComeBackFromTheirRow, (std::uint64_t seed)) {
  RandomContact const contact = random_contact(seed, 30);
  IntervalBook book;
  for (Leg const& leg : contact.taken) book.add(contact.book.legs(), leg, Targets{});
  for (auto const& [key, counters] : book.intervals()) RC_ASSERT(counters_of(row_of(counters)) == counters);
}

TEST(Intervals, HaveARowWithoutZerosAtItsEnd) {
  EXPECT_TRUE(row_of({}).empty());
  Counters counters;
  counters.wait_max_ms = 7;
  EXPECT_EQ(row_of(counters), std::vector<std::int64_t>{7});
  counters.waits.add(1);
  EXPECT_EQ(row_of(counters).size(), 50U) << "places never move: rows are kept for years";
}

TEST(Intervals, BeginAtFullQuarters) {
  EXPECT_EQ(interval_of(interval_at("2026-03-02T09:15:00Z")), interval_at("2026-03-02T09:15:00Z"));
  EXPECT_EQ(interval_of(interval_at("2026-03-02T09:29:59.999Z")), interval_at("2026-03-02T09:15:00Z"));
  EXPECT_EQ(interval_of(interval_at("1969-12-31T23:59:59Z")), interval_at("1969-12-31T23:45:00Z"));
}

/// Waits 30 s in billing, dana, cold to technical, waits 60 s, eli, back to billing by hand-over.
LegBook transferred_contact() {
  base::Instant const start = interval_at("2026-03-02T09:29:00Z");
  LegBook book{{"i-1", "northwind"}};
  book.entered(start, "billing");
  book.offered(start + 5'000, "finn");
  book.offer_ended(start + 15'000, OfferEnd::refused);
  book.answered(start + 30'000, "dana");
  book.transferred(start + 90'000, "technical");  // 09:30:30
  book.answered(start + 150'000, "eli");
  book.handed(start + 200'000, "dana", "billing");
  book.left(start + 260'000, LegEnd::ended);
  book.wrap_up_ended(start + 261'000, "eli");
  book.wrap_up_ended(start + 262'000, "dana");
  book.wrap_up_ended(start + 270'000, "dana");
  return book;
}

IntervalBook booked(LegBook const& contact) {
  IntervalBook intervals;
  for (Leg const& leg : contact.legs()) intervals.add(contact.legs(), leg, Targets{});
  return intervals;
}

TEST(Intervals, ALegCountsWhereItEntered) {
  LegBook const contact = transferred_contact();
  IntervalBook const intervals = booked(contact);
  auto const counters = [&](Scope scope, char const* id, char const* start) {
    return intervals.intervals().at({"northwind", scope, id, interval_at(start)});
  };
  Counters const billing = counters(Scope::queue, "billing", "2026-03-02T09:15:00Z");
  EXPECT_EQ(billing.offered, 1);
  EXPECT_EQ(billing.answered, 1);
  EXPECT_EQ(billing.answered_in_time, 0);
  EXPECT_EQ(billing.wait_ms, 30'000);
  EXPECT_EQ(billing.handled, 1);
  EXPECT_EQ(billing.transferred, 1);
  EXPECT_EQ(billing.missed_offers, 1);
  EXPECT_EQ(billing.talk_ms, 60'000);

  Counters const again = counters(Scope::queue, "billing", "2026-03-02T09:30:00Z");
  EXPECT_EQ(again.offered, 0) << "nobody waited: handed over";
  EXPECT_EQ(again.handled, 0) << "the same contact is handled once";
  EXPECT_EQ(again.talk_ms, 60'000);

  EXPECT_EQ(counters(Scope::agent, "finn", "2026-03-02T09:15:00Z").missed_offers, 1);
  EXPECT_EQ(counters(Scope::agent, "eli", "2026-03-02T09:30:00Z").transferred, 1);
}

TEST(Intervals, OfAWholeRangeTheContactCountsOnce) {
  IntervalBook const intervals = booked(transferred_contact());
  auto const from = interval_at("2026-03-02T09:00:00Z");
  auto const to = interval_at("2026-03-02T10:00:00Z");
  Counters const brand = intervals.sum("northwind", Scope::brand, "", from, to);
  EXPECT_EQ(brand.offered, 2);
  EXPECT_EQ(brand.handled, 1);
  EXPECT_EQ(brand.transferred, 1) << "transferred twice is one contact with a transfer";
  EXPECT_EQ(brand.talk_ms + brand.hold_ms, 60'000 + 50'000 + 60'000);
  EXPECT_EQ(report(brand, {}).transfer_rate, 1'000);
  EXPECT_EQ(intervals.sum("northwind", Scope::queue, "technical", from, to).wait_ms, 60'000);
  EXPECT_EQ(intervals.sum("northwind", Scope::queue, "technical", from, interval_at("2026-03-02T09:30:00Z")).offered, 0) << "the end is excluded";
  EXPECT_EQ(intervals.sum("other", Scope::brand, "", from, to), Counters{});
  EXPECT_EQ(intervals.sum("northwind", Scope::brand, "", to, from), Counters{});
}

TEST(Intervals, AConsultationIsNoContactOfTheQueue) {
  LegBook consult{{"i-1c", "northwind", domain::Channel::voice, domain::Direction::inbound, true}};
  base::Instant const start = interval_at("2026-03-02T09:00:00Z");
  consult.entered(start, "technical");
  consult.answered(start + 4'000, "eli");
  consult.left(start + 24'000, LegEnd::ended);
  consult.wrap_up_ended(start + 24'000, "eli");
  IntervalBook const intervals = booked(consult);
  EXPECT_FALSE(intervals.intervals().contains({"northwind", Scope::queue, "technical", start}));
  Counters const eli = intervals.intervals().at({"northwind", Scope::agent, "eli", start});
  EXPECT_EQ(eli.consults, 1);
  EXPECT_EQ(eli.consult_ms, 20'000);
  EXPECT_EQ(eli.offered, 0);
  EXPECT_EQ(eli.handled, 0);
}

TEST(Intervals, OverflowIsPassedOn) {
  LegBook contact{{"i-3", "northwind"}};
  base::Instant const start = interval_at("2026-03-02T09:00:00Z");
  contact.entered(start, "billing");
  contact.overflowed(start + 60'000, "anyone");
  contact.left(start + 70'000, LegEnd::abandoned);
  IntervalBook const intervals = booked(contact);
  Counters const billing = intervals.intervals().at({"northwind", Scope::queue, "billing", start});
  EXPECT_EQ(billing.passed_on, 1);
  EXPECT_EQ(billing.abandoned(), 0);
  EXPECT_EQ(report(billing, {}).service_level, std::nullopt);
  EXPECT_EQ(intervals.intervals().at({"northwind", Scope::queue, "anyone", start}).abandoned_long, 1);
}

RC_GTEST_PROP(IntervalsProperty, OfferedIsWhatBecameOfItAndWorkIsTheLegs, (std::uint64_t seed)) {
  RandomContact const contact = random_contact(seed, *rc::gen::inRange<std::uint32_t>(0, 60));
  IntervalBook const intervals = booked(contact.book);
  base::Instant const from = interval_of(contact.entered);
  base::Instant const to = contact.left + 1;
  Counters const brand = intervals.sum("northwind", Scope::brand, "", from, to);
  RC_ASSERT(brand.offered == brand.answered + brand.abandoned() + brand.passed_on);
  RC_ASSERT(brand.answered == brand.waits.count());
  RC_ASSERT(brand.hold_ms == contact.held);
  RC_ASSERT(brand.wrap_up_ms == contact.wrapped_up);
  RC_ASSERT(brand.handled <= 1 && brand.transferred <= brand.handled);
  Counters agents;
  for (char const* agent : {"a0", "a1", "a2", "a3"}) agents += intervals.sum("northwind", Scope::agent, agent, from, to);
  RC_ASSERT(agents.talk_ms == brand.talk_ms);
  RC_ASSERT(agents.answered == brand.answered);
  RC_ASSERT(agents.missed_offers == brand.missed_offers);
}

RC_GTEST_PROP(IntervalsProperty, LegsMayBeBookedInAnyOrderAndBooksMerged, (std::uint64_t seed)) {
  RandomContact const one = random_contact(seed, 30);
  RandomContact const two = random_contact(seed + 1, 30);
  IntervalBook const first = booked(one.book);
  IntervalBook const second = booked(two.book);
  IntervalBook together = first;
  together.add(second);
  IntervalBook turned = second;
  turned.add(first);
  RC_ASSERT(together == turned);

  IntervalBook leg_by_leg;  // as they finished, the contacts interleaved
  for (Leg const& leg : two.taken) leg_by_leg.add(two.book.legs(), leg, Targets{});
  for (Leg const& leg : one.taken) leg_by_leg.add(one.book.legs(), leg, Targets{});
  RC_ASSERT(leg_by_leg == together);
}

RC_GTEST_PROP(CountersProperty, AdditionIsAssociativeAndCommutative, (std::uint64_t seed)) {
  auto const counters = [](std::uint64_t of) {
    RandomContact const contact = random_contact(of, 20);
    return booked(contact.book).sum("northwind", Scope::brand, "", interval_of(contact.entered), contact.left + 1);
  };
  auto const plus = [](Counters one, Counters const& other) { return one += other; };
  Counters const a = counters(seed);
  Counters const b = counters(seed + 1);
  Counters const c = counters(seed + 2);
  RC_ASSERT(plus(a, b) == plus(b, a));
  RC_ASSERT(plus(plus(a, b), c) == plus(a, plus(b, c)));
  RC_ASSERT(plus(a, Counters{}) == a);
}

}  // namespace
}  // namespace rapport::insight
