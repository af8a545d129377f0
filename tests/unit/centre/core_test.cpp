#include "centre/core.hpp"

#include <gtest/gtest.h>

#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using domain::EventKind;
using test::ana;
using test::ben;
using test::SmallCentre;

TEST(Core, AChatGoesFromStartToClose) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(SmallCentre::message(id, "My bill is wrong"), SmallCentre::customer("c-1"));
  centre.must(SmallCentre::message(id, "I am sorry to hear that"), SmallCentre::by(ana));
  centre.must(EndInteraction{id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.live(id).stage, Stage::over);
  centre.must(WrapUp{id, ana, "billing.wrong", "resolved", {}}, SmallCentre::by(ana));
  EXPECT_EQ(centre.live(id).stage, Stage::finished);
  EXPECT_EQ(centre.kinds(id), (std::vector{EventKind::context, EventKind::offered, EventKind::answered, EventKind::message,
                                           EventKind::message, EventKind::ended, EventKind::disposition}));
  ASSERT_EQ(centre.all<InteractionFinished>().size(), 1U);
  centre.must(CloseJudged{id, std::nullopt});
  EXPECT_EQ(centre.core().live(id), nullptr);
  auto const stored = centre.store.interaction(id);
  ASSERT_TRUE(stored && *stored);
  EXPECT_TRUE((**stored).row.closed_at);
  EXPECT_TRUE((**stored).block);
  EXPECT_EQ((**stored).row.disposition, "billing.wrong");
  EXPECT_EQ((**stored).row.agents, std::vector{ana});
}

TEST(Core, EventsAreNumberedWithoutGapsForDeskAndCustomer) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(SmallCentre::message(id, "hello"), SmallCentre::customer("c-1"));
  AddEvent note{id, {}, false};
  note.event.kind = EventKind::note;
  note.event.text = "sounds upset";
  centre.must(note, SmallCentre::by(ana));
  centre.must(SmallCentre::message(id, "good morning"), SmallCentre::by(ana));
  std::uint32_t number = 0;
  std::uint32_t shown = 0;
  for (EventHappened const& told : centre.all<EventHappened>()) {
    EXPECT_EQ(told.number, ++number);
    if (told.shown != 0) {
      EXPECT_EQ(told.shown, ++shown);
    }
    EXPECT_EQ(told.shown != 0, shown_to_customer(told.event));
  }
  EXPECT_EQ(shown, 3U);  // who answered, and two messages
}

TEST(Core, AnAgentReachesOnlyWhatIsInTheirHands) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  EXPECT_EQ(centre.refusal(SmallCentre::message(id, "mine"), SmallCentre::by(ben)), "not_yours");
  EXPECT_EQ(centre.refusal(EndInteraction{id}, SmallCentre::by(ben)), "not_yours");
  EXPECT_EQ(centre.refusal(SmallCentre::message(id, "me too"), SmallCentre::customer("c-2")), "unknown_interaction");
  Actor elsewhere{Actor::Kind::supervisor, ben, std::vector<std::string>{"southwind"}};
  EXPECT_EQ(centre.refusal(TakeOver{id}, elsewhere), "unknown_interaction");
}

TEST(Core, WhoeverWrapsUpMayStillWriteANote) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(EndInteraction{id}, SmallCentre::customer("c-1"));
  AddEvent note{id, {}, false};
  note.event.kind = EventKind::note;
  note.event.text = "was about to ask for the meter";
  centre.must(note, SmallCentre::by(ana));
  EXPECT_EQ(centre.refusal(note, SmallCentre::by(ben)), "not_yours");
  EXPECT_EQ(centre.refusal(SmallCentre::message(id, "one more thing"), SmallCentre::by(ana)), "is_over");
}

TEST(Core, AnAgentOfAnotherBrandDoesNotKnowWhatIsNotInTheirHands) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  ConfigureAgent elsewhere = SmallCentre::agent(ben, "Ben");
  elsewhere.brands = std::vector<std::string>{"southwind"};
  centre.must(elsewhere);
  EXPECT_EQ(centre.refusal(SmallCentre::message(id, "hello"), SmallCentre::by(ben)), "unknown_interaction");
  EXPECT_EQ(centre.refusal(AnswerOffer{ben, id}, SmallCentre::by(ben)), "unknown_interaction");
  Actor const stranger{Actor::Kind::supervisor, ana, std::vector<std::string>{"northwind"}};
  EXPECT_EQ(centre.refusal(ChangePresence{ben, routing::Presence::available, {}}, stranger), "unknown_agent");
  // A contact that comes to a shared agent is theirs to know, whatever its brand.
  centre.must(ChangePresence{ben, routing::Presence::available, {}});
  centre.must(TransferInteraction{id, TransferInteraction::To::agent, ben, {}, false}, SmallCentre::by(ana));
  centre.must(AnswerOffer{ben, id}, SmallCentre::by(ben));
}

