// A caller in a menu: an interaction that is in no queue, and nothing to the floor, until it enters one.
#include <gtest/gtest.h>

#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using domain::EventKind;
using test::ana;
using test::SmallCentre;

std::string caller(SmallCentre& centre) {
  centre.must(ChangePresence{ana, routing::Presence::available, {}});
  return centre.must(centre.start(domain::Channel::voice, {})).interaction;
}

TEST(CoreMenu, ACallerIsOfferedToNobodyBeforeTheyEnterAQueue) {
  SmallCentre centre;
  std::string const id = caller(centre);
  EXPECT_EQ(centre.live(id).stage, Stage::waiting);
  EXPECT_TRUE(centre.live(id).row.queue.empty());
  AddEvent step{id, {}, false};
  step.event.kind = EventKind::guide_step;
  centre.must(step);
  EXPECT_EQ(centre.refusal(MoveToQueue{id, "nowhere"}), "unknown_queue");
  centre.must(MoveToQueue{id, "billing"});
  EXPECT_EQ(centre.live(id).stage, Stage::offered);
  EXPECT_EQ(centre.live(id).row.queue, "billing");
  EXPECT_EQ(centre.live(id).head->queue, "billing");
  centre.must(AnswerOffer{ana, id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.kinds(id), (std::vector{EventKind::context, EventKind::guide_step, EventKind::offered, EventKind::answered}));
}

TEST(CoreMenu, WhoLeavesInTheMenuEndsTheInteractionAndWasNeverInAQueue) {
  SmallCentre centre;
  std::string const id = caller(centre);
  centre.must(EndInteraction{id}, SmallCentre::customer("c-1"));
  EXPECT_EQ(centre.live(id).stage, Stage::finished);
  EXPECT_EQ(centre.live(id).events.back().by, domain::Role::customer);
  EXPECT_EQ(centre.refusal(MoveToQueue{id, "billing"}), "unknown_contact");
  EXPECT_EQ(centre.refusal(EndInteraction{id}), "is_over");
}

TEST(CoreMenu, ACrashEndsTheCallOfACallerInAMenu) {
  SmallCentre centre;
  std::string const id = caller(centre);
  centre.crash(base::minute);
  EXPECT_EQ(centre.live(id).stage, Stage::finished);
  EXPECT_EQ(centre.live(id).events.back().kind, EventKind::ended);
  centre.crash();  // and is not ended twice
  EXPECT_EQ(centre.kinds(id), (std::vector{EventKind::context, EventKind::ended}));
}

TEST(CoreMenu, OnlyACallMayBeInNoQueue) {
  SmallCentre centre;
  EXPECT_EQ(centre.refusal(centre.start(domain::Channel::chat, {})), "unknown_queue");
}

}  // namespace
}  // namespace rapport::centre
