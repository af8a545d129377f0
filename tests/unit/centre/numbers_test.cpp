// The numbers of the floor as the core counts and keeps them: known answers, and every crash.
#include "centre/numbers.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using insight::Counters;
using test::ana;
using test::ben;
using test::SmallCentre;

/// All that lasts, by key and interval.
std::map<std::pair<std::string, base::Instant>, Counters> rows_of(SmallCentre& centre) {
  std::map<std::pair<std::string, base::Instant>, Counters> rows;
  auto const stored = centre.store.counters("", {0}, {INT64_MAX});
  for (records::CounterRow const& row : *stored) rows[{row.key, row.start}] = insight::counters_of(row.values);
  return rows;
}

Counters sum_of(SmallCentre& centre, std::string const& key) {
  Counters sum;
  for (auto const& [of, counters] : rows_of(centre)) {
    if (of.first == key) sum += counters;
  }
  return sum;
}

std::string const brand = "brand/northwind/";
std::string const billing = "queue/northwind/billing";
std::string const moves = "queue/northwind/moves";
/// The agents of this small centre serve every brand: their time is nobody's, their contacts the brand's.
std::string const anas_contacts = "agent/northwind/" + ana;
std::string const anas_time = "agent//" + ana;

TEST(Numbers, OfOneCallByTheMillisecond) {
  SmallCentre centre;
  std::string const id = centre.must(centre.start(domain::Channel::voice)).interaction;
  base::Instant const entered = centre.now();
  centre.pass(7'000);
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  base::Instant const logged_in = centre.now();
  centre.pass(1'000);
  centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana));
  base::Instant const answered = centre.now();
  Counters const so_far = sum_of(centre, billing);
  EXPECT_EQ(so_far.answered, 1) << "the wait counts as soon as it is over";
  EXPECT_EQ(so_far.handled, 0);
  centre.pass(30'000);
  centre.must(StartHold{id}, SmallCentre::by(ana));
  base::Instant const held = centre.now();
  centre.pass(12'000);
  centre.must(EndHold{id}, SmallCentre::by(ana));
  base::Instant const back = centre.now();
  centre.pass(5'000);
  centre.must(EndInteraction{id}, SmallCentre::by(ana));
  base::Instant const ended = centre.now();
  centre.pass(9'000);
  centre.must(WrapUp{id, ana, "billing.wrong", "resolved", {}}, SmallCentre::by(ana));
  base::Instant const wrapped = centre.now();
  centre.pass(4'000);
  centre.must(ChangePresence{ana, routing::Presence::offline, {}});

  for (std::string const& key : {brand, billing, anas_contacts}) {
    SCOPED_TRACE(key);
    Counters const sum = sum_of(centre, key);
    EXPECT_EQ(sum.offered, 1);
    EXPECT_EQ(sum.answered, 1);
    EXPECT_EQ(sum.answered_in_time, 1);
    EXPECT_EQ(sum.handled, 1);
    EXPECT_EQ(sum.transferred, 0);
    EXPECT_EQ(sum.wait_ms, answered - entered);
    EXPECT_EQ(sum.wait_max_ms, answered - entered);
    EXPECT_EQ(sum.hold_ms, back - held);
    EXPECT_EQ(sum.talk_ms, ended - answered - (back - held));
    EXPECT_EQ(sum.wrap_up_ms, wrapped - ended);
    EXPECT_EQ(sum.waits.count(), 1);
  }
  insight::StateTimes const time = sum_of(centre, anas_time).states;
  using insight::AgentState;
  EXPECT_EQ(time.of(AgentState::offered), answered - logged_in);
  EXPECT_EQ(time.of(AgentState::talking), ended - answered - (back - held));
  EXPECT_EQ(time.of(AgentState::on_hold), back - held);
  EXPECT_EQ(time.of(AgentState::wrap_up), wrapped - ended);
  EXPECT_EQ(time.logged_in(), centre.now() - logged_in);
}

TEST(Numbers, AnAbandonedContactIsShortOrLong) {
  SmallCentre centre;
  std::string const hasty = centre.must(centre.start()).interaction;
  centre.pass(2'000);
  centre.must(EndInteraction{hasty}, SmallCentre::customer("c-1"));
  std::string const patient = centre.must(centre.start()).interaction;
  centre.pass(50'000);
  centre.must(EndInteraction{patient}, SmallCentre::customer("c-1"));
  Counters const sum = sum_of(centre, billing);
  EXPECT_EQ(sum.offered, 2);
  EXPECT_EQ(sum.abandoned_short, 1);
  EXPECT_EQ(sum.abandoned_long, 1);
  EXPECT_EQ(sum.abandoned_in_time, 1);
  EXPECT_EQ(sum.handled, 0);
  EXPECT_EQ(sum_of(centre, moves).offered, 0);
}

TEST(Numbers, ATransferredInteractionsTimeIsExactlyThatOfItsLegs) {
  for (bool const warm : {false, true}) {
    SCOPED_TRACE(warm);
    SmallCentre centre;
    centre.must(ChangePresence{ana, routing::Presence::available, {}});
    std::string const id = centre.must(centre.start()).interaction;
    base::Instant const entered = centre.now();
    centre.pass(3'000);
    centre.must(AnswerOffer{ana, id});
    centre.pass(40'000);
    centre.must(ChangePresence{ana, routing::Presence::on_break, "lunch"});
    centre.must(ChangePresence{ben, routing::Presence::available, {}});
    centre.must(TransferInteraction{id, TransferInteraction::To::queue, "moves", {}, warm}, SmallCentre::by(ana));
    centre.pass(6'000);
    centre.must(AnswerOffer{ben, id}, SmallCentre::by(ben));
    centre.pass(2'000);
    centre.must(AcknowledgeContext{ben, id}, SmallCentre::by(ben));
    centre.pass(8'000);
    if (warm) centre.must(CompleteTransfer{id}, SmallCentre::by(ana));
    centre.pass(70'000);
    centre.must(EndInteraction{id}, SmallCentre::by(ben));
    base::Instant const ended = centre.now();
    centre.pass(base::minute);  // everybody's wrap-up runs out

    Counters const whole = sum_of(centre, brand);
    EXPECT_EQ(whole.wait_ms + whole.talk_ms + whole.hold_ms, ended - entered);
    EXPECT_EQ(whole.handled, 1);
    EXPECT_EQ(whole.transferred, 1);
    EXPECT_EQ(whole.offered, warm ? 1 : 2);
    EXPECT_EQ(whole.consults, warm ? 1 : 0);
    Counters const first = sum_of(centre, billing);
    Counters const second = sum_of(centre, moves);
    EXPECT_EQ(first.wait_ms + first.talk_ms + first.hold_ms + second.wait_ms + second.talk_ms + second.hold_ms, ended - entered);
    EXPECT_EQ(first.transferred, 1);
    EXPECT_EQ(second.transferred, 0);
    EXPECT_EQ(second.handled, 1);
    EXPECT_EQ(second.answered, warm ? 0 : 1) << "nobody waited for who was handed over";
    EXPECT_EQ(sum_of(centre, anas_contacts).handled, 1);
    EXPECT_EQ(sum_of(centre, "agent/northwind/" + ben).handled, 1);
  }
}

TEST(Numbers, AMissedOfferCountsForWhoMissedIt) {
  SmallCentre centre;
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start()).interaction;
  centre.pass(21 * base::second);
  centre.must(EndInteraction{id}, SmallCentre::customer("c-1"));
  EXPECT_EQ(sum_of(centre, anas_contacts).missed_offers, 1);
  EXPECT_EQ(sum_of(centre, billing).missed_offers, 1);
  EXPECT_EQ(sum_of(centre, billing).abandoned_long, 1);
}

TEST(Numbers, ACallThatACrashCutOffWasNotAbandoned) {
  SmallCentre centre;
  centre.must(centre.start(domain::Channel::voice));
  centre.crash(3'000);
  Counters const sum = sum_of(centre, billing);
  EXPECT_EQ(sum.abandoned(), 0);
  EXPECT_EQ(sum.passed_on, 1);
}

TEST(Numbers, AgentsTimeIsCountedWithEveryInterval) {
  SmallCentre centre;
  centre.must(ConfigureAgent{ana, "Ana", SmallCentre::agent(ana, "Ana").profile, std::vector<std::string>{"northwind"}});
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  base::Instant const logged_in = centre.now();
  centre.pass(40 * base::minute);
  base::Instant const counted = insight::interval_of(centre.now());
  Counters const sum = sum_of(centre, anas_contacts);
  EXPECT_EQ(sum.states.of(insight::AgentState::idle), counted - logged_in);
  EXPECT_EQ(sum_of(centre, brand).states, sum.states);
  EXPECT_EQ(sum_of(centre, anas_time).states.logged_in(), 0);
  for (auto const& [key, counters] : rows_of(centre)) EXPECT_LE(counters.states.logged_in(), insight::interval_ms);
}

TEST(Numbers, NobodysTimePassesWhileTheServerIsAway) {
  SmallCentre centre;
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  centre.crash(base::day);
  centre.pass(10'000);
  centre.must(ChangePresence{ana, routing::Presence::on_break, "lunch"});
  EXPECT_EQ(sum_of(centre, anas_time).states.of(insight::AgentState::idle), 10'001);
}

/// A conversation with everything in it, over more than an interval. Each step ends with something durable: by
/// that the next process knows how long this one was there.
std::vector<std::function<void(SmallCentre&, std::string&)>> numbers_steps() {
  return {
      [](SmallCentre& centre, std::string&) { centre.must(ChangePresence{ana, routing::Presence::available, {}}); },
      [](SmallCentre& centre, std::string& id) { id = centre.must(centre.start()).interaction; },
      [](SmallCentre& centre, std::string&) { centre.pass(2'000); centre.must(ChangePresence{ben, routing::Presence::available, {}}); },
      [](SmallCentre& centre, std::string& id) { centre.must(RefuseOffer{ana, id}, SmallCentre::by(ana)); },
      [](SmallCentre& centre, std::string& id) { centre.must(AnswerOffer{ben, id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) {
        centre.pass(11'000);  // she is back from her refusal
        centre.must(SmallCentre::message(id, "One moment"), SmallCentre::by(ben));
      },
      [](SmallCentre& centre, std::string& id) { centre.must(SmallCentre::message(id, "My bill is wrong"), SmallCentre::customer("c-1")); },
      [](SmallCentre& centre, std::string& id) { centre.must(StartHold{id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(EndHold{id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(StartHold{id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(TransferInteraction{id, TransferInteraction::To::agent, ana, {}, true}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana)); },
      [](SmallCentre& centre, std::string& id) { centre.must(AcknowledgeContext{ana, id}, SmallCentre::by(ana)); },
      [](SmallCentre& centre, std::string& id) { centre.must(CompleteTransfer{id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(TransferInteraction{id, TransferInteraction::To::agent, ben, {}, false}, SmallCentre::by(ana)); },
      [](SmallCentre& centre, std::string& id) { centre.must(AnswerOffer{ben, id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(AcknowledgeContext{ben, id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string&) { centre.must(ChangePresence{ana, routing::Presence::on_break, "lunch"}); },
      [](SmallCentre& centre, std::string& id) { centre.must(PutBack{id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(WrapUp{id, ben, {}, {}, {}}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(AnswerOffer{ben, id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) {
        centre.pass(16 * base::minute);
        centre.must(SmallCentre::message(id, "Still here"), SmallCentre::by(ben));
      },
      [](SmallCentre& centre, std::string& id) { centre.must(EndInteraction{id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(WrapUp{id, ben, "billing.wrong", "resolved", {}}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string&) {
        centre.pass(20 * base::minute);
        centre.must(ChangePresence{ana, routing::Presence::on_break, "tea"});
      },
      [](SmallCentre& centre, std::string&) {
        centre.must(ChangePresence{ana, routing::Presence::offline, {}});
        centre.must(ChangePresence{ben, routing::Presence::offline, {}});
      },
  };
}

void save(SmallCentre& centre) {
  ASSERT_TRUE(centre.store.commit({{records::SaveFloor{centre.core().floor_snapshot()}}, centre.now(), true}));
}

TEST(Numbers, ACrashAtAnyMomentLosesAndDoublesNothing) {
  auto const all = numbers_steps();
  SmallCentre whole;
  std::string id;
  for (auto const& step : all) step(whole, id);
  auto const expected = rows_of(whole);
  Counters const sum = sum_of(whole, brand);
  ASSERT_EQ(sum.handled, 1);
  ASSERT_EQ(sum.missed_offers, 1);
  ASSERT_GT(sum.hold_ms, 0);
  for (std::size_t fallen = 1; fallen <= all.size(); ++fallen) {
    for (bool const saved : {false, true}) {
      SCOPED_TRACE(fallen);
      SmallCentre centre;
      std::string here;
      for (std::size_t i = 0; i < all.size(); ++i) {
        all[i](centre, here);
        if (saved && i % 3 == fallen % 3) save(centre);
        if (i + 1 == fallen) centre.crash();
      }
      EXPECT_TRUE(rows_of(centre) == expected);
    }
  }
}

TEST(Numbers, TodayGoesOnAfterACrash) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(EndInteraction{id}, SmallCentre::by(ana));
  centre.pass(base::minute);
  auto const today = [&] {
    centre.tell();
    auto const told = centre.all<QueueNumbers>();
    EXPECT_FALSE(told.empty());
    return told.empty() ? Counters{} : told.back().today->counted;
  };
  Counters const before = today();
  EXPECT_EQ(before.handled, 1);
  centre.crash();
  EXPECT_EQ(today(), before);
  centre.pass(base::day);
  std::string const other = centre.must(centre.start()).interaction;
  centre.must(EndInteraction{other}, SmallCentre::customer("c-1"));
  EXPECT_EQ(today().handled, 0) << "of the day before";
  EXPECT_EQ(today().offered, 1);
}

TEST(Numbers, OfTheRunningHalfHourAndOfAgentsAreTold) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(centre.start());
  centre.must(centre.start());
  centre.must(centre.start(domain::Channel::voice));
  centre.pass(base::minute);
  centre.tell();
  QueueNumbers const queue = centre.all<QueueNumbers>().back();
  EXPECT_EQ(queue.queue, "billing");
  EXPECT_EQ(queue.waiting, 3U);
  EXPECT_EQ(queue.half_hour->waiting, 3U);
  EXPECT_EQ(queue.half_hour->report.counted.answered, 1);
  EXPECT_EQ(queue.half_hour->report.service_level, 1'000);
  EXPECT_EQ(queue.today->counted.answered, 1);
  auto const agents = centre.all<AgentNumbers>();
  auto const hers = std::ranges::find(agents, ana, &AgentNumbers::agent);
  ASSERT_NE(hers, agents.end());
  EXPECT_EQ(hers->state, insight::AgentState::talking);
  EXPECT_GE(hers->today->counted.states.of(insight::AgentState::talking), base::minute) << "the running stretch too";
  BrandNumbers const whole = centre.all<BrandNumbers>().back();
  EXPECT_EQ(whole.waiting, 3U);
  EXPECT_EQ(whole.agents[static_cast<std::size_t>(insight::AgentState::talking)], 1U);
  EXPECT_EQ(whole.agents[static_cast<std::size_t>(insight::AgentState::offline)], 1U);
  EXPECT_EQ(whole.today->counted.answered, 1);
}

}  // namespace
}  // namespace rapport::centre
