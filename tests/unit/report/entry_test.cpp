#include "report/entry.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "report/parts.hpp"
#include "scene.hpp"

namespace rapport::report {
namespace {

using domain::Role;

class Entries : public testing::Test {
 protected:
  simdjson::dom::element parse(simdjson::dom::parser& parser, std::string const& json) {
    simdjson::dom::element element;
    EXPECT_EQ(parser.parse(json).get(element), simdjson::SUCCESS) << json;
    return element;
  }
  simdjson::dom::element summary(Entry const& entry) { return parse(summary_parser_, entry.summary); }
  simdjson::dom::element details(Entry const& entry) { return parse(details_parser_, entry.details); }

  playbook::Playbook playbook_ = scene::playbook();
  EntryMaker maker_{playbook_};
  simdjson::dom::parser summary_parser_;
  simdjson::dom::parser details_parser_;
};

TEST_F(Entries, SummaryHoldsWhatListsAndCountsNeed) {
  auto const made = summary(maker_.make(scene::conversation(), scene::ledger()));
  EXPECT_EQ(std::string_view(made["id"]), "i-1");
  EXPECT_EQ(std::string_view(made["v"]), "mxn");
  EXPECT_EQ(std::int64_t(made["score"]), 50'000);
  EXPECT_EQ(std::int64_t(made["ms"]), 5'000);
  EXPECT_EQ(std::string_view(made["agents"].at(0).at(0)), "a-1");
  EXPECT_EQ(std::string_view(made["agents"].at(0).at(1)), "Dana");
  EXPECT_EQ(std::string_view(made["customer"]), "Pat");
  EXPECT_EQ(made["at"].error(), simdjson::NO_SUCH_FIELD);  // no date
  EXPECT_EQ(made["by"].error(), simdjson::NO_SUCH_FIELD);  // one agent
  EXPECT_EQ(std::string_view(made["worst"].at(0).at(3)), "that was your own mistake");
  EXPECT_EQ(std::string_view(made["best"].at(0).at(3)), "hello there");
}

TEST_F(Entries, ScoreMayBeMissing) {
  auto ledger = scene::ledger();
  ledger.score.reset();
  EXPECT_TRUE(summary(maker_.make(scene::conversation(), ledger))["score"].is_null());
}

TEST_F(Entries, VerdictsBelongToTheResponsibleAgent) {
  auto head = scene::head();
  head.participants.push_back(scene::participant("b", Role::agent, "Noor"));
  auto second = scene::words(Role::agent, 3'200, 5'000, "that was your own mistake");
  second.participant = 2;
  auto first = scene::words(Role::agent, 0, 1'000, "hello there");
  first.participant = 0;
  auto const timeline = scene::timeline(head, {first, scene::words(Role::customer, 1'500, 3'000, "hi"), second});
  auto ledger = scene::ledger();
  ledger.occasions[1].responsible = 2;
  auto const made = summary(maker_.make(timeline, ledger));
  ASSERT_EQ(made["agents"].get_array().size(), 2U);
  EXPECT_EQ(std::int64_t(made["by"].at(0)), 0);
  EXPECT_EQ(std::int64_t(made["by"].at(1)), 1);
}

TEST_F(Entries, DetailsHoldRowsAndEvidence) {
  auto const made = details(maker_.make(scene::conversation(), scene::ledger()));
  ASSERT_EQ(made["rows"].get_array().size(), 3U);
  EXPECT_EQ(std::string_view(made["rows"].at(1).at(5)), "my card does not work");
  ASSERT_EQ(made["occasions"].get_array().size(), 2U);
  auto const evidence = made["occasions"].at(1).at(7).at(0);
  EXPECT_EQ(std::int64_t(evidence.at(0)), 2);
  EXPECT_EQ(std::int64_t(evidence.at(1)), 9);
  EXPECT_EQ(std::int64_t(evidence.at(2)), 25);
  EXPECT_TRUE(bool(made["timed"]));
  EXPECT_EQ(std::int64_t(made["practices"].at(2).at(0)), static_cast<std::int64_t>(evaluation::Why::no_occasion));
}

TEST_F(Entries, AMeasuresReadingStandsInTheUnitOfItsBand) {
  playbook_.practices[1].patterns[0].band = "..40 %";
  auto ledger = scene::ledger();
  ledger.occasions[1].measured = 312;
  auto const made = details(maker_.make(scene::conversation(), ledger));
  EXPECT_EQ(made["occasions"].at(0).get_array().size(), 9U);
  EXPECT_EQ(std::string_view(made["occasions"].at(1).at(9)), "31.2 %");
}

TEST_F(Entries, EvidenceStandsWhereJavaScriptCounts) {
  auto ledger = scene::ledger();
  ledger.occasions[0].evidence[0].range = {5, 10};  // "hello" after an emoji and a space
  auto const made = details(maker_.make(scene::conversation("😀 hello"), ledger));
  EXPECT_EQ(std::int64_t(made["occasions"].at(0).at(7).at(0).at(1)), 3);
  EXPECT_EQ(std::int64_t(made["occasions"].at(0).at(7).at(0).at(2)), 8);
}

TEST_F(Entries, EqualInputGivesEqualBytes) {
  Entry const once = maker_.make(scene::conversation(), scene::ledger());
  Entry const twice = maker_.make(scene::conversation(), scene::ledger());
  EXPECT_EQ(once.summary, twice.summary);
  EXPECT_EQ(once.details, twice.details);
}

TEST(Quotes, CriticalComesFirstAndOnlyWordsAreQuoted) {
  auto playbook = scene::playbook();
  auto ledger = scene::ledger();
  ledger.practices[0].weight = 9;
  ledger.occasions[0].state = evaluation::OccasionState::missed;
  ledger.practices[0].verdict = evaluation::Verdict::missed;
  auto const timeline = scene::conversation();
  auto quotes = choose_quotes(playbook, timeline, ledger, evaluation::OccasionState::missed, 5);
  ASSERT_EQ(quotes.size(), 2U);
  EXPECT_EQ(quotes[0].practice, 1);
  ledger.occasions[1].evidence[0].range = {};
  quotes = choose_quotes(playbook, timeline, ledger, evaluation::OccasionState::missed, 5);
  ASSERT_EQ(quotes.size(), 1U);
  EXPECT_EQ(quotes[0].practice, 0);
}

TEST(Quotes, OnlyOfPracticesThatCameOutSoAndTheSurestFirst) {
  auto ledger = scene::ledger();
  auto const timeline = scene::conversation();
  auto& first = ledger.occasions[0];
  first.state = evaluation::OccasionState::met;
  first.confidence = 600;
  auto surer = first;
  surer.evidence[0].event = 2;
  surer.confidence = 900;
  ledger.occasions.push_back(surer);
  auto const best = [&] { return choose_quotes(scene::playbook(), timeline, ledger, evaluation::OccasionState::met, 5); };
  ASSERT_EQ(best().size(), 2U);
  EXPECT_EQ(best()[0].evidence.event, 2U);
  ledger.practices[0].verdict = evaluation::Verdict::not_assessed;
  EXPECT_TRUE(best().empty()) << "met once, but left open";
}

TEST(Quotes, WhatCalledForItStandsInWhereNothingCame) {
  auto ledger = scene::ledger();
  ledger.occasions[1].opened_by = evaluation::Evidence{1, {0, 7}, 1'500, 3'000, Role::customer, 1};
  ledger.occasions[1].evidence.clear();
  auto const quotes = choose_quotes(scene::playbook(), scene::conversation(), ledger, evaluation::OccasionState::missed, 5);
  ASSERT_EQ(quotes.size(), 1U);
  EXPECT_TRUE(quotes[0].absent);
  EXPECT_EQ(quotes[0].evidence.event, 1U);
}

TEST(Words, MeasuresAreToldInTheUnitOfTheirBand) {
  EXPECT_EQ(measure_words(312, "..40 %"), "31.2 %");
  EXPECT_EQ(measure_words(62'350, "..120 s"), "62.3 s");
  EXPECT_EQ(measure_words(1'500, "..2000 ms"), "1500 ms");
  EXPECT_EQ(measure_words(90'000, "..4 min"), "1.5 min");
  EXPECT_EQ(measure_words(151'000, "110..170 wpm"), "151 wpm");
  EXPECT_EQ(measure_words(3'000, "..5"), "3");
}

TEST(Words, EventsTellTheirFields) {
  domain::Event event;
  event.kind = domain::EventKind::disposition;
  event.attributes.push_back({"", "outcome", domain::Value::of_text("resolved")});
  event.attributes.push_back({"", "amount", domain::Value::of_thousandths(12'500)});
  event.attributes.push_back({"known", "vip", domain::Value::of_boolean(true)});
  EXPECT_EQ(event_words(event), "outcome: resolved · amount: 12.5 · known vip: true");
}

}  // namespace
}  // namespace rapport::report
