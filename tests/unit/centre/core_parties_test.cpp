// Who is on a call: mute, colleagues who are asked and joined, supervisors who listen.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/phone_limits.hpp"
#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using domain::EventKind;
using test::ana;
using test::ben;
using test::SmallCentre;
using PartyKind = Party::Kind;

std::string const sue = "00000000-0000-7000-8000-00000000000c";

Actor supervisor(std::string const& id = sue) { return {Actor::Kind::supervisor, id, std::vector<std::string>{"northwind"}}; }

std::string call_of_ana(SmallCentre& centre) {
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start(domain::Channel::voice)).interaction;
  centre.must(AnswerOffer{ana, id});
  return id;
}

void ask_ben(SmallCentre& centre, std::string const& id) {
  centre.must(ChangePresence{ben, routing::Presence::available, {}});
  centre.must(TransferInteraction{id, TransferInteraction::To::agent, ben, {}, true}, SmallCentre::by(ana));
}

std::vector<Party> parties(SmallCentre const& centre, std::string const& id) { return centre.live(id).parties; }

std::size_t count(SmallCentre const& centre, std::string const& id, EventKind kind) {
  return static_cast<std::size_t>(std::ranges::count(centre.kinds(id), kind));
}

TEST(CoreParties, AMuteIsASpanAndEndsWithItsAgent) {
  SmallCentre centre;
  std::string const id = call_of_ana(centre);
  EXPECT_EQ(centre.refusal(MuteAgent{id, false}, SmallCentre::by(ana)), "not_muted");
  centre.must(MuteAgent{id}, SmallCentre::by(ana));
  EXPECT_TRUE(centre.live(id).summary().muted);
  EXPECT_EQ(centre.refusal(MuteAgent{id}, SmallCentre::by(ana)), "already_muted");
  EXPECT_EQ(centre.refusal(MuteAgent{id, false}, SmallCentre::by(ben)), "not_yours");
  centre.pass(5 * base::second);
  centre.must(MuteAgent{id, false}, SmallCentre::by(ana));
  domain::Event const& mute = centre.live(id).events.back();
  EXPECT_EQ(mute.kind, EventKind::mute);
  EXPECT_GE(*mute.end_ms, mute.at_ms + 5 * base::second);
  centre.must(MuteAgent{id}, SmallCentre::by(ana));
  centre.must(PutBack{id}, SmallCentre::by(ana));
  EXPECT_FALSE(centre.live(id).mute_from);
  EXPECT_EQ(count(centre, id, EventKind::mute), 2U);
  std::string const chat = centre.must(centre.start()).interaction;
  EXPECT_EQ(centre.refusal(MuteAgent{chat}), "no_call");
}

TEST(CoreParties, AColleagueWhoAnswersPutsTheCustomerOnHoldAndGivesThemBack) {
  SmallCentre centre;
  std::string const id = call_of_ana(centre);
  ask_ben(centre, id);
  EXPECT_EQ(parties(centre, id), (std::vector{Party{ben, "Ben", PartyKind::consulted, true}}));
  EXPECT_FALSE(centre.live(id).hold_from);
  centre.must(AnswerOffer{ben, id});
  EXPECT_EQ(parties(centre, id), (std::vector{Party{ben, "Ben", PartyKind::consulted, false}}));
  EXPECT_TRUE(centre.live(id).hold_from);
  EXPECT_EQ(centre.refusal(JoinColleague{id}, SmallCentre::by(ana)), "not_acknowledged");
  centre.must(LeaveCall{id}, SmallCentre::by(ben));
  EXPECT_TRUE(parties(centre, id).empty());
  EXPECT_FALSE(centre.live(id).hold_from);
  EXPECT_EQ(centre.live(id).agent, ana);
  EXPECT_EQ(count(centre, id, EventKind::leg_started), 1U);
  EXPECT_EQ(count(centre, id, EventKind::leg_ended), 1U);
  EXPECT_EQ(count(centre, id, EventKind::hold), 1U);
}

