// What a conversation leaves behind for the customer: promises, and the case that it belongs to.
#include <gtest/gtest.h>

#include "customers/documents.hpp"
#include "customers/json.hpp"
#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using domain::EventKind;
using test::ana;
using test::SmallCentre;

AddEvent promise(std::string const& interaction, std::string text, std::string due = {}, std::string id = {}) {
  AddEvent command{interaction, {}, false};
  command.event.kind = EventKind::promise;
  command.event.text = std::move(text);
  command.event.id = std::move(id);
  if (!due.empty()) command.event.attributes.push_back({{}, "due", domain::Value::of_text(std::move(due))});
  return command;
}

std::vector<customers::Promise> kept_of(SmallCentre& centre, std::string const& interaction) {
  std::vector<customers::Promise> kept;
  auto const page = centre.store.documents_by_lookup("promise", customers::promises_of_interaction(interaction), {}, 50);
  for (auto const& document : page->documents) {
    auto read = customers::promise_from_json(document.body);
    EXPECT_TRUE(read) << read.error().message;
    EXPECT_EQ(document.person, "c-1");
    kept.push_back(*read);
  }
  return kept;
}

TEST(CorePromises, BecomeTheCustomersWithTheEvent) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(AttachToCase{id, "k-1"}, SmallCentre::by(ana));
  centre.must(promise(id, "Call back, my card is 4111 1111 1111 1111", "2030-03-02T09:15:00Z", "p"), SmallCentre::by(ana));
  centre.must(promise(id, "Call back, my card is 4111 1111 1111 1111", "2030-03-02T09:15:00Z", "p"), SmallCentre::by(ana));
  auto const kept = kept_of(centre, id);
  ASSERT_EQ(kept.size(), 1U) << "a repeat promises nothing more";
  EXPECT_EQ(kept[0].customer, "c-1");
  EXPECT_EQ(kept[0].case_id, "k-1");
  EXPECT_EQ(kept[0].owner, ana);
  EXPECT_EQ(kept[0].event, "p");
  EXPECT_EQ(kept[0].due, *base::parse_rfc3339("2030-03-02T09:15:00Z"));
  EXPECT_EQ(kept[0].text.find("4111 1111"), std::string::npos) << kept[0].text;
}

TEST(CorePromises, ACorrectionTakesThePlaceOfWhatItCorrects) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(promise(id, "Call back on Monday", "next Monday", "p"), SmallCentre::by(ana));
  AddEvent corrected = promise(id, "Call back on Tuesday");
  corrected.event.revises = "p";
  centre.must(corrected, SmallCentre::by(ana));
  auto const kept = kept_of(centre, id);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].text, "Call back on Tuesday");
  EXPECT_EQ(kept[0].due, std::nullopt);
}

TEST(CorePromises, TooLongAPromiseIsRefused) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  EXPECT_EQ(centre.refusal(promise(id, std::string(5'000, 'x')), SmallCentre::by(ana)), "too_many");
  EXPECT_TRUE(kept_of(centre, id).empty());
}

TEST(CoreCases, AnInteractionKnowsItsCaseAfterACrash) {
  SmallCentre centre;
  std::string const id = centre.chat_with_ana();
  centre.must(AttachToCase{id, "k-1"}, SmallCentre::by(ana));
  EXPECT_EQ(centre.refusal(AttachToCase{id, "k-2"}, SmallCentre::by(test::ben)), "not_yours");
  centre.crash();
  ASSERT_NE(centre.core().live(id), nullptr);
  EXPECT_EQ(centre.core().live(id)->row.case_id, "k-1");
  EXPECT_EQ(centre.core().live(id)->head->case_id, "k-1");
}

}  // namespace
}  // namespace rapport::centre