TEST(Core, ARefusedCommandLeavesNothingBehind) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  std::size_t const written = centre.store.written().size();
  std::size_t const changes = centre.live(id).events.size();
  EXPECT_EQ(centre.refusal(TransferInteraction{id, TransferInteraction::To::queue, "nowhere", {}, false}, SmallCentre::by(ana)), "unknown_queue");
  EXPECT_EQ(centre.refusal(CompleteTransfer{id}, SmallCentre::by(ana)), "no_transfer");
  EXPECT_EQ(centre.refusal(WrapUp{id, ana, "x", {}, {}}, SmallCentre::by(ana)), "not_over");
  EXPECT_EQ(centre.live(id).events.size(), changes);
  for (std::size_t i = written; i < centre.store.written().size(); ++i) EXPECT_TRUE(centre.store.written()[i].changes.empty());
}

TEST(Core, TheSameEventTwiceCountsOnce) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  Outcome const first = centre.must(SmallCentre::message(id, "hello", "m-1"), SmallCentre::by(ana));
  Outcome const again = centre.must(SmallCentre::message(id, "hello", "m-1"), SmallCentre::by(ana));
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.number, first.number);
  EXPECT_EQ(centre.refusal(SmallCentre::message(id, "something else", "m-1"), SmallCentre::by(ana)), "event_exists");
}

TEST(Core, CardNumbersAreMaskedBeforeAnythingSeesThem) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(SmallCentre::message(id, "it is 4111 1111 1111 1111"), SmallCentre::customer("c-1"));
  EXPECT_EQ(centre.live(id).events.back().text, "it is **** **** **** 1111");
  for (auto const& batch : centre.store.written()) {
    for (auto const& change : batch.changes) {
      if (auto const* event = std::get_if<records::AppendEvent>(&change)) {
        EXPECT_EQ(event->event.personal.find("4111 1111"), std::string::npos);
      }
    }
  }
}

TEST(Core, AHoldIsToldAsASpanWhenItEnds) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(StartHold{id}, SmallCentre::by(ana));
  EXPECT_TRUE(centre.live(id).hold_from);
  EXPECT_EQ(centre.refusal(StartHold{id}, SmallCentre::by(ana)), "already_held");
  base::Millis const begun = *centre.live(id).hold_from;
  centre.pass(20 * base::second);
  centre.must(EndHold{id}, SmallCentre::by(ana));
  domain::Event const& hold = centre.live(id).events.back();
  EXPECT_EQ(hold.kind, EventKind::hold);
  EXPECT_EQ(hold.at_ms, begun);
  EXPECT_GE(*hold.end_ms, begun + 20 * base::second);
}

TEST(Core, AColdTransferIsToldAgainOnceItsContextWasAcknowledged) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(ChangePresence{ben, routing::Presence::available, {}});
  centre.must(TransferInteraction{id, TransferInteraction::To::agent, ben, {}, false}, SmallCentre::by(ana));
  EXPECT_EQ(centre.live(id).events.back().kind, EventKind::offered);
  centre.must(AnswerOffer{ben, id}, SmallCentre::by(ben));
  auto const cold = std::ranges::find(centre.live(id).events, EventKind::transfer, &domain::Event::kind);
  ASSERT_NE(cold, centre.live(id).events.end());
  EXPECT_EQ(cold->find("context_acknowledged"), nullptr);
  centre.must(AcknowledgeContext{ben, id}, SmallCentre::by(ben));
  domain::Event const& done = centre.live(id).events.back();
  EXPECT_EQ(done.kind, EventKind::transfer);
  EXPECT_EQ(done.revises, cold->id);
  ASSERT_NE(done.find("context_acknowledged"), nullptr);
  EXPECT_EQ(centre.live(id).agent, ben);
  EXPECT_EQ(centre.live(id).row.agents, (std::vector{ana, ben}));
}

TEST(Core, AWarmTransferKeepsTheCustomerUntilTheReceiverKnows) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(ChangePresence{ben, routing::Presence::available, {}});
  centre.must(TransferInteraction{id, TransferInteraction::To::agent, ben, {}, true}, SmallCentre::by(ana));
  EXPECT_EQ(centre.live(id).agent, ana);
  centre.must(AnswerOffer{ben, id}, SmallCentre::by(ben));
  EXPECT_EQ(centre.refusal(CompleteTransfer{id}, SmallCentre::by(ana)), "not_acknowledged");
  centre.must(AcknowledgeContext{ben, id}, SmallCentre::by(ben));
  centre.must(CompleteTransfer{id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.live(id).agent, ben);
  EXPECT_TRUE(centre.live(id).wrapping.contains(ana));
  EXPECT_EQ(centre.live(id).events.back().kind, EventKind::answered);
}

