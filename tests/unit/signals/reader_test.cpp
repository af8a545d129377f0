#include "signals/reader.hpp"

#include <gtest/gtest.h>

#include "unit/signals/lexicon_scene.hpp"

namespace rapport::signals {
namespace {

using domain::Attribute;
using domain::EventKind;
using domain::Role;
using domain::Value;
using namespace test;

Specs of(std::vector<Spec> signals) {
  Specs specs;
  specs.signals = std::move(signals);
  return specs;
}

TEST(Reader, FiresPhrasesWhereTheyStand) {
  Scene scene(of({phrases("thanks", {"thank you", "thanks"}), phrases("hold", {"hold"}, {"hold that thought"})}));
  EXPECT_EQ(scene.agent(0, "Thank you. Please hold"), "thanks@0 \"Thank you\"; hold@0 \"hold\"");
  EXPECT_EQ(scene.customer(2'000, "hold that thought"), "");
}

TEST(Reader, ListensToTheSpeakersOfASignalOnly) {
  Scene scene(of({by(phrases("agent.hello", {"hello"}), {Role::agent}), by(any_of("customer.hello", {"hello"}), {Role::customer}), phrases("hello", {"hello"})}));
  EXPECT_EQ(scene.agent(0, "hello"), "agent.hello@0 \"hello\"; hello@0 \"hello\"");
  EXPECT_EQ(scene.customer(1'500, "hello"), "customer.hello@1500 \"hello\"; hello@1500 \"hello\"");
}

TEST(Reader, FiresAnyOfOnceWhereTwoMembersFoundTheSame) {
  Scene scene(of({phrases("a", {"x y"}), phrases("b", {"x (y|z)"}), any_of("either", {"a", "b"})}));
  EXPECT_EQ(scene.agent(0, "x y"), "a@0 \"x y\"; b@0 \"x y\"; either@0 \"x y\"");
}

TEST(Reader, FiresOnEventsWhoseFieldsPass) {
  Spec follow_up = on_event("follow_up", EventKind::disposition);
  follow_up.events.front().where = {{"", "outcome", {"follow_up", "unresolved"}, false}, {"limits", "refund", {}, false}};
  Spec big = on_event("big", EventKind::disposition);
  big.events.front().where = {{"", "amount", {"12.50"}, false}, {"", "outcome", {"resolved"}, true}};
  Scene scene(of({follow_up, big, on_event("hold", EventKind::hold)}));
  domain::Event event = event_of(EventKind::disposition, 100);
  event.attributes = {{"", "outcome", Value::of_text("unresolved")}, {"limits", "refund", Value::of_thousandths(5'000)}, {"", "amount", Value::of_thousandths(12'500)}};
  EXPECT_EQ(scene.happens(event), "follow_up@100; big@100");
  event.attributes[0].value.text = "resolved";
  EXPECT_EQ(scene.happens(event), "");
  EXPECT_EQ(scene.happens(event_of(EventKind::hold, 200)), "hold@200");
}

TEST(Reader, FiresTheEndOfASpanWhenItHasCome) {
  Specs const specs = of({on_event("hold.start", EventKind::hold), on_event("hold.end", EventKind::hold, true), phrases("thanks", {"thanks"})});
  domain::Event hold = event_of(EventKind::hold, 1'000);
  hold.end_ms = 9'000;
  Scene scene(specs);
  EXPECT_EQ(scene.happens(hold), "hold.start@1000");
  EXPECT_EQ(scene.time_passes(8'999), "");
  EXPECT_EQ(scene.agent(9'000, "thanks"), "hold.end@9000; thanks@9000 \"thanks\"");
  Scene later(specs);
  later.happens(hold);
  EXPECT_EQ(later.time_passes(60'000), "hold.end@9000");
  EXPECT_EQ(later.ends(60'000), "");
  Scene open(specs);
  open.happens(event_of(EventKind::hold, 1'000));
  EXPECT_EQ(open.ends(60'000), "");
}

TEST(Reader, AsksDetectorsAfterThePhrasesTheyLookAt) {
  Scene scene(of({detector("seen", "sees", {{"signal", "either"}}), any_of("either", {"a", "b"}), phrases("a", {"x"}), phrases("b", {"y"})}));
  EXPECT_EQ(scene.agent(0, "y"), "seen@0; either@0 \"y\"; b@0 \"y\"");
}

TEST(Reader, FiresWhatTimeAndTheEndBring) {
  Scene scene(of({detector("late", "counts_down", {{"of", "asks"}, {"after", "5 s"}}), phrases("asks", {"well"}), any_of("gone", {"late"}), detector("end", "at_end")}));
  EXPECT_EQ(scene.agent(0, "well"), "asks@0 \"well\"");
  EXPECT_EQ(scene.time_passes(5'999), "");
  EXPECT_EQ(scene.time_passes(7'000), "late@6000; gone@6000");
  EXPECT_EQ(scene.ends(9'000), "end@9000");
}

TEST(Reader, ReadsEachEventInItsLanguage) {
  Spec spec = phrases("hello", {"hello"});
  spec.phrases.push_back({"de", {"hallo"}, {}});
  Scene scene(of({spec, detector("echo", "echo")}));
  EXPECT_EQ(scene.agent(0, "hello hallo"), "hello@0 \"hello\"; echo@0");
  EXPECT_FALSE(scene.unreadable());
  domain::Event event = event_of(EventKind::utterance, 2'000);
  event.end_ms = 3'000;
  event.by = Role::customer;
  event.text = "hello hallo";
  event.language = "de-CH";
  EXPECT_EQ(scene.happens(event), "echo@2000; hello@2000 \"hallo\"");
  event.language = "fr";
  EXPECT_EQ(scene.happens(event), "");
  EXPECT_TRUE(scene.unreadable());
  event.text = "[noise]";
  EXPECT_EQ(scene.happens(event), "");
  EXPECT_FALSE(scene.unreadable());
}

TEST(Reader, LeavesWordsThatTheRecogniserIsUnsureOf) {
  Scene scene(of({phrases("hello", {"hello"})}));
  domain::Event event = event_of(EventKind::utterance, 0);
  event.by = Role::agent;
  event.text = "hello";
  event.confidence = 299;
  EXPECT_EQ(scene.happens(event), "");
  EXPECT_TRUE(scene.unreadable());
  event.confidence = 300;
  EXPECT_EQ(scene.reader().read(event, 1).occurrences.front().confidence, 300);
}

TEST(Reader, CopiesAreCheckpoints) {
  Specs const specs = of({detector("late", "counts_down", {{"of", "asks"}}), phrases("asks", {"well"}), detector("echo", "echo"),
                          on_event("hold.end", EventKind::hold, true), with(phrases("once", {"hi"}), filter(Filter::Kind::after, {"once"}, true))});
  Scene scene(specs);
  domain::Event hold = event_of(EventKind::hold, 0);
  hold.end_ms = 4'000;
  scene.happens(hold);
  scene.agent(100, "well hi");
  Scene other(specs);
  other.continue_from(scene);
  for (Scene* each : {&scene, &other}) {
    EXPECT_EQ(each->customer(3'000, "hi well"), "echo@3000; asks@3000 \"well\"");
    EXPECT_EQ(each->time_passes(20'000), "hold.end@4000; late@9000");
  }
}

}  // namespace
}  // namespace rapport::signals
