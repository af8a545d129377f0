// From what happens to a contact to its legs: one row a stay, and no millisecond lost.
#include "insight/leg_book.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "unit/insight/random_contact.hpp"

namespace rapport::insight {
namespace {

base::Instant leg_at(base::Millis seconds) { return {1'000'000'000 + seconds * base::second}; }

LegBook voice_contact() { return LegBook{{"i-1", "northwind", domain::Channel::voice, domain::Direction::inbound}}; }

TEST(LegBook, AnsweredHeldAndEnded) {
  LegBook book = voice_contact();
  book.entered(leg_at(0), "billing");
  book.offered(leg_at(2), "dana");
  book.answered(leg_at(12), "dana");
  book.hold_started(leg_at(30));
  book.hold_started(leg_at(31));
  book.hold_ended(leg_at(50));
  book.hold_ended(leg_at(51));
  book.left(leg_at(100), LegEnd::ended);
  EXPECT_FALSE(book.complete());
  EXPECT_TRUE(book.take_finished().empty()) << "wrap-up is not over";
  book.disposed("dana", "refund.paid");
  book.wrap_up_ended(leg_at(130), "dana");
  EXPECT_TRUE(book.complete());

  auto const legs = book.take_finished();
  ASSERT_EQ(legs.size(), 1U);
  Leg const& leg = legs.front();
  EXPECT_EQ(leg.queue, "billing");
  EXPECT_EQ(leg.agent, "dana");
  EXPECT_EQ(leg.end, LegEnd::ended);
  EXPECT_EQ(leg.answered_at, leg_at(12));
  EXPECT_EQ(leg.wait_ms, 12'000);
  EXPECT_EQ(leg.talk_ms, 68'000);
  EXPECT_EQ(leg.hold_ms, 20'000);
  EXPECT_EQ(leg.wrap_up_ms, 30'000);
  EXPECT_EQ(leg.holds, 1U);
  EXPECT_EQ(leg.disposition, "refund.paid");
  EXPECT_TRUE(leg.missed_offers.empty());
  EXPECT_TRUE(book.take_finished().empty()) << "each leg once";
}

TEST(LegBook, LeavingOnHoldEndsTheHold) {
  LegBook book = voice_contact();
  book.entered(leg_at(0), "billing");
  book.answered(leg_at(1), "dana");
  book.hold_started(leg_at(5));
  book.left(leg_at(15), LegEnd::ended);
  book.wrap_up_ended(leg_at(15), "dana");
  EXPECT_EQ(book.legs().front().hold_ms, 10'000);
  EXPECT_EQ(book.legs().front().talk_ms, 4'000);
}

TEST(LegBook, AnAbandonedContactIsFinishedAtOnceAndItsRingingOfferIsWithdrawn) {
  LegBook book = voice_contact();
  book.entered(leg_at(0), "billing");
  book.offered(leg_at(1), "dana");
  book.offer_ended(leg_at(16), OfferEnd::no_answer);
  book.offered(leg_at(20), "eli");
  book.left(leg_at(24), LegEnd::abandoned);
  EXPECT_TRUE(book.complete());
  auto const legs = book.take_finished();
  ASSERT_EQ(legs.size(), 1U);
  EXPECT_FALSE(legs.front().answered());
  EXPECT_EQ(legs.front().wait_ms, 24'000);
  std::vector<MissedOffer> const missed{{"dana", leg_at(1), leg_at(16), OfferEnd::no_answer},
                                        {"eli", leg_at(20), leg_at(24), OfferEnd::withdrawn}};
  EXPECT_EQ(legs.front().missed_offers, missed);
}

TEST(LegBook, AColdTransferWaitsAgainAndTheFirstAgentWrapsUpMeanwhile) {
  LegBook book = voice_contact();
  book.entered(leg_at(0), "billing");
  book.answered(leg_at(10), "dana");
  book.transferred(leg_at(40), "technical");
  book.answered(leg_at(100), "eli");
  book.wrap_up_ended(leg_at(110), "dana");
  book.left(leg_at(160), LegEnd::ended);
  book.wrap_up_ended(leg_at(170), "eli");

  auto const& legs = book.legs();
  ASSERT_EQ(legs.size(), 2U);
  EXPECT_TRUE(legs[0].transferred_out());
  EXPECT_EQ(legs[0].wrap_up_ms, 70'000);
  EXPECT_EQ(legs[0].talk_ms, 30'000);
  EXPECT_TRUE(legs[1].transferred_in());
  EXPECT_EQ(legs[1].entered_at, leg_at(40));
  EXPECT_EQ(legs[1].wait_ms, 60'000);
  EXPECT_EQ(legs[1].talk_ms, 60'000);
  EXPECT_EQ(legs[1].wrap_up_ms, 10'000);
}

TEST(LegBook, AWarmTransferNeverWaits) {
  LegBook book = voice_contact();
  book.entered(leg_at(0), "billing");
  book.answered(leg_at(10), "dana");
  book.hold_started(leg_at(20));
  book.handed(leg_at(60), "eli", "technical");
  book.left(leg_at(90), LegEnd::ended);
  book.wrap_up_ended(leg_at(91), "eli");
  book.wrap_up_ended(leg_at(92), "dana");
  Leg const& second = book.legs()[1];
  EXPECT_EQ(second.entry, Entry::handed);
  EXPECT_FALSE(second.waited_in_queue());
  EXPECT_EQ(second.wait_ms, 0);
  EXPECT_EQ(second.talk_ms, 30'000);
  EXPECT_EQ(book.legs()[0].hold_ms, 40'000);
}

TEST(LegBook, ACallbackIsParkedWhichIsNoWaiting) {
  LegBook book = voice_contact();
  book.entered(leg_at(0), "billing");
  book.parked(leg_at(30));
  book.callback_due(leg_at(3'630));
  book.answered(leg_at(3'640), "dana");
  book.not_reached(leg_at(3'660));
  book.callback_due(leg_at(4'660));
  book.answered(leg_at(4'665), "dana");
  book.left(leg_at(4'700), LegEnd::ended);
  book.wrap_up_ended(leg_at(4'700), "dana");
  book.wrap_up_ended(leg_at(4'701), "dana");

  Leg const& first = book.legs()[0];
  EXPECT_EQ(first.wait_ms, 40'000);
  EXPECT_EQ(first.parked_ms, 3'600'000);
  EXPECT_EQ(first.end, LegEnd::not_reached);
  EXPECT_TRUE(first.callback);
  Leg const& second = book.legs()[1];
  EXPECT_EQ(second.entry, Entry::retried);
  EXPECT_EQ(second.queue, "billing");
  EXPECT_EQ(second.wait_ms, 5'000);
  EXPECT_EQ(second.parked_ms, 1'000'000);
  EXPECT_TRUE(second.callback);
  EXPECT_EQ(first.wrap_up_ms, 1'040'000) << "of one agent the oldest wrap-up ends first";
}

TEST(LegBook, OutboundBeginsWithTheAgent) {
  LegBook book{{"i-2", "northwind", domain::Channel::voice, domain::Direction::outbound}};
  book.placed(leg_at(0), "dana", "");
  book.left(leg_at(20), LegEnd::ended);
  book.wrap_up_ended(leg_at(25), "dana");
  Leg const& leg = book.legs().front();
  EXPECT_FALSE(leg.waited_in_queue());
  EXPECT_EQ(leg.talk_ms, 20'000);
  EXPECT_EQ(leg.direction, domain::Direction::outbound);
}

TEST(LegBook, AClockThatStepsBackMakesNoNegativeTime) {
  LegBook book = voice_contact();
  book.entered(leg_at(100), "billing");
  book.answered(leg_at(90), "dana");
  book.left(leg_at(110), LegEnd::ended);
  book.wrap_up_ended(leg_at(105), "dana");
  Leg const& leg = book.legs().front();
  EXPECT_EQ(leg.wait_ms, 0);
  EXPECT_EQ(leg.talk_ms, 10'000);
  EXPECT_EQ(leg.wrap_up_ms, 0);
}

TEST(LegBook, NamesReadBack) {
  for (auto const entry : {Entry::arrived, Entry::transferred, Entry::overflowed, Entry::put_back, Entry::retried, Entry::handed, Entry::placed}) {
    EXPECT_EQ(parse_entry(name(entry)), entry);
  }
  for (auto const end : {LegEnd::ended, LegEnd::abandoned, LegEnd::overflowed, LegEnd::transferred, LegEnd::put_back,
                         LegEnd::not_reached, LegEnd::unreachable, LegEnd::interrupted}) {
    EXPECT_EQ(parse_leg_end(name(end)), end);
  }
  for (auto const end : {OfferEnd::refused, OfferEnd::no_answer, OfferEnd::not_acknowledged, OfferEnd::withdrawn}) {
    EXPECT_EQ(parse_offer_end(name(end)), end);
  }
  EXPECT_EQ(parse_leg_end("hung_up"), std::nullopt);
}

RC_GTEST_PROP(LegBookProperty, AnInteractionsTimeIsExactlyThatOfItsLegs, (std::uint64_t seed)) {
  auto const steps = *rc::gen::inRange<std::uint32_t>(0, 60);
  RandomContact const contact = random_contact(seed, steps);
  auto const& legs = contact.book.legs();
  RC_ASSERT(contact.book.complete());

  base::Millis connected_or_waiting = 0;
  base::Millis hold = 0;
  base::Millis wrap_up = 0;
  for (std::size_t i = 0; i < legs.size(); ++i) {
    Leg const& leg = legs[i];
    base::Millis const stay = leg.wait_ms + leg.parked_ms + leg.talk_ms + leg.hold_ms;
    RC_ASSERT(leg.number == i);
    RC_ASSERT(std::min({leg.wait_ms, leg.parked_ms, leg.talk_ms, leg.hold_ms, leg.wrap_up_ms}) >= 0);
    RC_ASSERT(stay == leg.left_at - leg.entered_at);
    RC_ASSERT(leg.entered_at == (i == 0 ? contact.entered : legs[i - 1].left_at));
    if (!leg.answered()) RC_ASSERT(leg.talk_ms + leg.hold_ms + leg.wrap_up_ms == 0);
    connected_or_waiting += stay;
    hold += leg.hold_ms;
    wrap_up += leg.wrap_up_ms;
  }
  RC_ASSERT(connected_or_waiting == contact.left - contact.entered);
  RC_ASSERT(hold == contact.held);
  RC_ASSERT(wrap_up == contact.wrapped_up);

  auto taken = contact.taken;
  std::ranges::sort(taken, {}, &Leg::number);
  RC_ASSERT(taken == legs);
}

}  // namespace
}  // namespace rapport::insight
