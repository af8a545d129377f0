// What the files of signals/, classes/, glossary/ and scripts/ come to.
#include "playbook/signal_file.hpp"

#include <gtest/gtest.h>

#include <string>

#include "playbook/folders.hpp"
#include "playbook/word_files.hpp"
#include "unit/playbook/cases.hpp"

namespace rapport::playbook {
namespace {

using domain::Role;
using signals::Filter;
using signals::Reach;
using signals::Speakers;
using signals::Spec;

/// The signals of one file, which must be sound; the file may use the names of its own.
class Signals {
 public:
  explicit Signals(std::string const& text) : file_{"signals/f.yaml", text}, reading_(problems_) {
    auto const root = read_yaml(file_, problems_);
    if (root) {
      for (Entry const& entry : root->entries) reading_.signals.declare(entry.key, problems_);
      read_signal_file(*root, reading_, signals_, places_);
    }
    EXPECT_EQ(testing::problems_of({std::nullopt, problems_.take()}), "");
  }

  Spec operator[](std::string const& name) const {
    for (Spec const& spec : signals_) {
      if (spec.name == name) return spec;
    }
    ADD_FAILURE() << name;
    return {};
  }

 private:
  SourceFile file_;
  Problems problems_;
  Reading reading_;
  std::vector<Spec> signals_;
  PhrasePlaces places_;
};

TEST(SignalFile, TellsWhoSpeaks) {
  Signals const signals(R"(
agent.a: {meaning: a, phrases: [a]}
staff.b: {meaning: a, phrases: [a]}
hold.c: {meaning: a, phrases: [a]}
anyone.d: {meaning: a, phrases: [a]}
agent.e: {meaning: a, by: customer, phrases: [a]}
agent.f: {meaning: a, by: [supervisor, staff, agent], phrases: [a]}
agent.g: {meaning: a, by: anyone, phrases: [a]}
agent.h: {meaning: a, by: [agent, anyone], phrases: [a]}
)");
  EXPECT_EQ(signals["agent.a"].by, Speakers{Role::agent});
  EXPECT_EQ(signals["staff.b"].by, (Speakers{Role::agent, Role::supervisor, Role::bot}));
  EXPECT_EQ(signals["hold.c"].by, Speakers{});
  EXPECT_EQ(signals["anyone.d"].by, Speakers{});
  EXPECT_EQ(signals["agent.e"].by, Speakers{Role::customer});
  EXPECT_EQ(signals["agent.f"].by, (Speakers{Role::agent, Role::supervisor, Role::bot}));
  EXPECT_EQ(signals["agent.g"].by, Speakers{});
  EXPECT_EQ(signals["agent.h"].by, Speakers{});
}

TEST(SignalFile, KeepsPhrasesByLanguage) {
  Signals const signals(R"(
agent.a:
  meaning: "  two   words  "
  phrases: [one, "two  words"]
  but not: three
agent.b:
  meaning: b
  phrases: {de: [eins], en-GB: one}
  but not: {de: zwei}
)");
  Spec const a = signals["agent.a"];
  EXPECT_EQ(a.meaning, "two words");
  EXPECT_EQ(a.file, "signals/f.yaml");
  EXPECT_EQ(a.line, 2);
  ASSERT_EQ(a.phrases.size(), 1U);
  EXPECT_EQ(a.phrases[0].language, "en");
  EXPECT_EQ(a.phrases[0].phrases, (std::vector<std::string>{"one", "two words"}));
  EXPECT_EQ(a.phrases[0].but_not, std::vector<std::string>{"three"});
  Spec const b = signals["agent.b"];
  ASSERT_EQ(b.phrases.size(), 2U);
  EXPECT_EQ(b.phrases[0].language, "de");
  EXPECT_EQ(b.phrases[0].but_not, std::vector<std::string>{"zwei"});
  EXPECT_EQ(b.phrases[1].language, "en-GB");
  EXPECT_EQ(b.phrases[1].phrases, std::vector<std::string>{"one"});
}

TEST(SignalFile, ReadsEventsAndTheirFields) {
  Signals const signals(R"(
agent.a: {meaning: a, events: [hold, hold end, note]}
agent.b:
  meaning: b
  events: {event: disposition, where: {outcome: [follow_up, unresolved], reason: any, limits/refund: {not: "0"}, root_cause: "any"}}
)");
  Spec const a = signals["agent.a"];
  ASSERT_EQ(a.events.size(), 3U);
  EXPECT_EQ(a.events[0].kind, domain::EventKind::hold);
  EXPECT_FALSE(a.events[0].at_end);
  EXPECT_TRUE(a.events[1].at_end);
  EXPECT_EQ(a.events[2].kind, domain::EventKind::note);
  Spec const b = signals["agent.b"];
  ASSERT_EQ(b.events.size(), 1U);
  auto const& where = b.events[0].where;
  ASSERT_EQ(where.size(), 4U);
  EXPECT_EQ(where[0].field, "outcome");
  EXPECT_EQ(where[0].values, (std::vector<std::string>{"follow_up", "unresolved"}));
  EXPECT_TRUE(where[1].values.empty());
  EXPECT_EQ(where[2].group, "limits");
  EXPECT_EQ(where[2].field, "refund");
  EXPECT_TRUE(where[2].negated);
  EXPECT_EQ(where[3].values, std::vector<std::string>{"any"});  // in quotes it is a text
}

TEST(SignalFile, ReadsDetectorsAndOtherSignals) {
  Signals const signals(R"(
agent.a: {meaning: a, detector: interruption}
agent.b: {meaning: a, detector: {interruption: {overlap: 500 ms}}}
agent.c: {meaning: a, detector: [hold_total, {search_long: {starts: agent.a, over: 20 s}}, {hold_over: }]}
agent.d: {meaning: a, any: [agent.a, agent.b]}
)");
  EXPECT_EQ(signals["agent.a"].detectors.at(0).name, "interruption");
  EXPECT_EQ(signals["agent.b"].detectors.at(0).parameters, (std::map<std::string, std::string>{{"overlap", "500 ms"}}));
  ASSERT_EQ(signals["agent.c"].detectors.size(), 3U);
  EXPECT_EQ(signals["agent.c"].detectors[1].parameters, (std::map<std::string, std::string>{{"over", "20 s"}, {"starts", "agent.a"}}));
  EXPECT_TRUE(signals["agent.c"].detectors[2].parameters.empty());
  EXPECT_EQ(signals["agent.d"].any, (std::vector<std::string>{"agent.a", "agent.b"}));
}

TEST(SignalFile, ReadsFilters) {
  Signals const signals(R"(
agent.x: {meaning: x, phrases: [x]}
agent.y: {meaning: y, phrases: [y]}
agent.a:
  meaning: a
  phrases: [a]
  with: [agent.x, agent.y]
  not with: {signals: agent.x, in: sentence}
  after: {signals: agent.x, within: 30 s}
  not after: [{signals: agent.x}, {signals: agent.y, within: 2 agent turns}]
  reply to: agent.x
  not reply to: [agent.x, agent.y]
  question: false
  in first: 3 turns
  words: 1..6
  channel: [chat, email]
agent.b: {meaning: b, phrases: [b], question: true, words: 6.., in first: 1 turn, after: {signals: agent.a, within: 1 turn}}
)");
  auto const filters = signals["agent.a"].filters;
  ASSERT_EQ(filters.size(), 11U);
  EXPECT_EQ(filters[0].kind, Filter::Kind::with);
  EXPECT_EQ(filters[0].reach, Reach::event);
  EXPECT_EQ(filters[0].signals, (std::vector<std::string>{"agent.x", "agent.y"}));
  EXPECT_TRUE(filters[1].negated);
  EXPECT_EQ(filters[1].reach, Reach::sentence);
  EXPECT_EQ(filters[2].kind, Filter::Kind::after);
  EXPECT_EQ(filters[2].within_ms, 30'000);
  EXPECT_EQ(filters[2].turns, std::nullopt);
  EXPECT_TRUE(filters[3].negated);
  EXPECT_EQ(filters[4].turns, 2);
  EXPECT_EQ(filters[5].kind, Filter::Kind::reply_to);
  EXPECT_TRUE(filters[6].negated);
  EXPECT_EQ(filters[7].kind, Filter::Kind::question);
  EXPECT_TRUE(filters[7].negated);
  EXPECT_EQ(filters[8].kind, Filter::Kind::in_turns);
  EXPECT_EQ(filters[8].turns, 3);
  EXPECT_EQ(filters[9].low, 1);
  EXPECT_EQ(filters[9].high, 6);
  EXPECT_EQ(filters[10].kind, Filter::Kind::channel);
  EXPECT_EQ(filters[10].signals, (std::vector<std::string>{"chat", "email"}));
  auto const others = signals["agent.b"].filters;
  ASSERT_EQ(others.size(), 4U);
  EXPECT_EQ(others[0].turns, 1);
  EXPECT_FALSE(others[1].negated);
  EXPECT_EQ(others[3].low, 6);
  EXPECT_EQ(others[3].high, Filter().high);
}

TEST(SignalFile, NarrowsWhatAbsenceNeeds) {
  Signals const signals(R"(
agent.a: {meaning: a, phrases: [a]}
agent.b: {meaning: a, phrases: [a], needs: nothing}
agent.c: {meaning: a, phrases: [a], needs: [words, desk]}
)");
  EXPECT_EQ(signals["agent.a"].needs, std::nullopt);
  EXPECT_EQ(signals["agent.b"].needs, domain::SourceSet());
  EXPECT_EQ(signals["agent.c"].needs, (domain::SourceSet{domain::Source::words, domain::Source::desk}));
}

TEST(WordFiles, ReadClassesGlossaryAndLines) {
  SourceFile const classes{"classes/c.yaml", "soon: [now, \"in a <moment>\"]\nmoment: {en: [moment], de: [Moment, Augenblick]}\n"};
  SourceFile const glossary{"glossary/g.yaml", "language: de\nterms: {Valuta: Tag der Buchung}\n"};
  SourceFile const scripts{"scripts/s.yaml", "rec: {kind: required, text: We record., queues: [a, b], brands: x}\nown: {kind: own-words, language: de, text: So.}\n"};
  Problems problems;
  Reading reading(problems);
  signals::Specs specs;
  PhrasePlaces places;
  auto const class_root = read_yaml(classes, problems);
  for (Entry const& entry : class_root->entries) reading.classes.declare(entry.key, problems);
  WordFiles words(reading, specs, places);
  words.read_classes(*class_root);
  words.read_glossary(*read_yaml(glossary, problems));
  words.read_scripts(*read_yaml(scripts, problems));
  ASSERT_EQ(testing::problems_of({std::nullopt, problems.take()}), "");
  ASSERT_EQ(specs.classes.size(), 3U);
  EXPECT_EQ(specs.classes[0].language, "");
  EXPECT_EQ(specs.classes[0].alternatives, (std::vector<std::string>{"now", "in a <moment>"}));
  EXPECT_EQ(specs.classes[2].language, "de");
  EXPECT_EQ(specs.classes[2].line, 2);
  ASSERT_EQ(specs.glossary.size(), 1U);
  EXPECT_EQ(specs.glossary[0].language, "de");
  EXPECT_EQ(specs.glossary[0].plain, "Tag der Buchung");
  ASSERT_EQ(specs.lines.size(), 2U);
  EXPECT_EQ(specs.lines[0].kind, signals::ScriptLine::Kind::required);
  EXPECT_EQ(specs.lines[0].language, "en");
  EXPECT_EQ(specs.lines[0].queues, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(specs.lines[0].brands, std::vector<std::string>{"x"});
  EXPECT_EQ(specs.lines[1].kind, signals::ScriptLine::Kind::own_words);
}

}  // namespace
}  // namespace rapport::playbook
