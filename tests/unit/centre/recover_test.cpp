// What a crash at any moment leaves: everything that was durable, and nobody stuck.
#include <gtest/gtest.h>

#include <functional>

#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using test::ana;
using test::ben;
using test::SmallCentre;

/// The steps of a conversation with everything in it; each leaves the centre in another state.
std::vector<std::function<void(SmallCentre&, std::string&)>> steps() {
  return {
      [](SmallCentre& centre, std::string&) { centre.must(ChangePresence{ana, routing::Presence::available, {}}); },
      [](SmallCentre& centre, std::string& id) { id = centre.must(centre.start()).interaction; },
      [](SmallCentre& centre, std::string& id) { centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana)); },
      [](SmallCentre& centre, std::string& id) { centre.must(SmallCentre::message(id, "My bill is wrong"), SmallCentre::customer("c-1")); },
      [](SmallCentre& centre, std::string& id) { centre.must(StartHold{id}, SmallCentre::by(ana)); },
      [](SmallCentre& centre, std::string& id) { centre.must(EndHold{id}, SmallCentre::by(ana)); },
      [](SmallCentre& centre, std::string&) { centre.must(ChangePresence{ben, routing::Presence::available, {}}); },
      [](SmallCentre& centre, std::string& id) { centre.must(TransferInteraction{id, TransferInteraction::To::agent, ben, {}, false}, SmallCentre::by(ana)); },
      [](SmallCentre& centre, std::string& id) { centre.must(AnswerOffer{ben, id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(AcknowledgeContext{ben, id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(SmallCentre::message(id, "all done"), SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(EndInteraction{id}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(WrapUp{id, ben, "billing.wrong", "resolved", {}}, SmallCentre::by(ben)); },
      [](SmallCentre& centre, std::string& id) { centre.must(WrapUp{id, ana, {}, {}, {}}, SmallCentre::by(ana)); },
  };
}

void expect_same(LiveInteraction const& now, LiveInteraction const& before) {
  EXPECT_EQ(now.row, before.row);
  EXPECT_EQ(*now.head, *before.head);
  EXPECT_EQ(now.events, before.events);
  EXPECT_EQ(now.shown, before.shown);
  EXPECT_EQ(now.stage, before.stage);
  EXPECT_EQ(now.agent, before.agent);
  EXPECT_EQ(now.wrapping, before.wrapping);
  EXPECT_EQ(now.hold_from, before.hold_from);
  EXPECT_EQ(now.transfer, before.transfer);
}

TEST(Recover, AfterEveryStepTheNextProcessStandsWhereTheLastOneFell) {
  auto const all = steps();
  for (std::size_t fallen = 1; fallen <= all.size(); ++fallen) {
    SCOPED_TRACE(fallen);
    SmallCentre centre;
    std::string id;
    for (std::size_t i = 0; i < fallen; ++i) all[i](centre, id);
    std::optional<LiveInteraction> before;
    if (!id.empty()) before = centre.live(id);
    routing::State const floor = centre.core().floor();
    centre.crash();
    EXPECT_TRUE(centre.core().floor() == floor);
    if (before) expect_same(centre.live(id), *before);
    for (std::size_t i = fallen; i < all.size(); ++i) all[i](centre, id);  // and goes on as if nothing had been
    EXPECT_EQ(centre.live(id).stage, Stage::finished);
  }
}

TEST(Recover, ASnapshotOfTheFloorStandsForTheLogBefore) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  ASSERT_TRUE(centre.store.commit({{records::SaveFloor{centre.core().floor_snapshot()}}, centre.now(), true}));
  centre.must(SmallCentre::message(id, "hello"), SmallCentre::by(ana));
  routing::State const floor = centre.core().floor();
  centre.crash();
  EXPECT_TRUE(centre.core().floor() == floor);
  EXPECT_EQ(centre.live(id).agent, ana);
}

TEST(Recover, ARunningCallHasEndedAsInterruptedAndItsAgentWrapsUp) {
  SmallCentre centre;
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start(domain::Channel::voice)).interaction;
  centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana));
  centre.crash(2 * base::second);
  EXPECT_EQ(centre.live(id).stage, Stage::over);
  EXPECT_EQ(centre.live(id).events.back().kind, domain::EventKind::ended);
  EXPECT_EQ(centre.live(id).events.back().by, domain::Role::bot);
  EXPECT_TRUE(centre.live(id).wrapping.contains(ana));
}

