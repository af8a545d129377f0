#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <simdjson.h>

#include <array>

#include "base/hash.hpp"
#include "base/limits.hpp"
#include "evaluation/scorecard.hpp"
#include "playbook/load.hpp"
#include "signals/model/shipped.hpp"
#include "unit/evaluation/scorecard_scene.hpp"

namespace rapport::evaluation {
namespace {

using domain::Role;
using testing::Card;

std::string json_of(Card const& card, std::span<ModelName const> models = {}) {
  return to_json(card.ledger, card.timeline(), card.playbook, models);
}

/// What stands in the list of practices.
std::string practices_of(Card const& card) {
  std::string const json = json_of(card);
  std::string_view const before = R"("practices":[)";
  std::size_t const begin = json.find(before) + before.size();
  return json.substr(begin, json.size() - begin - 2);
}

TEST(ScorecardJson, IsOneObjectInTheOrderOfTheContract) {
  Card card;
  card.said(Role::agent, 2, "Good morning to you");
  card.practice("opening.greet", "Greet", Verdict::met);
  card.occasion(OccasionState::met, 0, {0, 12});
  card.ledger.score = 87'500;
  card.ledger.assessed_share = 1'000;
  std::array<ModelName, 1> const models = {{{"sentences", "77aa"}}};
  EXPECT_EQ(json_of(card, models),
            R"({"format":1,"id":"call-1","engine":"4","playbook":{"name":"small","version":"2.0.1","hash":"abc123"},)"
            R"("models":[{"name":"sentences","hash":"77aa"}],"score":87.5,"assessed_share":1,"practices":[)"
            R"({"id":"opening.greet","verdict":"met","occasions":1,"met":1,"weight":1,"confidence":1,"evidence":[)"
            R"({"at_ms":2000,"end_ms":3000,"participant":"dana","by":"agent","range":[0,12],"text":"Good morning"}]}]})");
}

TEST(ScorecardJson, OfNoPracticesHasNoScore) {
  EXPECT_EQ(json_of(Card{}), R"({"format":1,"id":"call-1","engine":"4","playbook":{"name":"small","version":"2.0.1","hash":"abc123"},)"
                             R"("models":[],"score":null,"assessed_share":0,"practices":[]})");
}

TEST(ScorecardJson, NamesEveryVerdictAndItsReason) {
  Card card;
  card.said(Role::agent, 0, "no");
  card.practice("a.met", "", Verdict::met);
  card.practice("a.missed", "", Verdict::missed);
  card.practice("a.idle", "", Verdict::not_applicable, Why::no_occasion);
  card.practice("a.unknown", "", Verdict::not_assessed, Why::source_unobserved);
  card.ledger.practices.back().missing = {domain::Source::words, domain::Source::timing};
  card.ledger.practices.back().confidence = 625;
  card.ledger.practices.back().weight = 4;
  std::string const rest = R"(,"occasions":0,"met":0,"weight":1,"confidence":1)";
  EXPECT_EQ(practices_of(card), R"({"id":"a.met","verdict":"met")" + rest + R"(,"evidence":[]},{"id":"a.missed","verdict":"missed")" + rest +
                                    R"(,"evidence":[]},{"id":"a.idle","verdict":"not_applicable")" + rest +
                                    R"(,"why":"nothing called for it","evidence":[]},{"id":"a.unknown","verdict":"not_assessed",)"
                                    R"("occasions":0,"met":0,"weight":4,"confidence":0.625,"why":"not recorded: words, timing","evidence":[]})");
}

/// Each reason as JSON tells it.
TEST(ScorecardJson, ExplainsEveryReason) {
  struct Case {
    Why why;
    std::string_view text;
  };
  constexpr std::array<Case, 9> cases = {{
      {Why::off, "off"},
      {Why::not_by_rule, "ask the customer"},
      {Why::words_unreadable, "words that could not be read: no phrases for their language, or a poor transcript"},
      {Why::no_date, "due at a time of its own that cannot be placed: none could be read, or the interaction has no date"},
      {Why::over_limit, "more open at a time than open_obligations_max, 10000"},
      {Why::not_due_yet, "due 2026-03-02T09:17:05.250Z"},
      {Why::no_agent, "no agent took part"},
      {Why::no_occasion, "nothing called for it"},
      {Why::unsure, "what was found is too unsure to judge by"},
  }};
  for (Case const& each : cases) {
    Card card;
    card.practice("a.b", "", Verdict::not_assessed, each.why);
    card.playbook.practices.back().not_assessed_why = "ask the customer";
    card.ledger.practices.back().due_ms = 125'250;
    EXPECT_NE(json_of(card).find(R"(,"why":")" + std::string(each.text) + '"'), std::string::npos) << json_of(card);
  }
  Card undated;
  undated.head.started_at = {};
  undated.practice("a.b", "", Verdict::not_applicable, Why::not_due_yet);
  undated.ledger.practices.back().due_ms = 125'250;
  EXPECT_NE(json_of(undated).find(R"("why":"due 02:05")"), std::string::npos);
  undated.ledger.practices.back().due_ms.reset();
  EXPECT_NE(json_of(undated).find(R"("why":"not due yet")"), std::string::npos);
}

playbook::Playbook playbook_with(std::string const& source) {
  std::vector<playbook::SourceFile> const files = {
      {"playbook.yaml", "name: Small\nversion: 1\n"},
      {"signals/all.yaml", "agent.sorry: {meaning: says sorry, " + source + "}\n"},
      {"practices/all.yaml", "a.sorry: {say: Say sorry, must: agent.sorry}\n"}};
  auto loaded = playbook::load(files);
  for (playbook::Problem const& problem : loaded.problems) ADD_FAILURE() << to_text(problem);
  return *std::move(loaded.playbook);
}

TEST(ModelsOfAPlaybook, AreNamedWhereASignalUsesThemAndNowhereElse) {
  EXPECT_TRUE(models_of(playbook_with("phrases: [sorry]")).empty());
  EXPECT_TRUE(models_of(playbook_with("detector: promise")).empty());
  std::string const hash = base::sha256_hex(signals::model::shipped_model_bytes());
  EXPECT_EQ(models_of(playbook_with("phrases: [sorry], detector: {model: {label: apology}}")), (std::vector<ModelName>{{"sentences", hash.substr(0, 12)}}));
}

TEST(ScorecardJson, EscapesWhatJsonCannotHold) {
  Card card;
  card.head.id = "a\"b\\c\n\x01\x1f\x7f";
  card.playbook.name = "tab\there";
  card.said(Role::customer, 0, "say \"no\"\r\n\x1b[31m", "e\t1");
  card.practice("a.b", "", Verdict::missed);
  card.occasion(OccasionState::missed, 0);
  std::string const json = json_of(card);
  EXPECT_NE(json.find("\"id\":\"a\\\"b\\\\c\\n\\u0001\\u001f\x7f\""), std::string::npos) << json;
  EXPECT_NE(json.find(R"("name":"tab\there")"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("participant":"pat","by":"customer","event":"e\t1","text":"say \"no\"\r\n\u001b[31m"})"), std::string::npos) << json;
}

TEST(ScorecardJson, CountsRangesInCharacters) {
  Card card;
  card.said(Role::agent, 0, "Größe: 𝄞 naïve");
  card.practice("a.b", "", Verdict::met);
  card.occasion(OccasionState::met, 0, {9, 13});  // 𝄞: 4 bytes after 7 characters of 9
  EXPECT_NE(json_of(card).find(R"("range":[7,8],"text":"𝄞")"), std::string::npos) << json_of(card);
}

TEST(ScorecardJson, WritesTextThatIsNoUtf8AsReplacementCharacters) {
  Card card;
  card.said(Role::agent, 0,
            "a\xff"
            "b\xc3");
  card.practice("a.b", "", Verdict::met);
  card.occasion(OccasionState::met, 0, {0, 4});
  EXPECT_NE(json_of(card).find("\"text\":\"a\uFFFDb\uFFFD\""), std::string::npos) << json_of(card);
}

TEST(ScorecardJson, PointsAtTheWholeEventWithoutARange) {
  Card card;
  card.said(Role::agent, 1, "One moment");
  card.said(Role::agent, 2, "");
  card.practice("a.b", "", Verdict::met);
  card.occasion(OccasionState::met, 0);
  card.occasion(OccasionState::met, 1);
  EXPECT_NE(practices_of(card).find(R"("evidence":[{"at_ms":1000,"end_ms":2000,"participant":"dana","by":"agent","text":"One moment"},)"
                                    R"({"at_ms":2000,"end_ms":3000,"participant":"dana","by":"agent"}])"),
            std::string::npos)
      << practices_of(card);
}

TEST(ScorecardJson, ListsOnlyTheEvidenceThatDecides) {
  Card card;
  card.said(Role::agent, 1, "kept");
  card.said(Role::agent, 2, "broken");
  card.said(Role::agent, 3, "void");
  card.practice("a.b", "", Verdict::missed);
  card.occasion(OccasionState::met, 0);
  card.occasion(OccasionState::missed, 1);
  card.occasion(OccasionState::voided, 2);
  std::string const json = practices_of(card);
  EXPECT_NE(json.find(R"("occasions":2,"met":1,)"), std::string::npos) << json;
  EXPECT_EQ(json.find("kept"), std::string::npos) << json;
  EXPECT_NE(json.find("broken"), std::string::npos) << json;
  EXPECT_EQ(json.find("void"), std::string::npos) << json;
}

TEST(ScorecardJson, OfAMissWithoutEvidencePointsAtWhatCalledForIt) {
  Card card;
  card.said(Role::customer, 7, "hold on");
  card.practice("a.b", "", Verdict::missed);
  Occasion& occasion = card.occasion(OccasionState::missed, 0);
  occasion.opened_by = occasion.evidence.front();
  occasion.evidence.clear();
  EXPECT_NE(practices_of(card).find(R"("evidence":[{"at_ms":7000,"end_ms":8000,"participant":"pat","by":"customer","text":"hold on"}])"), std::string::npos);
}

TEST(ScorecardJson, ListsEvidenceInOrderOfTimeEachOnceUpToItsLimit) {
  Card card;
  for (base::Millis second = 0; second < 60; ++second) card.said(Role::agent, second, "word" + std::to_string(second) + ".");
  card.practice("a.b", "", Verdict::met);
  for (std::uint32_t event = 60; event-- > 0;) {
    card.occasion(OccasionState::met, event);
    card.occasion(OccasionState::met, event);
  }
  auto const evidence = deciding_evidence(card.ledger, 0);
  ASSERT_EQ(evidence.size(), limits::evidence_per_practice_max);
  for (std::size_t i = 0; i < evidence.size(); ++i) EXPECT_EQ(evidence[i].event, i);
}

TEST(ScorecardJson, QuotesNothingBeyondTheText) {
  Card card;
  card.said(Role::agent, 0, "short");
  timeline::Timeline const timeline = card.timeline();
  EXPECT_EQ(quote(timeline, {0, {2, 99}, 0, 0, Role::agent, 0}), "ort");
  EXPECT_EQ(quote(timeline, {0, {50, 99}, 0, 0, Role::agent, 0}), "");
  EXPECT_EQ(quote(timeline, {9, {0, 2}, 0, 0, Role::agent, 0}), "");
}

/// The conversation's end falls into the last event, whose words it is not.
TEST(ScorecardJson, AMomentQuotesNobody) {
  Card card;
  card.practice("a.one", "", Verdict::missed);
  card.said(Role::customer, 0, "goodbye", "e-1");
  Occasion& occasion = card.occasion(OccasionState::missed, 0);
  std::string const whole = to_json(card.ledger, card.timeline(), card.playbook);
  EXPECT_NE(whole.find(R"("by":"customer","event":"e-1","text":"goodbye")"), std::string::npos) << whole;
  occasion.evidence[0] = {0, {}, 1'000, 1'000, Role::agent, domain::nobody};
  std::string const moment = to_json(card.ledger, card.timeline(), card.playbook);
  EXPECT_NE(moment.find(R"("evidence":[{"at_ms":1000,"end_ms":1000,"by":"agent"}])"), std::string::npos) << moment;
  EXPECT_NE(to_text(card.ledger, card.timeline(), card.playbook, {}).find("00:01 not done"), std::string::npos);
}

RC_GTEST_PROP(ScorecardJson, GivesBackAnyTextThatIsUtf8, ()) {
  auto const letters = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("a", "\"", "\\", "/", "\n", "\t", "\x01", "\x1f", "\x7f", "ß", "€", "𝄞", "\u2028", "\uFEFF"));
  RC_PRE(!letters.empty());
  std::string text;
  for (std::string const& letter : letters) text += letter;
  Card card;
  card.said(Role::agent, 0, text);
  card.practice("a.b", "", Verdict::met);
  card.occasion(OccasionState::met, 0, {0, static_cast<std::uint32_t>(text.size())});
  simdjson::dom::parser parser;
  simdjson::dom::element const evidence = parser.parse(json_of(card)).at_pointer("/practices/0/evidence/0");
  RC_ASSERT(std::string_view(evidence["text"]) == text);
  RC_ASSERT(std::uint64_t(evidence["range"].at(1)) == letters.size());
}

}  // namespace
}  // namespace rapport::evaluation
