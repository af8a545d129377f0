#include "playbook/explain.hpp"

#include <gtest/gtest.h>

#include <string>

#include "playbook/explain_words.hpp"
#include "playbook/phrase_example.hpp"
#include "unit/playbook/cases.hpp"

namespace rapport::playbook {
namespace {

std::string explained(std::string const& files, std::string_view id) {
  Loaded const loaded = load(testing::with_ground(testing::files_of(files)));
  EXPECT_EQ(testing::problems_of(loaded), "");
  if (!loaded) return {};
  auto const text = explain(*loaded.playbook, id);
  return text ? *text : text.error().message;
}

TEST(Explain, ReadsLikeWrittenByAPerson) {
  EXPECT_EQ(explained("", "hold.ask-first"),
            "hold.ask-first\n"
            "Ask before putting the customer on hold.\n"
            "\n"
            "What is judged\n"
            "  Every time a hold begins, this must have come before, within 20 s: the agent asks leave to put\n"
            "  the customer on hold.\n"
            "\n"
            "How it is recognised\n"
            "  hold.start: a hold begins.\n"
            "    Read from the event \"hold\".\n"
            "  agent.asks_to_hold: the agent asks leave to put the customer on hold.\n"
            "    Heard in what the agent says or writes in English, such as \"may i put you on hold\" (1\n"
            "    phrase).\n"
            "\n"
            "Verdicts\n"
            "  Met if every occasion went well, missed if any did not; the score takes the share that went\n"
            "  well.\n"
            "  Not applicable where this never happens: a hold begins.\n"
            "  Not assessed where this was not recorded and is needed to tell: what was said or written or\n"
            "  the telephone system's events (answers, holds, transfers); or where the words are in another\n"
            "  language than English.\n"
            "\n"
            "Weight\n"
            "  1. Shown to the agent and the team's leads. After a transfer the next agent takes over what is\n"
            "  still open.\n");
}

TEST(Explain, SaysEverythingThatThePlaybookSays) {
  std::string const text = explained(R"(
=== practices/more.yaml
a.full:
  say: Say it
  why: Because it helps.
  weight: 7
  critical: true
  channel weight: {chat: 0}
  visibility: agent
  on_transfer: void
  cue: {at: 90 s, text: Now.}
  coach: Well said.
  seeds: [1, 3]
  when: {channel: [voice, chat], not history: known, context: {limits/refund: any}, not seen: hold.start}
  void if: hold.start
  all of:
    - must: agent.asks_to_hold within 2 agent turns
      scope: after hold.start
    - at most: 3 agent.asks_to_hold
    - measure: hold.total
      within: 1..120 s
)",
                                     "a.full");
  for (char const* part : {"Because it helps.", "1. At least once, within 2 agent turns:", "2. At most 3 times:", "3. This must stay between 1 and 120 s:",
                           "Only what comes after the first \"a hold begins\" counts.", "the channel is voice or chat", "an earlier contact is not known",
                           "the context gives \"limits/refund\"", "this has not happened before: a hold begins", "A miss does not count", "7; 0 by chat; critical",
                           "the agent alone", "what is still open is dropped", "Cue, 90 s after the occasion opened: \"Now.\"", "Coaching tip: Well said.", "From sources 1 and 3."}) {
    std::string flat;
    for (char const c : text) {
      if (c != '\n' && c != ' ') flat += c;
      if ((c == '\n' || c == ' ') && !flat.ends_with(' ')) flat += ' ';
    }
    EXPECT_NE(flat.find(part), std::string::npos) << part << "\n"
                                                  << text;
  }
}

TEST(Explain, SaysHowSureVerdictsAreWhereThatWasMeasured) {
  EXPECT_NE(explained("=== accuracy.yaml\nhold.ask-first: Right in 9 of 10.\n", "hold.ask-first").find("\nHow sure\n  Right in 9 of 10.\n\nWeight\n"), std::string::npos);
  EXPECT_EQ(explained("", "hold.ask-first").find("How sure"), std::string::npos);
}

TEST(Explain, SaysWhyNothingIsJudged) {
  std::string const files = "=== practices/more.yaml\na.no: {say: Be warm, not assessed: needs the sound}\na.off: {say: Off, on: false, must: hold.start}\n";
  EXPECT_NE(explained(files, "a.no").find("Nothing, by rule: needs the sound."), std::string::npos);
  EXPECT_NE(explained(files, "a.off").find("This practice is off"), std::string::npos);
}

TEST(Explain, ExplainsSignals) {
  EXPECT_EQ(explained("=== signals/more.yaml\nagent.a:\n  meaning: the agent says a\n  any: agent.asks_to_hold\n  not with: {signals: hold.start, in: turn}\n"
                      "  after: {signals: hold.start, within: 30 s}\n  question: true\n  words: ..6\n  channel: chat\n",
                      "agent.a"),
            "agent.a\n"
            "The agent says a.\n"
            "\n"
            "How it is recognised\n"
            "  Holds wherever agent.asks_to_hold (the agent asks leave to put the customer on hold) does. Not\n"
            "  together with hold.start in the same turn. Only after hold.start within 30 s. Only in a\n"
            "  sentence that asks. Only where at most 6 words are said or written. Only by chat.\n"
            "\n"
            "Used by\n"
            "  No practice directly.\n");
  EXPECT_NE(explained("", "hold.start").find("Used by\n  hold.ask-first.\n"), std::string::npos);
}

TEST(Explain, SuggestsForAnUnknownName) {
  EXPECT_EQ(explained("", "hold.ask-frist"), "\"hold.ask-frist\" is neither a practice nor a signal of the playbook \"Ground\"; did you mean \"hold.ask-first\"?");
}

TEST(PhraseExample, TakesTheFirstOfEverything) {
  std::vector<signals::WordClass> const classes{{"soon", "en", {"in a <moment>"}, "", 0}, {"moment", "en", {"minute"}, "", 0}, {"self", "", {"x <self>"}, "", 0}};
  auto const example = [&](char const* phrase) { return phrase_example(phrase, classes); };
  EXPECT_EQ(example("(may|can) i [please] (put (you|them)|x) on [a|the] (short)? hold"), "may i put you on hold");
  EXPECT_EQ(example("^ apolog* [..4] <soon> <number> <any> $"), "apolog… in a minute 3 …");
  EXPECT_EQ(example("[2..4] hold"), "… hold");
  EXPECT_EQ(example("<self>"), "x x x x x x x x …");
  for (char const* broken : {"(", ")", "[", "]", "<", ">", "|", "?", "(a", "[..", "<soon", "a)b", "((((((((((((a"}) example(broken);
}

TEST(PhraseExample, ShowsFirstWhatLeavesLeastOpen) {
  EXPECT_EQ(phrase_examples({"a [..2] b", "c", "c", "d* e", "f"}, {}, 3), (std::vector<std::string>{"c", "f", "a … b"}));
}

TEST(ExplainWords, WrapsByCharacters) {
  std::string const word(40, 'x');
  EXPECT_EQ(wrapped(word + " " + word + " " + word, 4), "    " + word + " " + word + "\n    " + word + "\n");
  EXPECT_EQ(wrapped("", 2), "");
  EXPECT_EQ(wrapped(std::string(200, 'y'), 0), std::string(200, 'y') + "\n");
}

}  // namespace
}  // namespace rapport::playbook
