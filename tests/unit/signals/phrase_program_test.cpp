#include "signals/phrase_program.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <string>

#include "signals/tokeniser.hpp"
#include "unit/signals/phrase_oracle.hpp"

namespace rapport::signals {
namespace {

using test::PhraseTrees;

/// Phrases under way to a program: words, classes, trees, chains.
class Compiled {
 public:
  void define(std::string const& name, std::string_view alternatives) { classes_[name] = parse(alternatives); }

  Expression parse(std::string_view phrase) {
    base::Result<Expression> const parsed = parse_phrase(phrase, words_, [&](std::string_view name) -> base::Result<Expression const*> {
      auto const found = classes_.find(std::string{name});
      if (found == classes_.end()) return base::Error{"no class"};
      return &found->second;
    });
    if (!parsed) ADD_FAILURE() << phrase << ": " << parsed.error().message;
    return parsed ? *parsed : Expression{};
  }

  void add(SignalId signal, std::string_view phrase, bool cancels = false) {
    Expression tree = parse(phrase);
    base::Result<std::vector<Chain>> chains = chains_of(tree);
    ASSERT_TRUE(chains) << phrase << ": " << chains.error().message;
    for (Chain& chain : *chains) chains_.push_back({signal, cancels, std::move(chain)});
    if (trees_.size() <= signal) trees_.resize(signal + 1U);
    trees_[signal].signal = signal;
    (cancels ? trees_[signal].but_not : trees_[signal].phrases).push_back(std::move(tree));
  }

  std::vector<PhraseMatch> find(std::string_view text) {
    std::vector<PhraseRule> rules;
    for (Owned const& each : chains_) rules.push_back({each.signal, each.cancels, &each.chain});
    base::Result<PhraseProgram> const program = PhraseProgram::compile(rules, words_);
    EXPECT_TRUE(program);
    Tokeniser{words_}.tokenise(text, text_);
    std::vector<PhraseMatch> found;
    program->find(text_, scratch_, found);
    return found;
  }

  std::vector<PhraseMatch> find_slowly() const { return test::find_slowly(trees_, text_, words_); }

  /// What signal 0 covers of the text, its matches divided by " | ".
  std::string covered(std::string_view text) {
    std::string out;
    for (PhraseMatch const& match : find(text)) {
      if (match.signal != 0) continue;
      if (!out.empty()) out += " | ";
      std::uint32_t const begin = text_.tokens[match.first].begin;
      out += text.substr(begin, text_.tokens[match.last].end - begin);
    }
    return out;
  }

