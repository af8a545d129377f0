#include "signals/lexicon.hpp"

#include <gtest/gtest.h>

#include "signals/lexicon_impl.hpp"
#include "unit/signals/lexicon_scene.hpp"

namespace rapport::signals {
namespace {

using domain::EventKind;
using domain::Role;
using domain::Source;
using domain::SourceSet;
using namespace test;

using Mistakes = std::vector<std::string>;

Specs lexicon_of(std::vector<Spec> signals) {
  Specs specs;
  specs.signals = std::move(signals);
  return specs;
}

WordClass class_of_word(std::string name, std::vector<std::string> alternatives, std::string language = "") {
  return {std::move(name), std::move(language), std::move(alternatives), "classes/test.yaml", 7};
}

TEST(Lexicon, KnowsItsSignals) {
  auto const lexicon = compile(lexicon_of({phrases("a", {"x"}), phrases("b", {"y [..2] z", "(y|y [..1] w) z"})}));
  EXPECT_EQ(lexicon->size(), 2U);
  EXPECT_EQ(lexicon->find("b"), SignalId{1});
  EXPECT_EQ(lexicon->find("c"), std::nullopt);
  EXPECT_EQ(lexicon->spec(1).name, "b");
  EXPECT_EQ(lexicon->phrase_count(), 4U);
}

TEST(Lexicon, TellsUnknownNamesWithASuggestion) {
  EXPECT_EQ(mistakes_of(lexicon_of({phrases("agent.thanks", {"thanks"}), any_of("all", {"agent.thank", "nothing_like_it"})})),
            (Mistakes{"signals/test.yaml:0: \"agent.thank\" is no signal; did you mean \"agent.thanks\"?",
                      "signals/test.yaml:0: \"nothing_like_it\" is no signal"}));
  EXPECT_EQ(mistakes_of(lexicon_of({detector("a", "ecco"), detector("b", "counts_down", {{"aftr", "1 s"}})})),
            (Mistakes{"signals/test.yaml:0: \"ecco\" is no detector; did you mean \"echo\"?",
                      "signals/test.yaml:0: the detector \"counts_down\" has no parameter \"aftr\"; did you mean \"after\"?"}));
  EXPECT_EQ(mistakes_of(lexicon_of({with(phrases("a", {"x"}), filter(Filter::Kind::with, {"b"}))})),
            (Mistakes{"signals/test.yaml:1: \"b\" is no signal; did you mean \"a\"?"}));
}

TEST(Lexicon, TellsEveryMistakeInPhrases) {
  Specs specs = lexicon_of({phrases("a", {"(x", "fine", "<klass>"}), phrases("b", {"x"}, {"[y]"})});
  specs.classes.push_back(class_of_word("class", {"x"}));
  EXPECT_EQ(mistakes_of(std::move(specs)),
            (Mistakes{"signals/test.yaml:1: column 3: found the phrase's end, expected a word, \"|\" or \")\" [(x]",
                      "signals/test.yaml:1: column 2: \"klass\" is no word class; did you mean \"class\"? [<klass>]",
                      "signals/test.yaml:1: the phrase may match without any word, expected at least one that must be there [[y]]"}));
}

TEST(Lexicon, TellsMistakesInClassesOnce) {
  Specs specs = lexicon_of({phrases("a", {"<x> y", "<x> z", "<empty>", "<empty> y"})});
  specs.classes = {class_of_word("x", {"good", "bad)", "[none]"}), class_of_word("loop", {"<loop>"}), class_of_word("empty", {})};
  EXPECT_EQ(mistakes_of(std::move(specs)),
            (Mistakes{"classes/test.yaml:7: column 4: found \")\", expected a word [bad)]",
                      "classes/test.yaml:7: the alternative may stand for no word, expected at least one that must be there [[none]]",
                      "classes/test.yaml:7: the word class \"empty\" has no alternatives",
                      "classes/test.yaml:7: column 2: the word class \"loop\" holds itself [<loop>]"}));
}

TEST(Lexicon, TellsSignalsThatRestOnThemselves) {
  EXPECT_EQ(mistakes_of(lexicon_of({any_of("a", {"b"}), any_of("b", {"c"}), any_of("c", {"a"}), any_of("d", {"a"})})),
            (Mistakes{"signals/test.yaml:0: \"a\" rests on itself: \"a\" → \"b\" → \"c\" → \"a\""}));
  EXPECT_EQ(mistakes_of(lexicon_of({any_of("a", {"a"})})), (Mistakes{"signals/test.yaml:0: \"a\" rests on itself: \"a\" → \"a\""}));
  EXPECT_EQ(mistakes_of(lexicon_of({with(phrases("first", {"x"}), filter(Filter::Kind::after, {"first"}, true))})), Mistakes{});
  EXPECT_EQ(mistakes_of(lexicon_of({with(phrases("a", {"x"}), filter(Filter::Kind::reply_to, {"b"})), with(phrases("b", {"y"}), filter(Filter::Kind::reply_to, {"a"}))})), Mistakes{});
}

TEST(Lexicon, TellsSignalsThatCannotBeMade) {
  EXPECT_EQ(mistakes_of(lexicon_of({detector("a", "broken"), detector("b", "counts_down", {{"after", "soon"}})})),
            (Mistakes{"signals/test.yaml:0: the detector \"broken\": it is broken",
                      "signals/test.yaml:0: the detector \"counts_down\": \"soon\" for \"after\", expected a time such as 20 s, 500 ms or 2 min"}));
  EXPECT_EQ(mistakes_of(lexicon_of({Spec{}})), (Mistakes{":0: \"\" has nothing to fire on, expected phrases, events, a detector or any"}));
  EXPECT_EQ(mistakes_of(lexicon_of({phrases("a", {"x"}), phrases("a", {"y"})})),
            (Mistakes{"signals/test.yaml:1: \"a\" is defined twice, first at signals/test.yaml:1"}));
}

TEST(Lexicon, DerivesWhatAbsenceRestsOn) {
  Spec narrowed = any_of("narrowed", {"words", "hold"});
  narrowed.needs = SourceSet{Source::words};
  auto const lexicon = compile(lexicon_of({phrases("words", {"x"}), on_event("hold", EventKind::hold), on_event("survey", EventKind::survey),
                                           any_of("either", {"words", "hold"}), narrowed, detector("waits", "counts_down", {{"of", "words"}}),
                                           with(phrases("after", {"y"}), filter(Filter::Kind::after, {"hold"})),
                                           with(phrases("not_after", {"y"}), filter(Filter::Kind::after, {"hold"}, true))}));
  auto const needs = [&](std::string_view name) { return lexicon->needs(*lexicon->find(name)); };
  EXPECT_EQ(needs("words"), SourceSet{Source::words});
  EXPECT_EQ(needs("hold"), SourceSet{Source::telephony});
  EXPECT_EQ(needs("survey"), SourceSet{Source::survey});
  EXPECT_EQ(needs("either"), (SourceSet{Source::words, Source::telephony}));
  EXPECT_EQ(needs("narrowed"), SourceSet{Source::words});
  EXPECT_EQ(needs("waits"), SourceSet{Source::timing});
  EXPECT_EQ(needs("after"), (SourceSet{Source::words, Source::telephony}));
  EXPECT_EQ(needs("not_after"), SourceSet{Source::words});
}

TEST(Lexicon, KnowsInWhichLanguagesASignalCanBeRead) {
  Spec german = phrases("german", {"ja"});
  german.phrases.front().language = "de-AT";
  auto const lexicon = compile(lexicon_of({phrases("english", {"yes"}), german, any_of("both", {"english", "german"}), on_event("hold", EventKind::hold),
                                           any_of("yes_or_hold", {"english", "hold"}), detector("echo", "echo"), detector("sees", "sees", {{"signal", "english"}})}));
  auto const readable = [&](std::string_view name, std::string_view language) { return lexicon->readable_in(*lexicon->find(name), language); };
  EXPECT_TRUE(readable("english", "en"));
  EXPECT_TRUE(readable("english", "EN-gb"));
  EXPECT_FALSE(readable("english", "de"));
  EXPECT_TRUE(readable("german", "de"));
  EXPECT_TRUE(readable("both", "de"));
  EXPECT_FALSE(readable("both", "fr"));
  EXPECT_TRUE(readable("hold", "fr"));
  EXPECT_FALSE(readable("yes_or_hold", "fr"));
  EXPECT_TRUE(readable("echo", "de"));
  EXPECT_FALSE(readable("echo", "fr"));
  EXPECT_TRUE(readable("sees", "fr"));
}

TEST(Lexicon, ClassesDependOnTheLanguage) {
  Specs specs = lexicon_of({phrases("en", {"<yes>"}), phrases("fr", {"<yes>"})});
  specs.signals[1].phrases.front().language = "fr";
  specs.classes = {class_of_word("yes", {"yes", "sure"}, "en"), class_of_word("yes", {"ja"}, "de")};
  EXPECT_EQ(mistakes_of(specs), (Mistakes{"signals/test.yaml:1: column 2: the word class \"yes\" has no alternatives in the language \"fr\" [<yes>]"}));
  specs.classes.push_back(class_of_word("yes", {"okay"}));
  EXPECT_EQ(mistakes_of(specs), Mistakes{});
}

TEST(Lexicon, IsAVocabularyForDetectors) {
  Specs specs = lexicon_of({phrases("a", {"hello"})});
  specs.classes = {class_of_word("other", {"x"}), class_of_word("sad", {"unhappy", "not happy", "frustrat*", "<other>", "(cross|angry)"})};
  auto const lexicon = compile(std::move(specs));
  Vocabulary const& vocabulary = lexicon->impl();
  auto const sad = vocabulary.find_class("sad");
  ASSERT_TRUE(sad);
  EXPECT_EQ(vocabulary.find_class("glad"), std::nullopt);
  Words words;
  std::string const text = "unhappy happy frustrating frustrate x angry hello";
  vocabulary.tokenise(text, words);
  std::vector<bool> members;
  for (Token const& token : words.tokens) members.push_back(vocabulary.in_class(token, *sad));
  EXPECT_EQ(members, (std::vector<bool>{true, false, true, true, true, true, false}));
}

}  // namespace
}  // namespace rapport::signals
