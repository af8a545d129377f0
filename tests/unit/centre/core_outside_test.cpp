// Calls that leave for a number outside: the agent keeps them until somebody has them there.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using domain::EventKind;
using test::ana;
using test::ben;
using test::SmallCentre;

std::string const number = "+442079460200";

std::string call_that_leaves(SmallCentre& centre) {
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start(domain::Channel::voice)).interaction;
  centre.must(AnswerOffer{ana, id});
  centre.must(TransferOutside{id, number}, SmallCentre::by(ana));
  return id;
}

std::size_t told(SmallCentre const& centre, std::string const& id, std::string_view kind) {
  return static_cast<std::size_t>(std::ranges::count_if(centre.live(id).events, [&](domain::Event const& event) { return event.text_of("kind") == kind && event.text_of("to") == number; }));
}

TEST(CoreOutside, TheAgentKeepsItOnHoldUntilItIsReachedAndThenItIsOver) {
  SmallCentre centre;
  std::string const id = call_that_leaves(centre);
  LiveInteraction const& live = centre.live(id);
  EXPECT_EQ(live.stage, Stage::connected);
  EXPECT_EQ(live.agent, ana);
  EXPECT_TRUE(live.hold_from);
  EXPECT_EQ(live.summary().outside, number);
  EXPECT_EQ(told(centre, id, "transfer_outside_started"), 1U);
  EXPECT_EQ(centre.refusal(TransferOutside{id, number}, SmallCentre::by(ana)), "transfer_in_progress");
  EXPECT_EQ(centre.refusal(TransferInteraction{id, TransferInteraction::To::agent, ben, {}, true}, SmallCentre::by(ana)), "transfer_in_progress");
  EXPECT_EQ(centre.refusal(LeaveCall{id}, SmallCentre::by(ana)), "transfer_in_progress");
  centre.must(OutsideReached{id});
  EXPECT_EQ(live.stage, Stage::over);
  EXPECT_FALSE(live.hold_from);
  EXPECT_EQ(live.summary().outside, number);
  EXPECT_EQ(told(centre, id, "transfer_outside"), 1U);
  EXPECT_EQ(live.events.back().kind, EventKind::ended);
  EXPECT_EQ(live.events.back().by, domain::Role::agent);
  EXPECT_EQ(centre.refusal(OutsideReached{id}), "no_transfer");
  EXPECT_EQ(centre.refusal(OutsideNotReached{id}), "no_transfer");
}

TEST(CoreOutside, NotReachedOrCalledOffTheCustomerIsBack) {
  SmallCentre centre;
  std::string const id = call_that_leaves(centre);
  LiveInteraction const& live = centre.live(id);
  centre.must(OutsideNotReached{id});
  EXPECT_EQ(live.stage, Stage::connected);
  EXPECT_FALSE(live.hold_from);
  EXPECT_EQ(live.summary().outside, "");
  EXPECT_EQ(centre.refusal(OutsideReached{id}), "no_transfer");
  centre.must(TransferOutside{id, number}, SmallCentre::by(ana));
  centre.must(CancelTransfer{id}, SmallCentre::by(ana));
  EXPECT_FALSE(live.hold_from);
  EXPECT_EQ(live.summary().outside, "");
  EXPECT_EQ(centre.refusal(CancelTransfer{id}, SmallCentre::by(ana)), "no_transfer");
}

TEST(CoreOutside, WhoeverHasItGoesBackAndForthAndMayLetGoThemselves) {
  SmallCentre centre;
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start(domain::Channel::voice)).interaction;
  centre.must(AnswerOffer{ana, id});
  centre.must(StartHold{id}, SmallCentre::by(ana));
  centre.must(TransferOutside{id, number}, SmallCentre::by(ana));
  centre.must(EndHold{id}, SmallCentre::by(ana));
  centre.must(StartHold{id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.refusal(OutsideReached{id}, SmallCentre::by(ben)), "not_yours");
  centre.must(OutsideReached{id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.live(id).stage, Stage::over);
}

TEST(CoreOutside, WhoeverElseGetsItOrEndsItKeepsItHere) {
  SmallCentre centre;
  std::string const back = call_that_leaves(centre);
  centre.must(PutBack{back}, SmallCentre::by(ana));
  EXPECT_EQ(centre.live(back).summary().outside, "");
  EXPECT_FALSE(centre.live(back).hold_from);
  SmallCentre other;
  std::string const ended = call_that_leaves(other);
  other.must(EndInteraction{ended}, SmallCentre::by(ana));
  EXPECT_EQ(other.live(ended).summary().outside, "");
  EXPECT_EQ(told(other, ended, "transfer_outside"), 0U);
}

TEST(CoreOutside, AMenuLetsItLeaveWithoutAnAgent) {
  SmallCentre centre;
  StartInteraction start = centre.start(domain::Channel::voice);
  start.head.queue.clear();
  std::string const id = centre.must(start).interaction;
  EXPECT_EQ(centre.refusal(TransferOutside{id, number}, SmallCentre::by(ana)), "not_yours");
  centre.must(TransferOutside{id, number});
  EXPECT_FALSE(centre.live(id).hold_from);
  centre.must(OutsideNotReached{id});
  EXPECT_EQ(centre.live(id).stage, Stage::waiting);
  centre.must(TransferOutside{id, number});
  centre.must(OutsideReached{id});
  EXPECT_TRUE(centre.live(id).stage == Stage::over || centre.live(id).stage == Stage::finished);
  EXPECT_EQ(centre.live(id).summary().outside, number);
  EXPECT_EQ(told(centre, id, "transfer_outside"), 1U);
}

TEST(CoreOutside, OnlyACallLeavesAndOnlyByWhoHasItAndAsksNobody) {
  SmallCentre centre;
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start(domain::Channel::voice)).interaction;
  EXPECT_EQ(centre.refusal(TransferOutside{id, number}, SmallCentre::by(ana)), "not_yours");
  centre.must(AnswerOffer{ana, id});
  EXPECT_EQ(centre.refusal(TransferOutside{id, number}, SmallCentre::by(ben)), "not_yours");
  centre.must(ChangePresence{ben, routing::Presence::available, {}});
  centre.must(TransferInteraction{id, TransferInteraction::To::agent, ben, {}, true}, SmallCentre::by(ana));
  EXPECT_EQ(centre.refusal(TransferOutside{id, number}, SmallCentre::by(ana)), "transfer_in_progress");
  std::string const chat = centre.must(centre.start()).interaction;
  EXPECT_EQ(centre.refusal(TransferOutside{chat, number}), "no_call");
}

}  // namespace
}  // namespace rapport::centre