 private:
  struct Owned {
    SignalId signal;
    bool cancels;
    Chain chain;
  };
  WordTable words_;
  std::map<std::string, Expression> classes_;
  std::deque<Owned> chains_;
  std::vector<PhraseTrees> trees_;
  Words text_;
  PhraseScratch scratch_;
};

std::string covered(std::string_view phrase, std::string_view text) {
  Compiled compiled;
  compiled.add(0, phrase);
  return compiled.covered(text);
}

TEST(Phrases, MatchWordsInOrder) {
  EXPECT_EQ(covered("bear with me", "please BEAR with, me a bit"), "BEAR with, me");
  EXPECT_EQ(covered("bear with me", "bear me with bear with"), "");
  EXPECT_EQ(covered("bear with me", "bear. with me"), "");
  EXPECT_EQ(covered("no", "no no. no"), "no | no | no");
}

TEST(Phrases, AreReadByTheTokenisersRules) {
  EXPECT_EQ(covered("i'm sorry", "I am sorry, im sorry"), "I am sorry | im sorry");
  EXPECT_EQ(covered("do not apologize", "don't apologise"), "don't apologise");
}

TEST(Phrases, HaveAlternativesAndOptionalParts) {
  std::string_view const hold = "(may|can|could) i (put|place) you on [a] (brief|short)? hold";
  EXPECT_EQ(covered(hold, "Could I put you on a short hold?"), "Could I put you on a short hold");
  EXPECT_EQ(covered(hold, "may i place you on hold"), "may i place you on hold");
  EXPECT_EQ(covered(hold, "may i place you on a long hold"), "");
  EXPECT_EQ(covered("one [two|three four] five", "one five one three four five one three five"), "one five | one three four five");
}

TEST(Phrases, SkipWordsInGaps) {
  EXPECT_EQ(covered("happy [..2] hold", "happy hold. happy to hold. happy to please hold"), "happy hold | happy to hold | happy to please hold");
  EXPECT_EQ(covered("happy [..2] hold", "happy to just briefly hold"), "");
  EXPECT_EQ(covered("happy [..2] hold", "happy. hold"), "");
  EXPECT_EQ(covered("a [2..3] b", "a x b a x x b"), "a x x b");
  EXPECT_EQ(covered("a <any> b", "a b a x b"), "a x b");
  EXPECT_EQ(covered("(x|y [..3] z) end", "y 1 2 z end x end"), "y 1 2 z end | x end");
}

TEST(Phrases, BeginAndEndSentences) {
  EXPECT_EQ(covered("^ hello", "hello hello. Hello"), "hello | Hello");
  EXPECT_EQ(covered("thanks $", "thanks thanks. many thanks"), "thanks | thanks");
  EXPECT_EQ(covered("^ [..2] hello", "um so hello. a b c hello"), "hello");
  EXPECT_EQ(covered("bye [..1] $", "bye then. bye for now"), "bye");
  EXPECT_EQ(covered("^ yes $", "yes. yes please. yes"), "yes | yes");
  EXPECT_EQ(covered("<any> speaking", "speaking. dana speaking"), "speaking");
}

TEST(Phrases, HaveStemsClassesAndNumbers) {
  EXPECT_EQ(covered("apolog* for", "I apologize for. apologies for. apology from"), "apologize for | apologies for");
  EXPECT_EQ(covered("apologiz*", "apologised, apologizing"), "apologised | apologizing");
  EXPECT_EQ(covered("in <number> days", "in 3 days in two hundred and fifty days in days in 1,000.5 days"),
            "in 3 days | in two hundred and fifty days | in 1,000.5 days");
  EXPECT_EQ(covered("code <number>", "code five oh oh one and"), "code five oh oh one");
  Compiled compiled;
  compiled.define("wait", "(moment|minute|little while)");
  compiled.add(0, "a <wait>");
  EXPECT_EQ(compiled.covered("a moment, a little while, a little"), "a moment | a little while");
}

TEST(Phrases, OfOneSignalKeepTheLeftmostLongestOfOverlappingMatches) {
  Compiled compiled;
  compiled.add(0, "thank you");
  compiled.add(0, "you for waiting");
  compiled.add(0, "thank you for");
  EXPECT_EQ(compiled.covered("thank you for waiting"), "thank you for");
}

TEST(Phrases, AreCancelledByWhatTheyAreNot) {
  Compiled compiled;
  compiled.add(0, "hold");
  compiled.add(0, "hold that thought", true);
  compiled.add(1, "hold that thought");
  EXPECT_EQ(compiled.covered("hold on. hold that thought"), "hold");
  EXPECT_EQ(compiled.find("hold that thought"), (std::vector<PhraseMatch>{{1, 0, 2}}));
}

/// Random phrases over few words, so that they meet often.
rc::Gen<std::string> phrase_text(int depth) {
  auto const word = rc::gen::element<std::string>("a", "b", "c", "can't", "ab*", "abc", "7", "<number>", "<kin>", "d");
  auto const gap = rc::gen::element<std::string>("[..2]", "[1..3]", "<any>", "[..1]");
  if (depth == 0) return word;
  return rc::gen::mapcat(rc::gen::inRange(0, 9), [=](int kind) -> rc::Gen<std::string> {
    auto const sub = phrase_text(depth - 1);
    auto const join = [](std::string const& before, std::string const& between, std::string const& after) {
      return [=](std::string const& left, std::string const& right) { return before + left + between + right + after; };
    };
    if (kind < 3) return word;
    if (kind < 5) return rc::gen::apply(join("", " ", ""), sub, sub);
    if (kind == 5) return rc::gen::apply(join("(", "|", ")"), sub, sub);
    if (kind == 6) return rc::gen::apply(join("[", " ", "]"), sub, word);
    return rc::gen::apply([](std::string const& left, std::string const& skip, std::string const& right) { return left + " " + skip + " " + right; }, sub, gap, sub);
  });
}

rc::Gen<std::string> whole_phrase() {
  return rc::gen::apply(
      [](std::string const& start, std::string const& phrase, std::string const& end) { return start + phrase + end; },
      rc::gen::weightedElement<std::string>({{6, ""}, {1, "^ "}, {1, "^ [..2] "}, {1, "<any> "}}), phrase_text(3),
      rc::gen::weightedElement<std::string>({{6, ""}, {1, " $"}, {1, " [..1] $"}}));
}

RC_GTEST_PROP(PhrasesProperty, EqualABacktrackingSearch, ()) {
  Compiled compiled;
  compiled.define("kin", "(a b|c|ab*)");
  std::size_t added = 0;
  for (std::string const& phrase : *rc::gen::container<std::vector<std::string>>(4, whole_phrase())) {
    Expression const tree = compiled.parse(phrase);
    if (!chains_of(tree)) continue;  // may match without a word
    compiled.add(static_cast<SignalId>(added / 2), phrase, added == 3);
    ++added;
  }
  auto const word = rc::gen::weightedElement<std::string>(
      {{4, "a"}, {4, "b"}, {4, "c"}, {1, "d"}, {1, "abc"}, {1, "abz"}, {1, "7"}, {1, "three"}, {1, "oh"}, {1, "and"}, {1, "x"}, {1, "can't"}, {1, "."}});
  std::string text;
  for (std::string const& each : *rc::gen::container<std::vector<std::string>>(30, word)) text += each + ' ';
  std::vector<PhraseMatch> const found = compiled.find(text);
  RC_TAG(found.size());
  RC_ASSERT(found == compiled.find_slowly());
}

std::string error_of(std::string_view phrase) {
  WordTable words;
  base::Result<Expression> const parsed =
      parse_phrase(phrase, words, [](std::string_view name) -> base::Result<Expression const*> { return base::Error{"\"" + std::string{name} + "\" is no class"}; });
  if (!parsed) return parsed.error().message;
  base::Result<std::vector<Chain>> const chains = chains_of(*parsed);
  return chains ? "" : chains.error().message;
}

TEST(PhraseErrors, SayWhatWasFoundWhereAndWhatWasExpected) {
  EXPECT_EQ(error_of("(a|b"), "column 5: found the phrase's end, expected a word, \"|\" or \")\"");
  EXPECT_EQ(error_of("a b)"), "column 4: found \")\", expected a word");
  EXPECT_EQ(error_of("ü (a||b)"), "column 6: found \"|\", expected a word");
  EXPECT_EQ(error_of("()"), "column 2: found \")\", expected a word");
  EXPECT_EQ(error_of("a [..4"), "column 7: found the phrase's end, expected the most words that the gap may skip and \"]\", as in \"[..4]\"");
  EXPECT_EQ(error_of("a [3..2] b"), "column 4: found a gap of 3 to 2 words, expected 1 to 12 at most (phrase_gap_max)");
  EXPECT_EQ(error_of("a [..99] b"), "column 4: found a gap of 0 to 99 words, expected 1 to 12 at most (phrase_gap_max)");
  EXPECT_EQ(error_of("a <zoo> b"), "column 4: \"zoo\" is no class");
  EXPECT_EQ(error_of("a <zoo"), "column 7: found the phrase's end, expected \">\" after a class's name");
  EXPECT_EQ(error_of("* a"), "column 1: found \"*\", expected a word before it");
  EXPECT_EQ(error_of("re*fund"), "column 4: found \"f\", expected a space after \"*\", which stands at a stem's end");
  EXPECT_EQ(error_of("hello.there"), "column 1: found a sentence's end, expected a phrase within one sentence");
}

TEST(PhraseErrors, TellPhrasesThatSayTooLittle) {
  EXPECT_EQ(error_of("[please]"), "the phrase may match without any word, expected at least one that must be there");
  EXPECT_EQ(error_of(""), error_of("[please]"));
  EXPECT_EQ(error_of("<any>"), error_of("[please]"));
  EXPECT_EQ(error_of("a ^ b"), "\"^\" stands after a word, expected it before all words");
  EXPECT_EQ(error_of("a $ b"), "a word stands after \"$\", expected \"$\" after all words");
}

TEST(PhraseErrors, NameTheLimitThatIsExceeded) {
  std::string long_phrase;
  for (int index = 0; index < 33; ++index) long_phrase += "word ";
  EXPECT_EQ(error_of(long_phrase), "the phrase may be 33 words long, at most 32 (phrase_words_max)");
  EXPECT_EQ(error_of(std::string(17, '(') + "a" + std::string(17, ')')), "column 18: brackets stand more than 16 deep (phrase_depth_max)");
  std::string gaps;
  for (int index = 0; index < 8; ++index) gaps += "(a [..1] b|c) ";
  EXPECT_EQ(error_of(gaps), "the phrase's alternatives with gaps make more than 200 readings (phrase_readings_max)");
  EXPECT_EQ(error_of("a [..12] [..12] b"), "gaps side by side skip 24 words, at most 12 (phrase_gap_max)");
}

}  // namespace
}  // namespace rapport::signals
