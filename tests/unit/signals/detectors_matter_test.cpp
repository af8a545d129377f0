#include <gtest/gtest.h>

#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using domain::Attribute;
using domain::EventKind;
using domain::Role;
using domain::Value;
using test::DetectorScene;
using test::event_at;

TEST(Paraphrase, SaysTheMatterBack) {
  std::vector<std::pair<std::string, bool>> const lines = {
      {"So your parcel says delivered, but the neighbours have nothing.", true},
      {"The courier left it somewhere and it must be wrapped by Friday. Have I that right?", true},
      {"it sounds like the parcel went to the neighbours", true},
      {"Sorry to hear the birthday parcel is not with the neighbours.", true},
      {"So I'll send you another parcel for the birthday.", false},
      {"You can ask the neighbours about the parcel.", false},
      {"What is the parcel number?", false},
      {"I see.", false},
      {"Is there anything else?", false},
  };
  for (auto const& [text, back] : lines) {
    DetectorScene scene("paraphrase");
    scene.customer("my parcel says delivered but there is nothing here and nothing with the neighbours it is a birthday present for friday");
    EXPECT_EQ(scene.agent(text) != "", back) << text;
  }
}

TEST(Paraphrase, TakesNoEchoedNumberForTheMatter) {
  DetectorScene scene("paraphrase");
  scene.customer("it was charged 64.20 and 118.00");
  EXPECT_EQ(scene.agent("so that is 64.20 and 118.00"), "");
}

TEST(RefersBack, SharesTheCustomersWords) {
  DetectorScene scene("refers_back", {{"shared", "2"}});
  EXPECT_EQ(scene.agent("a wedding in perth"), "");
  scene.customer("i need a room for our wedding near the lake");
  EXPECT_EQ(scene.agent("I have a room. A quiet room by the lake would suit the wedding."), "A quiet room by the lake would suit the wedding");
}

TEST(RefersBack, ToASignalOnly) {
  DetectorScene scene("refers_back", {{"to", "problem"}, {"shared", "1"}});
  scene.customer("i have a kettle");
  EXPECT_EQ(scene.agent("what kettle"), "");
  scene.customer("the kettle is broken");
  EXPECT_EQ(scene.agent("what kettle"), "what kettle");
}