TEST(CoreParties, AConferenceGoesOnWithWhoStays) {
  SmallCentre centre;
  std::string const id = call_of_ana(centre);
  ask_ben(centre, id);
  centre.must(AnswerOffer{ben, id});
  centre.must(AcknowledgeContext{ben, id});
  centre.must(JoinColleague{id}, SmallCentre::by(ana));
  EXPECT_EQ(parties(centre, id), (std::vector{Party{ben, "Ben", PartyKind::joined, false}}));
  EXPECT_FALSE(centre.live(id).hold_from);
  EXPECT_EQ(centre.refusal(JoinColleague{id}, SmallCentre::by(ana)), "already_so");
  centre.must(LeaveCall{id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.live(id).agent, ben);
  EXPECT_EQ(centre.live(id).stage, Stage::connected);
  EXPECT_TRUE(parties(centre, id).empty());
  EXPECT_TRUE(centre.live(id).wrapping.contains(ana));
  // Every summary on the way had ben on the call: nobody hung up on him.
  for (InteractionChanged const& told : centre.all<InteractionChanged>()) {
    bool const was_there = told.live.agent == ben || std::ranges::any_of(told.live.parties, [](Party const& one) { return one.user == ben; });
    bool const joined = told.live.row.agents.size() == 2;
    EXPECT_TRUE(was_there || !joined);
  }
  centre.must(LeaveCall{id}, SmallCentre::by(ben));
  EXPECT_EQ(centre.live(id).stage, Stage::over);
}

TEST(CoreParties, AnAgentWhoGoesBeforeTheColleagueHasReadLeavesTheCustomerToTheQueue) {
  SmallCentre centre;
  std::string const id = call_of_ana(centre);
  ask_ben(centre, id);
  centre.must(AnswerOffer{ben, id});
  centre.must(ChangePresence{ana, routing::Presence::on_break, "lunch"});
  centre.must(ChangePresence{ben, routing::Presence::on_break, "lunch"});
  centre.must(LeaveCall{id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.live(id).stage, Stage::waiting);
  EXPECT_FALSE(centre.live(id).hold_from);
  EXPECT_TRUE(parties(centre, id).empty());
}

TEST(CoreParties, ASupervisorListensInTheirBrandsChangesTheWayAndTakesOver) {
  SmallCentre centre;
  std::string const id = call_of_ana(centre);
  EXPECT_EQ(centre.refusal(ListenIn{id}, {Actor::Kind::supervisor, sue, std::vector<std::string>{"southwind"}}), "unknown_interaction");
  EXPECT_EQ(centre.refusal(ListenIn{id}, supervisor(ana)), "on_the_call");
  records::AuditEntry const audit{centre.now(), "user:" + ben, "call.listen", "interaction:" + id, {}, {}, {}};
  std::size_t const written = centre.store.written().size();
  centre.must(ListenIn{id, PartyKind::monitoring, audit}, supervisor(ben));
  bool kept = false;
  auto const batches = centre.store.written();
  for (std::size_t i = written; i < batches.size(); ++i) {
    for (records::Change const& change : batches[i].changes) {
      auto const* entry = std::get_if<records::AuditEntry>(&change);
      kept = kept || (entry != nullptr && entry->brand == "northwind" && entry->action == "call.listen");
    }
  }
  EXPECT_TRUE(kept);
  EXPECT_EQ(parties(centre, id), (std::vector{Party{ben, "Ben", PartyKind::monitoring, false}}));
  EXPECT_EQ(centre.refusal(ListenIn{id, PartyKind::monitoring}, supervisor(ben)), "already_so");
  centre.must(ListenIn{id, PartyKind::barging}, supervisor(ben));
  EXPECT_EQ(parties(centre, id).front().kind, PartyKind::barging);
  centre.must(ChangePresence{ben, routing::Presence::available, {}});
  centre.must(TakeOver{id}, supervisor(ben));
  EXPECT_EQ(centre.live(id).agent, ben);
  EXPECT_TRUE(parties(centre, id).empty());
}

TEST(CoreParties, ListenersAreFewLeaveAndGoWithTheCall) {
  SmallCentre centre;
  std::string const id = call_of_ana(centre);
  auto const listener = [](std::size_t number) { return "00000000-0000-7000-8000-0000000000f" + std::to_string(number); };
  for (std::size_t i = 0; i < limits::call_listeners_max; ++i) centre.must(ListenIn{id, PartyKind::whispering}, supervisor(listener(i)));
  EXPECT_EQ(centre.refusal(ListenIn{id}, supervisor(listener(9))), "too_many");
  centre.must(LeaveCall{id, "no_phone"}, supervisor(listener(0)));
  EXPECT_EQ(centre.live(id).events.back().text_of("reason"), "no_phone");
  EXPECT_EQ(parties(centre, id).size(), limits::call_listeners_max - 1);
  centre.must(EndInteraction{id}, SmallCentre::by(ana));
  EXPECT_TRUE(parties(centre, id).empty());
  EXPECT_EQ(centre.refusal(ListenIn{id}, supervisor()), "not_connected");
}

TEST(CoreParties, AMuteThatACrashCutOffEndsWithTheCall) {
  SmallCentre centre;
  std::string const id = call_of_ana(centre);
  ask_ben(centre, id);
  centre.must(AnswerOffer{ben, id});
  centre.must(MuteAgent{id}, SmallCentre::by(ana));
  centre.must(ListenIn{id}, supervisor());
  centre.crash(base::minute);
  EXPECT_EQ(centre.live(id).stage, Stage::over);
  EXPECT_EQ(count(centre, id, EventKind::mute), 1U);
  EXPECT_EQ(count(centre, id, EventKind::hold), 1U);
  EXPECT_TRUE(parties(centre, id).empty());
  EXPECT_TRUE(centre.core().floor().agent(*parse_id<routing::AgentId>(ben))->slots.empty());
}

}  // namespace
}  // namespace rapport::centre