TEST(Core, AConsultedColleagueMayHangUpAndIsFree) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(ChangePresence{ben, routing::Presence::available, {}});
  centre.must(TransferInteraction{id, TransferInteraction::To::agent, ben, {}, true}, SmallCentre::by(ana));
  centre.must(AnswerOffer{ben, id}, SmallCentre::by(ben));
  centre.must(AcknowledgeContext{ben, id}, SmallCentre::by(ben));
  centre.must(EndInteraction{id}, SmallCentre::by(ben));
  EXPECT_EQ(centre.live(id).agent, ana);
  EXPECT_EQ(centre.live(id).stage, Stage::connected);
  EXPECT_TRUE(centre.core().floor().agent(*parse_id<routing::AgentId>(ben))->slots.empty());
}

TEST(Core, ASupervisorTakesOver) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(ChangePresence{ben, routing::Presence::available, {}});
  Actor const supervisor{Actor::Kind::supervisor, ben, std::vector<std::string>{"northwind"}};
  centre.must(TakeOver{id}, supervisor);
  EXPECT_EQ(centre.live(id).agent, ben);
  EXPECT_EQ(centre.refusal(SmallCentre::message(id, "still me?"), SmallCentre::by(ana)), "not_yours");
}

TEST(Core, AnAbandonedContactIsOverAndFinishedAtOnce) {
  SmallCentre centre;
  std::string const id = centre.must(centre.start()).interaction;
  centre.must(EndInteraction{id}, SmallCentre::customer("c-1"));
  EXPECT_EQ(centre.live(id).stage, Stage::finished);
  EXPECT_EQ(centre.live(id).events.back().by, domain::Role::customer);
}

TEST(Core, WhoAbandonsWhileTheyAreOfferedLeavesNobodyAnythingToWrapUp) {
  SmallCentre centre;
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start()).interaction;
  ASSERT_EQ(centre.live(id).stage, Stage::offered);
  centre.must(EndInteraction{id}, SmallCentre::customer("c-1"));
  EXPECT_EQ(centre.live(id).stage, Stage::finished);
  EXPECT_EQ(centre.all<InteractionFinished>().size(), 1U);
  EXPECT_EQ(centre.all<AgentNews>().back().kind, AgentNews::Kind::offer_gone);
}

TEST(Core, AnUnansweredOfferGoesBackAndTheAgentIsNotResponding) {
  SmallCentre centre;
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start()).interaction;
  EXPECT_EQ(centre.live(id).stage, Stage::offered);
  centre.pass(21 * base::second);
  EXPECT_EQ(centre.live(id).stage, Stage::waiting);
  auto const news = centre.all<AgentNews>();
  EXPECT_TRUE(std::ranges::any_of(news, [](AgentNews const& one) { return one.kind == AgentNews::Kind::offer_gone && one.why == "no_answer"; }));
}

TEST(Core, WhoMayAddWhichEvent) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  AddEvent forged{id, {}, false};
  forged.event.kind = EventKind::answered;
  EXPECT_EQ(centre.refusal(forged, SmallCentre::by(ana)), "bad_event");
  AddEvent remedy{id, {}, false};
  remedy.event.kind = EventKind::remedy;
  EXPECT_EQ(centre.refusal(remedy, SmallCentre::customer("c-1")), "bad_event");
}

TEST(Core, ARecognisersWordsAreWhoseTheySayAndShowThatWordsAreObserved) {
  SmallCentre centre;
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  std::string const id = centre.must(centre.start(domain::Channel::voice)).interaction;
  centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana));
  EXPECT_FALSE(centre.live(id).head->observed->has(domain::Source::words));
  centre.pass(5 * base::second);
  AddEvent words{id, {}, true};
  words.event.kind = EventKind::utterance;
  words.event.by = domain::Role::customer;
  words.event.text = "My bill is wrong, the card is 4111 1111 1111 1111";
  words.event.at_ms = 1'000;
  words.event.end_ms = 2'500;
  centre.must(words);
  domain::Event const& kept = centre.live(id).events.back();
  EXPECT_EQ(kept.by, domain::Role::customer);
  EXPECT_EQ(kept.at_ms, 1'000);
  EXPECT_EQ(kept.text.find("4111"), std::string::npos);
  EXPECT_TRUE(centre.live(id).head->observed->contains({domain::Source::words, domain::Source::timing}));
  centre.crash();  // what is observed outlives it
  EXPECT_TRUE(centre.live(id).head->observed->contains({domain::Source::words, domain::Source::timing}));
  words.event.end_ms = base::hour;
  EXPECT_NE(centre.refusal(words), "");
}

}  // namespace
}  // namespace rapport::centre