TEST(Money, ReadsAmounts) {
  std::vector<std::pair<std::string, std::int64_t>> const amounts = {
      {"that is $1,250.50", 1'250'500}, {"two hundred and eighty-six pounds forty", 286'400}, {"99p", 990}, {"a hundred and six dollars", 106'000}, {"fifty cents", 500}, {"rs 500", 500'000}, {"five dollars and fifty cents", 5'500}, {"twenty four ninety nine pounds", 24'990}};
  for (auto const& [text, value] : amounts) {
    DetectorScene scene("money");
    ASSERT_NE(scene.agent(text), "") << text;
    EXPECT_EQ(scene.last().value, value) << text;
  }
  EXPECT_EQ(DetectorScene("money").agent("it takes three to five days"), "");
}

TEST(Number, ReadsFiguresAndWords) {
  DetectorScene scene("number");
  EXPECT_EQ(scene.customer("it is four four oh one six six two nine"), "four four oh one six six two nine");
  EXPECT_EQ(scene.customer("one hundred and thirteen"), "one hundred and thirteen");
  EXPECT_EQ(scene.last().value, 113'000);
  EXPECT_EQ(scene.customer("that one is fine"), "");
}

TEST(CardNumber, PassesLuhn) {
  EXPECT_EQ(DetectorScene("card_number").customer("it is 4111 1111 1111 1111"), "4111 1111 1111 1111");
  EXPECT_EQ(DetectorScene("card_number").customer("4111-1111-1111-1111"), "4111-1111-1111-1111");
  EXPECT_NE(DetectorScene("card_number").customer("four one one one one one one one one one one one one one one one"), "");
  EXPECT_EQ(DetectorScene("card_number").customer("it is 4111 1111 1111 1112"), "");
  EXPECT_EQ(DetectorScene("card_number").customer("call 020 7946 0000"), "");
}

TEST(Status, StatesHowThingsStand) {
  EXPECT_NE(DetectorScene("status").agent("Your order has shipped."), "");
  EXPECT_NE(DetectorScene("status").agent("your order shipped this morning"), "");
  EXPECT_NE(DetectorScene("status").agent("it's still being processed"), "");
  EXPECT_EQ(DetectorScene("status").agent("Has it been delivered?"), "");
  EXPECT_EQ(DetectorScene("status").agent("it will be refunded"), "");
  EXPECT_EQ(DetectorScene("status").agent("if it is delayed we will call"), "");
  EXPECT_EQ(DetectorScene("status").agent("leave it open until it's closed"), "");
  EXPECT_EQ(DetectorScene("status").customer("my order was cancelled"), "");
}

TEST(StatusMismatch, ContradictsTheRecord) {
  auto const says = [](std::string const& record, std::string const& text) {
    DetectorScene scene("status_mismatch");
    domain::Event fact = event_at(EventKind::fact_known, 0);
    fact.attributes = {{"", "name", Value::of_text("order_status")}, {"", "value", Value::of_text(record)}};
    scene.happens(fact);
    return scene.agent(text) != "";
  };
  EXPECT_TRUE(says("lost, investigation opened", "It's on its way."));
  EXPECT_TRUE(says("shipped", "your order has not been shipped"));
  EXPECT_FALSE(says("shipped", "it's on its way"));
  EXPECT_FALSE(says("lost", "how can i help"));
}

TEST(PromiseKept, NamesAnEarlierPromise) {
  DetectorScene scene("promise_kept");
  domain::Event kept = event_at(EventKind::promise_kept, 2'000);
  kept.attributes = {{"", "promise", Value::of_text("p-1")}};
  EXPECT_EQ(scene.happens(kept), "");
  domain::Event promise = event_at(EventKind::promise, 3'000);
  promise.id = "p-1";
  scene.happens(promise);
  kept.at_ms = 4'000;
  EXPECT_EQ(scene.happens(kept), "*");
}

TEST(Notes, FireOnceWhereTheirWordsAreEnough) {
  DetectorScene scene("notes", {{"words", "5"}});
  domain::Event note = event_at(EventKind::note, 2'000);
  note.text = "boiler: no heat";
  EXPECT_EQ(scene.happens(note), "");
  note.text = "Thursday morning";
  EXPECT_EQ(scene.happens(note), "*");
  EXPECT_EQ(scene.happens(note), "");
}

TEST(VagueCause, AddsNothingToTheReason) {
  struct Case {
    char const* reason;
    char const* cause;
    char const* fires;
  };
  for (Case const& each : {Case{"hail claim", "hail", "*"},
                           Case{"hail claim", "skylight not sealed", ""},
                           Case{"no heat", "Unknown", "*"},
                           Case{"no heat", "fan, cause unclear", "*"},
                           Case{"no parcel", "left with an unknown neighbour", ""},
                           Case{"no heat", "customer error", "*"},
                           Case{"no number", "caller error", "*"},
                           Case{"no number", "caller gave the old number", ""},
                           Case{"no heat", "n/a", "*"},
                           Case{"no heat", "", "*"},
                           Case{"bill too high", "bill estimated for ten months", ""}}) {
    DetectorScene scene("vague_cause");
    domain::Event disposition = event_at(EventKind::disposition, 2'000);
    disposition.attributes = {{"", "reason", Value::of_text(each.reason)}, {"", "root_cause", Value::of_text(each.cause)}};
    EXPECT_EQ(scene.happens(disposition), each.fires) << each.cause;
  }
}

TEST(SamePhrase, CountsRepeatsInARow) {
  DetectorScene scene("same_phrase", {{"signal", "ok"}, {"times", "3"}});
  EXPECT_EQ(scene.agent("okay"), "");
  EXPECT_EQ(scene.agent("Okay"), "");
  EXPECT_EQ(scene.agent("okay"), "okay");
  EXPECT_EQ(scene.agent("okay"), "");
  EXPECT_EQ(scene.agent("of course"), "");
  EXPECT_EQ(scene.agent("okay"), "");
  EXPECT_EQ(scene.agent("okay"), "");
}

TEST(Channel, MatchesByFamily) {
  auto const fires = [](std::string const& detector, std::string const& preferred) {
    DetectorScene scene(detector);
    scene.participant(Role::customer, "Pat").preferred_channel = preferred;
    return scene.agent("hello") != "";
  };
  EXPECT_TRUE(fires("channel_match", "phone"));
  EXPECT_FALSE(fires("channel_mismatch", "phone"));
  EXPECT_TRUE(fires("channel_mismatch", "email"));
  EXPECT_FALSE(fires("channel_match", ""));
  EXPECT_FALSE(fires("channel_mismatch", ""));
}

TEST(Remedies, CompareWithTheLimit) {
  auto const fires = [](std::string const& detector, EventKind kind, std::int64_t amount) {
    DetectorScene scene(detector);
    domain::Event remedy = event_at(kind, 0);
    remedy.by = Role::agent;
    remedy.attributes = {{"", "what", Value::of_text("refund")}, {"", "amount", Value::of_thousandths(amount)}, {"", "limit", Value::of_thousandths(50'000)}};
    return scene.happens(remedy) != "";
  };
  EXPECT_TRUE(fires("remedy_within_limit", EventKind::remedy, 50'000));
  EXPECT_FALSE(fires("remedy_over_limit", EventKind::remedy, 50'000));
  EXPECT_TRUE(fires("remedy_over_limit", EventKind::remedy, 50'001));
  EXPECT_FALSE(fires("remedy_within_limit", EventKind::remedy, 50'001));
  EXPECT_TRUE(fires("needless_approval", EventKind::approval_requested, 40'000));
  EXPECT_FALSE(fires("needless_approval", EventKind::approval_requested, 60'000));
}

}  // namespace
}  // namespace rapport::signals