TEST(Recover, WhoIsToBeCalledBackStillIsAndALineThatOnlyRangCostsNothing) {
  SmallCentre centre;
  std::string const id = centre.must(centre.start(domain::Channel::voice)).interaction;
  centre.must(RequestCallback{id, std::nullopt});
  centre.crash(2 * base::second);
  EXPECT_EQ(centre.live(id).stage, Stage::waiting);
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana));
  centre.must(ChangePresence{ana, routing::Presence::on_break, "lunch"});
  centre.crash(2 * base::second);  // the customer's phone rang
  EXPECT_EQ(centre.live(id).stage, Stage::waiting);
  centre.must(WrapUp{id, ana, {}, {}, {}}, SmallCentre::by(ana));
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana));
  AddEvent reached{id, {}, false};
  reached.event.kind = domain::EventKind::leg_started;
  reached.event.leg = "customer";
  reached.event.attributes.push_back({{}, "state", domain::Value::of_text("answered")});
  centre.must(reached);
  centre.crash(2 * base::second);  // this line broke
  EXPECT_EQ(centre.live(id).stage, Stage::over);
}

TEST(Recover, DeadlinesThatPassedMeanwhileAreDecidedAtTheirOwnInstant) {
  SmallCentre centre;
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start()).interaction;
  base::Instant const due = *centre.core().next_deadline();
  centre.crash(base::hour);
  auto const kinds = centre.kinds(id);
  EXPECT_GT(std::ranges::count(kinds, domain::EventKind::offered), 10);  // free again each time, and offered again
  auto const news = centre.all<AgentNews>();
  EXPECT_TRUE(std::ranges::any_of(news, [&](AgentNews const& one) { return one.why == "not_responding" && one.until > due && one.until < due + base::hour; }));
}

TEST(Recover, QueuesMaySendContactsToEachOther) {
  auto const queue = [](std::string const& slug, std::uint32_t number, std::uint32_t overflow_to) {
    ConfigureQueue one = SmallCentre::queue(slug, number, 0);
    auto rules = std::make_shared<routing::Queue>(*one.rules);
    rules->overflow_to = routing::QueueId{overflow_to};
    rules->overflow_after_ms = 10 * base::second;
    one.rules = std::move(rules);
    return one;
  };
  Core core{7};
  Step step;
  std::vector<Command> const configuration{ConfigureBrand{"northwind", "Northwind", "UTC", "en"}, queue("a", 0, 1), queue("b", 1, 0)};
  auto const recovered = core.recover({}, configuration, base::Instant{1'780'000'000'000}, step);
  ASSERT_TRUE(recovered) << recovered.error().message;
  EXPECT_EQ(core.floor().queue(routing::QueueId{0})->rules->overflow_to, routing::QueueId{1});
  EXPECT_EQ(core.floor().queue(routing::QueueId{1})->rules->overflow_to, routing::QueueId{0});
}

TEST(Recover, AContactOfWhichNothingElseWasKeptLeavesTheFloor) {
  test::MemoryStore store;
  base::Instant const now{1'780'000'000'000};
  Step step;
  Core first{7};
  ASSERT_TRUE(first.recover({}, SmallCentre::configuration(), now, step));
  ASSERT_TRUE(first.handle(SmallCentre{}.start(), {}, now, step));
  std::erase_if(step.changes, [](records::Change const& change) { return !std::holds_alternative<records::AppendFloor>(change); });
  ASSERT_TRUE(store.commit({std::move(step.changes), now, true}));
  Core next{8};
  Step after;
  ASSERT_TRUE(next.recover(*store.load(), SmallCentre::configuration(), now, after));
  for (routing::ContactNumber number = 0; number < next.floor().contact_numbers_end(); ++number) EXPECT_TRUE(next.floor().contact(number).id.nil());
}

TEST(Recover, WhatWasFinishedButNotClosedIsJudgedAgain) {
  SmallCentre centre;
  std::string const id = centre.must(centre.start()).interaction;
  centre.must(EndInteraction{id}, SmallCentre::customer("c-1"));
  centre.crash();
  ASSERT_EQ(centre.all<InteractionFinished>().size(), 1U);
  EXPECT_EQ(centre.all<InteractionFinished>().front().interaction, id);
}

}  // namespace
}  // namespace rapport::centre
