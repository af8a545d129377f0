// What a new interaction is told of the customer's past.
#include "customers/journey.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace rapport::customers {
namespace {

base::Instant const journey_now{1'750'000'000'000};

PastContact contact(char const* interaction, base::Millis before, char const* reason = "", char const* matter = "") {
  return {interaction, journey_now + (-before), domain::Channel::chat, "asked about the bill", reason, "unresolved", matter};
}

std::string text_of(std::vector<domain::Attribute> const& fields, std::string_view group, std::string_view name) {
  for (auto const& field : fields) {
    if (field.group == group && field.name == name) return field.value.text;
  }
  return "none";
}

TEST(History, OldestFirstAndOnlyWhatWasBefore) {
  std::vector<PastContact> const past{contact("i-2", base::hour, "billing", "k-1"), contact("i-3", 0), contact("i-1", base::day)};
  auto const entries = history(past, journey_now);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(text_of(entries[0].extra, "", "interaction"), "i-1");
  EXPECT_EQ(text_of(entries[0].extra, "", "reason"), "none");
  EXPECT_EQ(entries[1].at, journey_now + (-base::hour));
  EXPECT_EQ(entries[1].channel, "chat");
  EXPECT_EQ(entries[1].summary, "asked about the bill");
  EXPECT_EQ(text_of(entries[1].extra, "", "reason"), "billing");
  EXPECT_EQ(text_of(entries[1].extra, "", "outcome"), "unresolved");
  EXPECT_EQ(text_of(entries[1].extra, "", "case"), "k-1");
}

TEST(History, TheLatestOfMany) {
  std::vector<PastContact> past;
  for (std::size_t i = 0; i < limits::context_history_max + 7; ++i) past.push_back(contact("i", base::hour * static_cast<base::Millis>(i + 1)));
  auto const entries = history(past, journey_now);
  ASSERT_EQ(entries.size(), limits::context_history_max);
  EXPECT_EQ(entries.back().at, journey_now + (-base::hour));
}

TEST(Context, TellsWhatIsKnownAndOwed) {
  Profile profile;
  profile.id = "c-118";
  profile.brand = "northwind";
  profile.name = "Pat Brown";
  profile.preferred_channel = "chat";
  profile.identifiers = {{"tel", "+442079460958", true}};
  profile.facts = {{"account_number", domain::Value::of_text("88123"), "i-1", "e-1", journey_now}};
  std::vector<Promise> promises(4);
  for (std::size_t i = 0; i < promises.size(); ++i) {
    promises[i].id = "p-" + std::to_string(i);
    promises[i].text = "call back";
    promises[i].made_at = journey_now + (-base::day);
    promises[i].due = journey_now + base::hour;
  }
  promises[1].due = journey_now + (-base::hour);
  promises[2].due.reset();
  ASSERT_EQ(keep(promises[3], journey_now), std::nullopt);

  auto const fields = context_fields(profile, promises, journey_now);
  EXPECT_EQ(text_of(fields, "", "brand"), "northwind");
  EXPECT_EQ(text_of(fields, "", "preferred_channel"), "chat");
  EXPECT_EQ(text_of(fields, "known", "name"), "Pat Brown");
  EXPECT_EQ(text_of(fields, "known", "account_number"), "88123");
  EXPECT_EQ(text_of(fields, "promises", "p-0"), "call back (due " + base::format_rfc3339(journey_now + base::hour) + ")");
  EXPECT_EQ(text_of(fields, "promises", "p-1"), "call back (due " + base::format_rfc3339(journey_now + (-base::hour)) + ", broken)");
  EXPECT_EQ(text_of(fields, "promises", "p-2"), "call back");
  EXPECT_EQ(text_of(fields, "promises", "p-3"), "none") << "kept";

  domain::Participant const who = participant(profile, "p2");
  EXPECT_EQ(who.role, domain::Role::customer);
  EXPECT_EQ(who.person, "c-118");
  EXPECT_EQ(who.name, "Pat Brown");
  EXPECT_EQ(who.identifiers, profile.identifiers);
  EXPECT_EQ(text_of(who.known, "", "account_number"), "88123");
}

TEST(Context, OfAStrangerNothingIsKnown) {
  Profile stranger;
  stranger.id = "c-1";
  stranger.brand = "northwind";
  EXPECT_EQ(context_fields(stranger, {}, journey_now).size(), 1U);
}

TEST(Repeats, SameReasonOrCaseWithinTheDays) {
  std::vector<PastContact> const past{contact("i-1", 7 * base::day, "billing"), contact("i-2", 2 * base::day, "moving", "k-1"),
                                      contact("i-3", 3 * base::day, "billing"), contact("i-4", base::hour)};
  EXPECT_EQ(repeats(past, "billing", "", journey_now, 7), (Repeat{"i-3", "billing", 3})) << "the latest";
  EXPECT_EQ(repeats(past, "billing", "", journey_now, 2), std::nullopt);
  EXPECT_EQ(repeats(past, "refund", "k-1", journey_now, 7), (Repeat{"i-2", "moving", 2}));
  EXPECT_EQ(repeats(past, "", "", journey_now, 30), std::nullopt) << "no reason is no common reason";
  EXPECT_EQ(repeats({&past[0], 1}, "billing", "", journey_now, 7)->days, 7) << "the bound included";
  EXPECT_EQ(repeats({&past[0], 1}, "billing", "", journey_now + 1, 7), std::nullopt);
  EXPECT_EQ(repeats({&past[0], 1}, "billing", "", past[0].at, 7), std::nullopt) << "none repeats itself";
}

TEST(Repeats, TheEventTellsReasonAndDays) {
  domain::Event const event = contact_repeated({"i-3", "billing", 3}, 250);
  EXPECT_EQ(event.kind, domain::EventKind::contact_repeated);
  EXPECT_EQ(event.at_ms, 250);
  EXPECT_EQ(event.text_of("reason"), "billing");
  EXPECT_EQ(event.find("days")->number, 3'000);
}

}  // namespace
}  // namespace rapport::customers
