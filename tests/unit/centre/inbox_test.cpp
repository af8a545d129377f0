// What reaches a supervisor: kept with what raised it, told once, also across a crash.
#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "centre/inbox_document.hpp"
#include "centre/tail_codec.hpp"
#include "records/newest_first.hpp"
#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using test::ana;
using test::SmallCentre;

std::vector<InboxItem> inbox(SmallCentre& centre) {
  std::vector<InboxItem> items;
  auto const page = centre.store.documents(inbox_kind, std::nullopt, {}, 100);
  for (records::Document const& document : page->documents) {
    if (auto item = inbox_item(document)) items.push_back(std::move(*item));
  }
  return items;
}

AddEvent flag(std::string const& id, std::string reason) {
  AddEvent command{id, {}, false};
  command.event.kind = domain::EventKind::flagged;
  command.event.attributes.push_back({{}, "reason", domain::Value::of_text(std::move(reason))});
  return command;
}

TEST(Inbox, AFlagIsKeptWithItsEvent) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  Outcome const done = centre.must(flag(id, "threats"), SmallCentre::by(ana));
  auto const items = inbox(centre);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].raised.kind, Raised::Kind::flag);
  EXPECT_EQ(items[0].raised.event, done.event);
  EXPECT_EQ(items[0].raised.text, "threats");
  EXPECT_EQ(items[0].raised.agent, ana);
  EXPECT_EQ(items[0].person, "c-1") << "its words go with the customer's key";
  auto const told = centre.all<Raised>();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].id, items[0].raised.id);
}

TEST(Inbox, ALongReasonIsShownByItsBeginning) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  std::string reason = "x";
  while (reason.size() < 2 * limits::inbox_text_bytes_max) reason += "ä";
  centre.must(flag(id, reason), SmallCentre::by(ana));
  std::string const text = inbox(centre).at(0).raised.text;
  EXPECT_LE(text.size(), limits::inbox_text_bytes_max + std::string{"…"}.size());
  EXPECT_TRUE(text.ends_with("ä…"));
}

TEST(Inbox, AMissIsRaisedOnceWhileItLivesAndNotAgainAtTheEnd) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(RaiseMissed{id, {{"a.one", "Do one"}}});
  centre.must(RaiseMissed{id, {{"a.one", "Do one"}, {"a.two", "Do two"}}});
  centre.must(EndInteraction{id}, SmallCentre::by(ana));
  centre.must(WrapUp{id, ana, {}, {}, {}}, SmallCentre::by(ana));
  centre.must(CloseJudged{id, std::nullopt, {{"a.two", "Do two"}, {"a.three", "Do three"}}});
  std::vector<std::string> practices;
  for (InboxItem const& item : inbox(centre)) {
    EXPECT_EQ(item.raised.agent, ana);
    practices.push_back(item.raised.practice);
  }
  std::ranges::sort(practices);
  EXPECT_EQ(practices, (std::vector<std::string>{"a.one", "a.three", "a.two"}));
  EXPECT_EQ(centre.refusal(RaiseMissed{id, {{"a.four", "Late"}}}), "unknown_interaction");
}

TEST(Inbox, WhatWasRaisedIsRememberedAcrossACrash) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(RaiseMissed{id, {{"a.one", "Do one"}}});
  centre.crash();
  centre.core().remember_raised(id, "a.one");
  centre.must(RaiseMissed{id, {{"a.one", "Do one"}}});
  EXPECT_EQ(inbox(centre).size(), 1U);
}

TEST(Inbox, AnItemComesBackAsItWasKept) {
  InboxItem item;
  item.raised = {Raised::Kind::help, records::newest_first_id({5}, "i-1"), "i", "northwind", ana, "p", "e1", "a \"lead\"", {5}};
  item.person = "c";
  item.state = InboxItem::State::taken;
  item.by = "u";
  item.changed_at = {9};
  item.note = "soon";
  records::PutDocument const kept = inbox_document(item, 3);
  EXPECT_EQ(kept.expected, 3);
  auto const read = inbox_item({kept.kind, kept.id, kept.brand, 4, {9}, kept.person, kept.body});
  ASSERT_TRUE(read);
  EXPECT_EQ(inbox_document(*read, 3).body, kept.body);
  EXPECT_EQ(read->raised.id, item.raised.id);
  EXPECT_FALSE(inbox_item({"inbox", "x", "b", 1, {}, "c", {}})) << "erased";
  EXPECT_FALSE(inbox_item({"inbox", "x", "b", 1, {}, "c", "[]"}));
}

TEST(NewestFirst, LaterIdsComeFirst) {
  EXPECT_LT(records::newest_first_id({2'000}, "a"), records::newest_first_id({1'000}, "a"));
  EXPECT_LT(records::newest_first_id({2'000}, "a"), records::newest_first_id({2'000}, "b"));
  EXPECT_EQ(records::newest_first_id({0}, "x"), "ffffffffffff-x");
}

TEST(TailCodec, ReviewsAndSourcesComeBack) {
  domain::Interaction const head;
  VerdictReview review{"opening.greet", evaluation::Verdict::met, evaluation::Verdict::missed, "u-1", {1'780'000'000'000}, "said \"hi\""};
  records::Content const kept = encode(review);
  EXPECT_EQ(kept.skeleton.find("said"), std::string::npos) << "the reason is personal";
  auto const read = decode_tail(kept, head);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(std::get<VerdictReview>(*read), review);
  auto const erased = decode_tail({kept.skeleton, {}}, head);
  ASSERT_TRUE(erased);
  review.reason.clear();
  EXPECT_EQ(std::get<VerdictReview>(*erased), review);
  LateSources const sources{{domain::Source::words, domain::Source::survey}};
  auto const found = decode_tail(encode(sources), head);
  ASSERT_TRUE(found);
  EXPECT_EQ(std::get<LateSources>(*found), sources);
}

TEST(TailCodec, RefusesWhatIsNeither) {
  domain::Interaction const head;
  for (char const* const skeleton : {"", "3", "{", "{}", R"({"review":{}})", R"({"review":{"practice":"p","verdict":"fine","machine":"met","by":"u","at":"2026-01-01T00:00:00Z"}})",
                                     R"({"review":{"practice":"p","verdict":"met","machine":"met","by":"u","at":"soon"}})", R"({"observed":["smell"]})", R"({"observed":{}})"}) {
    EXPECT_FALSE(decode_tail({skeleton, {}}, head)) << skeleton;
  }
}

}  // namespace
}  // namespace rapport::centre
