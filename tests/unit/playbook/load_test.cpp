#include "playbook/load.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "base/limits.hpp"
#include "unit/playbook/cases.hpp"

namespace rapport::playbook {
namespace {

using testing::files_of;
using testing::problems_of;
using testing::with_ground;

/// The ground with one more file of practices, which must load.
Playbook with_practices(std::string const& practices) {
  Loaded loaded = load(with_ground({{"practices/more.yaml", practices}}));
  EXPECT_EQ(problems_of(loaded), "");
  return loaded ? *std::move(loaded.playbook) : Playbook();
}

Practice practice(Playbook const& playbook, std::string_view id) {
  auto const found = std::find_if(playbook.practices.begin(), playbook.practices.end(), [&](Practice const& one) { return one.id == id; });
  EXPECT_NE(found, playbook.practices.end()) << id;
  return found == playbook.practices.end() ? Practice() : *found;
}

Pattern pattern(Playbook const& playbook, std::string_view id) {
  Practice const one = practice(playbook, id);
  EXPECT_EQ(one.patterns.size(), 1U) << id;
  return one.patterns.empty() ? Pattern() : one.patterns.front();
}

SignalId signal(Playbook const& playbook, std::string_view name) { return playbook.lexicon->find(name).value_or(signals::no_signal); }

TEST(Load, ReadsEverythingOfAPractice) {
  Playbook const playbook = with_practices(R"(
a.full:
  say: Say it
  why: >
    Because it
    helps.
  must: agent.asks_to_hold
  weight: 7
  sure: 650
  critical: true
  visibility: agent
  on_transfer: stay
  cue: {at: 90 s, text: Say it now.}
  coach: Well said.
  seeds: [0, 4]
  on: false
  channel weight: {chat: 0, email: 2}
a.plain: {say: Plain, must: agent.asks_to_hold, cue: Now.}
a.unjudged: {say: Warmth, not assessed: needs audio}
)");
  Practice const full = practice(playbook, "a.full");
  EXPECT_EQ(full.say, "Say it");
  EXPECT_EQ(full.why, "Because it helps.");
  EXPECT_EQ(full.weight, 7);
  EXPECT_EQ(full.sure, 650);
  EXPECT_TRUE(full.critical);
  EXPECT_EQ(full.visibility, Visibility::agent);
  EXPECT_EQ(full.on_transfer, OnTransfer::stay);
  EXPECT_EQ(full.cue->text, "Say it now.");
  EXPECT_EQ(full.cue->at_ms, 90'000);
  EXPECT_EQ(full.coach, "Well said.");
  EXPECT_EQ(full.seeds, (std::vector<int>{0, 4}));
  EXPECT_FALSE(full.on);
  EXPECT_EQ(full.channel_weight, (std::map<domain::Channel, std::int32_t>{{domain::Channel::chat, 0}, {domain::Channel::email, 2}}));
  EXPECT_EQ(full.file, "practices/more.yaml");
  EXPECT_EQ(full.line, 2);
  Practice const plain = practice(playbook, "a.plain");
  EXPECT_EQ(plain.weight, 1);
  EXPECT_EQ(plain.sure, 0);
  EXPECT_FALSE(plain.critical);
  EXPECT_EQ(plain.visibility, Visibility::team);
  EXPECT_EQ(plain.on_transfer, OnTransfer::inherit);
  EXPECT_EQ(plain.cue->text, "Now.");
  EXPECT_EQ(plain.cue->at_ms, std::nullopt);
  EXPECT_TRUE(plain.on);
  EXPECT_EQ(practice(playbook, "a.unjudged").not_assessed_why, "needs audio");
  EXPECT_TRUE(practice(playbook, "a.unjudged").patterns.empty());
}

TEST(Load, AccuracyIsToldAndChangesNoHash) {
  Loaded const without = load(with_ground({}));
  Loaded const with = load(with_ground({{"accuracy.yaml", "hold.ask-first: Right in 9 of 10.\n"}}));
  Loaded const changed = load(with_ground({{"accuracy.yaml", "hold.ask-first: Right in 8 of 10.\n"}}));
  ASSERT_EQ(problems_of(without) + problems_of(with) + problems_of(changed), "");
  EXPECT_EQ(practice(*without.playbook, "hold.ask-first").accuracy, "");
  EXPECT_EQ(practice(*with.playbook, "hold.ask-first").accuracy, "Right in 9 of 10.");
  EXPECT_EQ(with.playbook->hash, without.playbook->hash);
  EXPECT_EQ(changed.playbook->hash, without.playbook->hash);
}

TEST(Load, ReadsEveryPattern) {
  Playbook const playbook = with_practices(R"(
a.must: {say: a, must: agent.asks_to_hold within 2 agent turns}
a.never: {say: a, never: agent.asks_to_hold}
a.then: {say: a, each: hold.start, then: agent.asks_to_hold within 20 s or 1 agent turn or 3 customer turns or 90 s of speech, same: item}
a.due: {say: a, each: hold.start, then: agent.asks_to_hold within due}
a.first: {say: a, each first: hold.start, first: agent.asks_to_hold}
a.with: {say: a, each: hold.start, with: agent.asks_to_hold}
a.with-turn: {say: a, each: hold.start, with: {signal: agent.asks_to_hold, in: turn}}
a.most: {say: a, at most: 3 agent.asks_to_hold}
a.band: {say: a, measure: hold.total, within: ..120 s}
)");
  SignalId const hold = signal(playbook, "hold.start");
  SignalId const asks = signal(playbook, "agent.asks_to_hold");
  Pattern const must = pattern(playbook, "a.must");
  EXPECT_EQ(must.kind, PatternKind::must);
  EXPECT_EQ(must.signal, asks);
  EXPECT_EQ(must.trigger, signals::no_signal);
  EXPECT_EQ(must.bound.agent_turns, 2);
  EXPECT_EQ(must.scope.kind, ScopeKind::whole);
  EXPECT_EQ(pattern(playbook, "a.never").kind, PatternKind::never);
  EXPECT_TRUE(pattern(playbook, "a.never").bound.none());
  Pattern const then = pattern(playbook, "a.then");
  EXPECT_EQ(then.kind, PatternKind::each_then);
  EXPECT_EQ(then.trigger, hold);
  EXPECT_EQ(then.signal, asks);
  EXPECT_EQ(then.bound.time_ms, 20'000);
  EXPECT_EQ(then.bound.agent_turns, 1);
  EXPECT_EQ(then.bound.customer_turns, 3);
  EXPECT_EQ(then.bound.speech_ms, 90'000);
  EXPECT_TRUE(then.same_item);
  EXPECT_FALSE(then.first_only);
  EXPECT_TRUE(pattern(playbook, "a.due").bound.due_of_trigger);
  EXPECT_EQ(pattern(playbook, "a.first").kind, PatternKind::each_first);
  EXPECT_TRUE(pattern(playbook, "a.first").first_only);
  EXPECT_EQ(pattern(playbook, "a.with").kind, PatternKind::each_with);
  EXPECT_EQ(pattern(playbook, "a.with").reach, signals::Reach::event);
  EXPECT_EQ(pattern(playbook, "a.with-turn").reach, signals::Reach::turn);
  EXPECT_EQ(pattern(playbook, "a.most").kind, PatternKind::at_most);
  EXPECT_EQ(pattern(playbook, "a.most").count, 3);
  Pattern const band = pattern(playbook, "a.band");
  EXPECT_EQ(band.kind, PatternKind::within);
  EXPECT_EQ(band.signal, signal(playbook, "hold.total"));
  EXPECT_EQ(band.low, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(band.high, 120'000);
}

TEST(Load, ReadsScopesConditionsAndExceptions) {
  Playbook const playbook = with_practices(R"(
a.each: {say: a, must: agent.asks_to_hold, scope: each agent}
a.after: {say: a, must: agent.asks_to_hold, scope: after hold.start}
a.before: {say: a, must: agent.asks_to_hold, scope: before hold.start}
a.between: {say: a, must: agent.asks_to_hold, scope: between hold.start and agent.asks_to_hold}
a.when:
  say: a
  must: agent.asks_to_hold
  void if: [hold.start, agent.asks_to_hold]
  when:
    - channel: [voice, chat]
      not direction: outbound
      text channel: false
      not text channel: false
    - queue: [sales, care]
      company: known
      not customer name: known
      context: {limits/refund: any, consent_required: true}
      not seen: hold.start
)");
  SignalId const hold = signal(playbook, "hold.start");
  EXPECT_EQ(pattern(playbook, "a.each").scope.kind, ScopeKind::agent_segment);
  EXPECT_EQ(pattern(playbook, "a.after").scope.kind, ScopeKind::after);
  EXPECT_EQ(pattern(playbook, "a.after").scope.opens, hold);
  EXPECT_EQ(pattern(playbook, "a.before").scope.closes, hold);
  EXPECT_EQ(pattern(playbook, "a.between").scope.opens, hold);
  EXPECT_EQ(pattern(playbook, "a.between").scope.closes, signal(playbook, "agent.asks_to_hold"));
  Pattern const when = pattern(playbook, "a.when");
  EXPECT_EQ(when.void_if, (std::vector<SignalId>{hold, signal(playbook, "agent.asks_to_hold")}));
  ASSERT_EQ(when.when.size(), 10U);
  EXPECT_EQ(when.when[0].values, (std::vector<std::string>{"voice", "chat"}));
  EXPECT_TRUE(when.when[1].negated);
  EXPECT_EQ(when.when[1].subject, Condition::Subject::direction);
  EXPECT_EQ(when.when[2].subject, Condition::Subject::text_channel);
  EXPECT_TRUE(when.when[2].negated);
  EXPECT_FALSE(when.when[3].negated);
  EXPECT_EQ(when.when[4].subject, Condition::Subject::queue);
  EXPECT_EQ(when.when[5].subject, Condition::Subject::company);
  EXPECT_TRUE(when.when[6].negated);
  EXPECT_EQ(when.when[7].group, "limits");
  EXPECT_EQ(when.when[7].field, "refund");
  EXPECT_TRUE(when.when[7].values.empty());
  EXPECT_EQ(when.when[8].values, std::vector<std::string>{"true"});
  EXPECT_EQ(when.when[9].signal, hold);
  EXPECT_TRUE(when.when[9].negated);
}

TEST(Load, PoolsPatternsThatShareAFrame) {
  Playbook const playbook = with_practices(R"(
a.all:
  say: a
  when: {channel: voice}
  scope: after hold.start
  void if: hold.start
  all of:
    - must: agent.asks_to_hold
    - never: agent.asks_to_hold
      scope: whole
      when: {direction: inbound}
      void if: agent.asks_to_hold
)");
  Practice const all = practice(playbook, "a.all");
  ASSERT_EQ(all.patterns.size(), 2U);
  EXPECT_EQ(all.patterns[0].scope.kind, ScopeKind::after);
  EXPECT_EQ(all.patterns[0].when.size(), 1U);
  EXPECT_EQ(all.patterns[0].void_if.size(), 1U);
  EXPECT_EQ(all.patterns[1].scope.kind, ScopeKind::whole);
  EXPECT_EQ(all.patterns[1].when.size(), 2U);
  EXPECT_EQ(all.patterns[1].void_if.size(), 2U);
}

TEST(Load, MakesStepsOfAFrameworkIntoPatterns) {
  Loaded const loaded = load(with_ground(files_of(R"(
=== frameworks/hold.yaml
framework: Hold
say: Ask, then hold.
steps:
  - ask: {until: agent.asks_to_hold, expects: hold.ask-first}
  - hold: {until: hold.start}
=== practices/steps.yaml
a.steps: {say: a, framework: steps, void if: hold.start}
)")));
  ASSERT_EQ(problems_of(loaded), "");
  Playbook const& playbook = *loaded.playbook;
  ASSERT_EQ(playbook.frameworks.size(), 1U);
  EXPECT_EQ(playbook.frameworks[0].name, "Hold");
  EXPECT_EQ(playbook.frameworks[0].say, "Ask, then hold.");
  EXPECT_EQ(playbook.frameworks[0].steps[0].expects, std::vector<std::string>{"hold.ask-first"});
  Practice const steps = practice(playbook, "a.steps");
  ASSERT_EQ(steps.patterns.size(), 2U);
  for (Pattern const& one : steps.patterns) {
    EXPECT_EQ(one.kind, PatternKind::must);
    ASSERT_EQ(one.when.size(), 1U);
    EXPECT_EQ(one.when[0].subject, Condition::Subject::context);
    EXPECT_EQ(one.when[0].field, "framework");
    EXPECT_EQ(one.when[0].values, std::vector<std::string>{"Hold"});
    EXPECT_EQ(one.void_if.size(), 1U);
  }
  EXPECT_EQ(steps.patterns[0].scope.kind, ScopeKind::whole);
  EXPECT_EQ(steps.patterns[1].scope.kind, ScopeKind::after);
  EXPECT_EQ(steps.patterns[1].scope.opens, signal(playbook, "agent.asks_to_hold"));
  EXPECT_EQ(steps.patterns[1].signal, signal(playbook, "hold.start"));
}

TEST(Load, LeavesAloneWhatIsNoneOfItsFiles) {
  auto files = with_ground({});
  std::string const hash = load(files).playbook->hash;
  files.push_back({"README.md", "# x: [not yaml"});
  files.push_back({"practices/notes.txt", "\xFF"});
  files.push_back({".git/config.yaml", "x"});
  files.push_back({"practices/.hold.yaml.swp", "\x01"});
  Loaded const loaded = load(files);
  EXPECT_EQ(problems_of(loaded), "");
  EXPECT_EQ(loaded.playbook->hash, hash);
}

TEST(Load, TellsAFileWithoutAName) {
  EXPECT_EQ(problems_of(load(with_ground({{"", "x"}}))),
            "a file without a name: this is no file of a playbook; expected names that end in .yaml (.md and .txt are left alone)\n");
}

TEST(Load, KeepsTheCatalogueInOrder) {
  auto const ids = [](std::string const& order) {
    Loaded const loaded = load(files_of(
        "=== signals/a.yaml\nagent.a: {meaning: a, phrases: [a]}\n"
        "=== practices/b.yaml\nb.two: {say: b, must: agent.a}\nb.one: {say: b, must: agent.a}\n"
        "=== practices/a.yaml\na.one: {say: b, must: agent.a}\n"
        "=== practices/c/deep.yaml\nc.one: {say: b, must: agent.a}\n"
        "=== playbook.yaml\nname: x\nversion: 1\n" +
        order));
    EXPECT_EQ(problems_of(loaded), "");
    std::string text;
    for (Practice const& one : loaded.playbook->practices) text += one.id + " ";
    return text;
  };
  EXPECT_EQ(ids(""), "a.one b.two b.one c.one ");
  EXPECT_EQ(ids("order: [c/deep.yaml, practices/b.yaml]"), "c.one b.two b.one a.one ");
}

constexpr std::string_view presets = R"(
=== playbook.yaml
name: Ground
version: 2.1
presets:
  sales:
    say: For selling.
    weights: {hold.ask-first: 9}
    channel_weights: {chat: {hold.ask-first: 0}}
    critical: hold.ask-first
    on: off.one
  quiet:
    say: For silence.
    off: [hold.ask-first]
=== practices/off.yaml
off.one: {say: a, must: agent.asks_to_hold, on: false}
)";

TEST(Load, AppliesTheChosenPreset) {
  auto const files = with_ground(files_of(presets));
  Loaded const none = load(files);
  ASSERT_EQ(problems_of(none), "");
  EXPECT_EQ(none.playbook->preset, "");
  ASSERT_EQ(none.playbook->presets.size(), 2U);
  EXPECT_EQ(none.playbook->presets[0].name, "sales");
  EXPECT_EQ(none.playbook->presets[0].say, "For selling.");
  EXPECT_EQ(practice(*none.playbook, "hold.ask-first").weight, 1);
  EXPECT_FALSE(practice(*none.playbook, "off.one").on);
  Loaded const sales = load(files, "sales");
  ASSERT_EQ(problems_of(sales), "");
  Practice const ask = practice(*sales.playbook, "hold.ask-first");
  EXPECT_EQ(sales.playbook->preset, "sales");
  EXPECT_EQ(ask.weight, 9);
  EXPECT_TRUE(ask.critical);
  EXPECT_EQ(ask.channel_weight.at(domain::Channel::chat), 0);
  EXPECT_TRUE(practice(*sales.playbook, "off.one").on);
  EXPECT_FALSE(practice(*load(files, "quiet").playbook, "hold.ask-first").on);
}

TEST(Load, KnowsItsPresets) {
  auto const files = with_ground(files_of(presets));
  EXPECT_EQ(problems_of(load(files, "sale")), "playbook.yaml: \"sale\" is no preset of this playbook; did you mean \"sales\"?\n");
  EXPECT_EQ(problems_of(load(files, "outbound")), "playbook.yaml: \"outbound\" is no preset of this playbook; expected sales or quiet\n");
  EXPECT_EQ(problems_of(load(with_ground({}), "sales")), "playbook.yaml: \"sales\" is no preset of this playbook; it has none\n");
}

TEST(Load, HashesPathsContentsAndPreset) {
  auto const files = files_of("=== playbook.yaml\nname: x\nversion: 1\npresets:\n  a: {say: a}\n=== signals/a.yaml\nagent.a: {meaning: a, phrases: [a]}\n");
  auto const hash = [](std::vector<SourceFile> const& some, std::string_view preset = {}) {
    Loaded const loaded = load(some, preset);
    EXPECT_EQ(problems_of(loaded), "");
    return loaded.playbook->hash;
  };
  // Ledgers name this hash: it must not change for equal files.
  EXPECT_EQ(hash(files), "f3d3ca4a023e4c2850b046f317fb9a9cb1599a4e7b9fa3a9c82d53cb2c35424a");
  auto turned = files;
  std::reverse(turned.begin(), turned.end());
  EXPECT_EQ(hash(turned), hash(files));
  EXPECT_NE(hash(files, "a"), hash(files));
  auto renamed = files;
  renamed[1].path = "signals/b.yaml";
  EXPECT_NE(hash(renamed), hash(files));
  auto changed = files;
  changed[1].text += "# a comment\n";
  EXPECT_NE(hash(changed), hash(files));
}

TEST(Load, HasLimitsAndNamesThem) {
  std::vector<SourceFile> many(limits::playbook_files_max + 1, SourceFile{"signals/a.yaml", ""});
  EXPECT_NE(problems_of(load(many)).find("1001 files; expected at most 1000 (playbook_files_max)"), std::string::npos);
  std::vector<SourceFile> large(5, SourceFile{"signals/a.yaml", std::string(limits::playbook_file_bytes_max, ' ')});
  EXPECT_NE(problems_of(load(large)).find("20971520 bytes; expected at most 16777216 (playbook_bytes_max)"), std::string::npos);
  std::string signals;
  for (std::size_t count = 0; count <= limits::signals_max; ++count) signals += "s" + std::to_string(count) + ": {meaning: a, events: hold}\n";
  EXPECT_EQ(problems_of(load(with_ground({{"signals/more.yaml", signals}}))).substr(0, 91),
            "signals/more.yaml:3998:1: there are more than 4000 signals; that is the limit (signals_max)");
  std::string patterns = "a.a:\n  say: a\n  all of:\n";
  for (std::size_t count = 0; count <= limits::patterns_per_practice_max; ++count) patterns += "    - must: agent.asks_to_hold\n";
  EXPECT_EQ(problems_of(load(with_ground({{"practices/more.yaml", patterns}}))),
            "practices/more.yaml:4:5: 33 patterns in \"a.a\"; expected at most 32 (patterns_per_practice_max)\n");
}

TEST(Load, CountsThousandsOfMistakesOnOneLine) {
  std::string practices = "{";
  for (int count = 0; count < 300; ++count) {
    practices += "p" + std::to_string(count) + ": {say: a, void if: [";
    for (int name = 0; name < 50; ++name) practices += "agent.asks_to_hlod_" + std::to_string(name) + ", ";
    practices += "hold.start], must: agent.asks_to_hold}, ";
  }
  Loaded const loaded = load(with_ground({{"practices/more.yaml", practices + "}"}}));
  ASSERT_EQ(loaded.problems.size(), limits::problems_max + 1);
  EXPECT_EQ(to_text(loaded.problems.front()).substr(0, 46), "practices/more.yaml:1:25: \"agent.asks_to_hlod_");
  EXPECT_EQ(to_text(loaded.problems.back()), "playbook.yaml: 14000 more problems are not listed (problems_max is 1000)");
}

}  // namespace
}  // namespace rapport::playbook
