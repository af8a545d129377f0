#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "evaluation/scorecard.hpp"
#include "evaluation/terminal.hpp"
#include "playbook/chapter.hpp"
#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "unit/evaluation/scorecard_scene.hpp"

namespace rapport::evaluation {
namespace {

using domain::Role;
using testing::Card;

std::string text_of(Card const& card, TextStyle style = {}) { return to_text(card.ledger, card.timeline(), card.playbook, style); }

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// One practice of each verdict in a chapter, and one in another.
Card four_verdicts() {
  Card card;
  card.head.company = "Acme";
  card.said(Role::agent, 2, "Good morning to you");
  card.said(Role::customer, 75, "I was cut off");
  card.practice("opening.greet", "Greet the customer", Verdict::met);
  card.occasion(OccasionState::met, 0, {0, 12});
  card.practice("opening.name", "Give your name", Verdict::missed);
  card.practice("opening.brand", "Name the brand", Verdict::not_applicable, Why::no_occasion);
  card.practice("opening.smile", "Smile", Verdict::not_assessed, Why::source_unobserved);
  card.ledger.practices.back().missing = {domain::Source::audio};
  card.practice("help.cut-off", "Call back", Verdict::missed, Why::none, "practices/02-help.yaml");
  card.occasion(OccasionState::missed, 1);
  card.ledger.score = 66'649;
  card.ledger.assessed_share = 750;
  return card;
}

TEST(ScorecardText, SaysWhatIsTooUnsure) {
  Card card;
  card.said(Role::agent, 2, "Good morning");
  card.practice("opening.greet", "Greet the customer", Verdict::not_assessed, Why::unsure);
  card.occasion(OccasionState::met, 0);
  std::string const text = text_of(card, {.all = true});
  EXPECT_NE(text.find("? Greet the customer"), std::string::npos) << text;
  EXPECT_NE(text.find("what was found is too unsure to judge by"), std::string::npos) << text;
}

TEST(ScorecardText, ShowsEveryVerdictByChapter) {
  EXPECT_EQ(text_of(four_verdicts()),
            "call-1  voice, inbound, 2026-03-02T09:15:00Z, Acme\n"
            "Score 66.6 of 100; 75.0 % assessed; 1 met, 2 missed, 1 not applicable, 1 not assessed\n"
            "\n"
            "Opening\n"
            "  ✓ Greet the customer                             00:02 agent \"Good morning\"\n"
            "  ✗ Give your name                                 not done\n"
            "  ? not assessed: smile\n"
            "  – not applicable: brand\n"
            "\n"
            "Help\n"
            "  ✗ Call back                                      01:15 customer \"I was cut off\"\n");
}

TEST(ScorecardText, CanListEverythingOneByOne) {
  TextStyle style;
  style.all = true;
  std::string const text = text_of(four_verdicts(), style);
  EXPECT_NE(text.find("  – Name the brand                                 nothing called for it\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  ? Smile                                          not recorded: audio\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("not assessed: "), std::string::npos) << text;
}

TEST(ScorecardText, StandsOnTwoLinesInANarrowTerminal) {
  TextStyle style;
  style.columns = 30;
  EXPECT_EQ(text_of(four_verdicts(), style),
            "call-1  voice, inbound, 2026-…\n"
            "Score 66.6 of 100; 75.0 %\n"
            "assessed; 1 met, 2 missed, 1\n"
            "not applicable, 1 not assessed\n"
            "\n"
            "Opening\n"
            "  ✓ Greet the customer\n"
            "      00:02 agent \"Good morni…\n"
            "  ✗ Give your name\n"
            "      not done\n"
            "  ? not assessed: smile\n"
            "  – not applicable: brand\n"
            "\n"
            "Help\n"
            "  ✗ Call back\n"
            "      01:15 customer \"I was c…\n");
}

TEST(ScorecardText, ColoursOnlyWhenAsked) {
  EXPECT_EQ(text_of(four_verdicts()).find('\x1b'), std::string::npos);
  TextStyle style;
  style.colour = true;
  std::string const text = text_of(four_verdicts(), style);
  EXPECT_NE(text.find("  \x1b[32m✓\x1b[0m Greet the customer"), std::string::npos) << text;
  EXPECT_NE(text.find("  \x1b[31m✗\x1b[0m Give your name"), std::string::npos) << text;
  EXPECT_NE(text.find("  \x1b[33m?\x1b[0m not assessed"), std::string::npos) << text;
  EXPECT_NE(text.find("  \x1b[90m–\x1b[0m not applicable"), std::string::npos) << text;
}

TEST(ScorecardText, WithoutScoreOrDateSaysSo) {
  Card card;
  card.head.started_at = {};
  EXPECT_EQ(text_of(card), "call-1  voice, inbound\nScore none; 0.0 % assessed; 0 met, 0 missed, 0 not applicable, 0 not assessed\n");
}

TEST(ScorecardText, KeepsMillisecondsOfTheDate) {
  Card card;
  card.head.started_at = {-1'500};
  EXPECT_TRUE(text_of(card).starts_with("call-1  voice, inbound, 1969-12-31T23:59:58.500Z\n")) << text_of(card);
}

TEST(ScorecardText, RoundsTheScoreToTenths) {
  Card card;
  for (auto const& [score, text] : std::vector<std::pair<std::int32_t, std::string>>{
           {0, "0.0"}, {49, "0.0"}, {50, "0.1"}, {99'949, "99.9"}, {99'950, "100.0"}, {100'000, "100.0"}}) {
    card.ledger.score = score;
    EXPECT_NE(text_of(card).find("Score " + text + " of 100;"), std::string::npos) << score << '\n'
                                                                                   << text_of(card);
  }
}

TEST(ScorecardText, CountsTheMissesOfMany) {
  Card card;
  card.said(Role::customer, 9, "well");
  card.practice("a.b", "Answer", Verdict::missed);
  card.occasion(OccasionState::missed, 0);
  card.occasion(OccasionState::met, 0);
  card.occasion(OccasionState::missed, 0);
  EXPECT_NE(text_of(card).find("2 of 3 missed; 00:09 customer \"well\"\n"), std::string::npos) << text_of(card);
}

TEST(ScorecardText, CallsAPracticeByItsIdWhereThePlaybookSaysNothing) {
  Card card;
  card.practice("a.b", "", Verdict::missed);
  EXPECT_NE(text_of(card).find("  ✗ a.b "), std::string::npos) << text_of(card);
}

TEST(ScorecardText, LeavesOutOfIdsOnlyWhatAChapterShares) {
  Card card;
  card.practice("tone.warm", "", Verdict::not_assessed, Why::source_unobserved, "practices/04-courtesy.yaml");
  card.practice("courtesy.thank", "", Verdict::not_assessed, Why::off, "practices/04-courtesy.yaml");
  card.practice("hold.thank", "", Verdict::not_applicable, Why::no_occasion, "practices/05-hold.yaml");
  card.practice("hold.ask", "", Verdict::not_applicable, Why::no_occasion, "practices/05-hold.yaml");
  card.practice("plain", "", Verdict::not_assessed, Why::off, "practices/06-plain.yaml");
  std::string const text = text_of(card);
  EXPECT_NE(text.find("\nCourtesy\n  ? not assessed: tone.warm, courtesy.thank\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nHold\n  – not applicable: thank, ask\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nPlain\n  ? not assessed: plain\n"), std::string::npos) << text;
}

TEST(ScorecardText, HasTheChaptersOfThePlaybook) {
  auto const loaded = playbook::load(playbook::embedded_playbook("standard"), "");
  ASSERT_TRUE(loaded);
  Card card;
  card.playbook = *loaded.playbook;
  card.ledger.practices.resize(card.playbook.practices.size());
  std::vector<std::string> expected;
  for (playbook::Chapter const& chapter : playbook::chapters_of(card.playbook)) expected.push_back(chapter.name);
  ASSERT_GT(expected.size(), 3U);
  std::vector<std::string> shown;
  auto const lines = lines_of(text_of(card));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i - 1].empty()) shown.push_back(lines[i]);
  }
  EXPECT_EQ(shown, expected);
}

TEST(ScorecardText, LetsNothingCommandTheTerminal) {
  Card card;
  card.head.id = "id\x1b[2J\rx";
  card.head.company = "A\nB";
  card.said(Role::customer, 1, "red \x1b[31m\x07 \u009b1m nul" + std::string(1, '\0') + "line\u2028sep \u202Eback\u2066 \xff end");
  card.practice("a.b", "say\tthis", Verdict::missed, Why::none, "practices/01-a\x1b.yaml");
  card.occasion(OccasionState::missed, 0);
  TextStyle style;
  style.columns = 140;
  EXPECT_EQ(text_of(card, style),
            "id [2J x  voice, inbound, 2026-03-02T09:15:00Z, A B\n"
            "Score none; 0.0 % assessed; 0 met, 1 missed, 0 not applicable, 0 not assessed\n"
            "\n"
            "A\n"
            "  ✗ say this                                                         00:01 customer \"red [31m 1m nul line sep back \uFFFD end\"\n");
}

TEST(ScorecardText, CountsCharactersNotBytes) {
  Card card;
  card.said(Role::agent, 0, "Grüß Gott");
  card.practice("a.b", "Begrüße", Verdict::met);
  card.occasion(OccasionState::met, 0, {0, 6});
  EXPECT_EQ(lines_of(text_of(card)).back(), "  ✓ Begrüße                                        00:00 agent \"Grüß\"");
}

RC_GTEST_PROP(ScorecardText, NeverExceedsItsColumns, ()) {
  Card card = four_verdicts();
  TextStyle style;
  style.columns = *rc::gen::inRange<std::size_t>(1, 140);
  std::size_t const columns = std::max<std::size_t>(style.columns, 20);
  for (std::string const& line : lines_of(text_of(card, style))) RC_ASSERT(terminal::width(line) <= columns);
}

}  // namespace
}  // namespace rapport::evaluation
