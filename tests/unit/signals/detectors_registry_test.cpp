#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "signals/detector.hpp"
#include "signals/detectors/word_lists.hpp"
#include "signals/tokeniser.hpp"
#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using domain::EventKind;
using domain::Role;
using domain::Value;

std::string joined(std::vector<std::string_view> const& names) {
  std::string out;
  for (std::string_view const name : names) out += (out.empty() ? "`" : ", `") + std::string{name} + "`";
  return out.empty() ? "none" : out;
}

std::string needs_of(domain::SourceSet needs) {
  std::string out;
  for (std::size_t index = 0; index < domain::source_count; ++index) {
    auto const source = static_cast<domain::Source>(index);
    if (needs.has(source)) out += (out.empty() ? "" : ", ") + std::string{domain::name(source)};
  }
  return out.empty() ? "nothing" : out;
}

/// docs/detectors.md as the registry says it must be.
std::string page() {
  std::string out =
      "# Built-in detectors\n\n"
      "Signals that a list of phrases cannot express. A playbook uses one by name: `detector: silence`, or with\n"
      "parameters `detector: {silence: {over: 10 s}}`. What each means to the letter stands in the header that\n"
      "declares it, in `src/signals/detectors/`. A *measure* carries a running value in thousandths.\n\n"
      "This page is held equal to the registry by a test.\n\n"
      "| name | fires where | parameters | needs | languages |\n|---|---|---|---|---|\n";
  for (DetectorKind const& kind : detector_kinds()) {
    std::string languages;
    for (std::string_view const language : kind.languages) languages += (languages.empty() ? "" : ", ") + std::string{language};
    out += "| `" + std::string{kind.name} + "` | " + (kind.measure ? "*measure:* " : "") + std::string{kind.meaning} + " | " +
           joined(kind.parameters) + " | " + needs_of(kind.needs) + " | " + (languages.empty() ? "any" : languages) + " |\n";
  }
  return out;
}

TEST(DetectorRegistry, IsSortedAndComplete) {
  auto const& kinds = detector_kinds();
  EXPECT_TRUE(std::ranges::is_sorted(kinds, {}, &DetectorKind::name));
  EXPECT_EQ(std::ranges::adjacent_find(kinds, {}, &DetectorKind::name), kinds.end());
  for (DetectorKind const& kind : kinds) {
    EXPECT_FALSE(kind.meaning.empty()) << kind.name;
    EXPECT_NE(kind.make, nullptr) << kind.name;
    for (std::string_view const parameter : kind.signal_parameters) {
      EXPECT_NE(std::ranges::find(kind.parameters, parameter), kind.parameters.end()) << kind.name << " " << parameter;
    }
    for (std::string_view const parameter : kind.weight_parameters) {
      EXPECT_NE(std::ranges::find(kind.parameters, parameter), kind.parameters.end()) << kind.name << " " << parameter;
    }
  }
}

TEST(DetectorRegistry, IsWhatThePageSays) {
  std::string const path = std::string{RAPPORT_SOURCE_DIR} + "/docs/detectors.md";
  if (std::getenv("RAPPORT_WRITE_PAGES") != nullptr) std::ofstream{path} << page();
  std::ifstream file{path};
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), page()) << "run this test with RAPPORT_WRITE_PAGES=1 to write the page anew";
}

TEST(DetectorWords, AreSpeltAsTheTokeniserSpells) {
  WordTable const table;
  Tokeniser const tokeniser{table};
  for (detectors::TraitList const& list : detectors::trait_lists()) {
    detectors::for_each_word(list.words, [&](std::string_view word) {
      Words words;
      tokeniser.tokenise(word, words);
      ASSERT_EQ(words.tokens.size(), 1U) << word;
      EXPECT_EQ(words.tokens.front().hash, word_hash(word)) << word;
    });
  }
}

/// Parameters that a detector cannot do without.
test::DetectorScene::Parameters needed_by(DetectorKind const& kind) {
  test::DetectorScene::Parameters parameters;
  for (std::string_view const name : kind.signal_parameters) parameters[std::string{name}] = "ok";
  for (std::string_view const name : kind.weight_parameters) parameters[std::string{name}] = "ok 20, bye -5";
  if (kind.name == "model") parameters["label"] = "apology";
  return parameters;
}

/// A conversation that touches every detector's state.
std::vector<domain::Event> conversation() {
  std::vector<domain::Event> events;
  base::Millis now = 0;
  auto const say = [&](Role by, std::string text) {
    domain::Event event = test::event_at(EventKind::utterance, now);
    event.by = by;
    event.participant = by == Role::agent ? domain::ParticipantIndex{0} : domain::ParticipantIndex{1};
    event.end_ms = now + 400 * (1 + std::count(text.begin(), text.end(), ' '));
    event.text = std::move(text);
    now = event.end() + 700;
    events.push_back(std::move(event));
  };
  say(Role::agent, "Halden Fibre, Kev speaking, account number please.");
  say(Role::customer, "my name is joan whitlock and my router is broken i am furious");
  say(Role::agent, "okay joan, so the router is not working. Have I that right? Open the lid and press the button.");
  say(Role::customer, "yes order 40917 it is terrible");
  domain::Event held = test::event_at(EventKind::hold, now);
  held.end_ms = now + 150'000;
  now += 151'000;
  events.push_back(held);
  say(Role::agent, "Okay. What is your name? I'll call you by Friday at 3 pm, it was $12.50.");
  say(Role::customer, "thanks that is good bye");
  domain::Event ended = test::event_at(EventKind::ended, now);
  events.push_back(ended);
  return events;
}

TEST(DetectorCheckpoints, GoOnAsIfNeverTaken) {
  domain::Interaction head;
  head.company = "Halden Fibre";
  head.started_at = *base::parse_rfc3339("2026-03-04T14:10:00Z");
  head.participants = {{"a", Role::agent, "", "Kev", "", {}, {}, {}}, {"c", Role::customer, "", "Joan Whitlock", "", {}, {}, {}}};
  std::vector<domain::Event> const events = conversation();
  for (DetectorKind const& kind : detector_kinds()) {
    std::vector<SpecError> errors;
    auto const lexicon = Lexicon::compile(test::specs_for(std::string{kind.name}, needed_by(kind)), errors);
    ASSERT_NE(lexicon, nullptr) << kind.name << ": " << (errors.empty() ? "" : errors.front().message);
    auto const run = [&](std::size_t checkpoint) {
      auto reader = std::make_unique<Reader>(*lexicon, head);
      std::vector<Occurrence> all;
      for (std::size_t index = 0; index < events.size(); ++index) {
        if (index == checkpoint) {
          auto copy = std::make_unique<Reader>(*reader);
          reader->read(events[index], static_cast<std::uint32_t>(index));  // the original goes elsewhere
          reader = std::move(copy);
        }
        reader->pass_time(events[index].at_ms - 1, all);
        Reading const& reading = reader->read(events[index], static_cast<std::uint32_t>(index));
        all.insert(all.end(), reading.occurrences.begin(), reading.occurrences.end());
      }
      reader->pass_time(events.back().at_ms + 200'000, all);
      reader->finish(events.back().at_ms + 200'000, all);
      return all;
    };
    std::vector<Occurrence> const straight = run(events.size());
    for (std::size_t at = 0; at < events.size(); ++at) EXPECT_EQ(run(at), straight) << kind.name << " at " << at;
  }
}

}  // namespace
}  // namespace rapport::signals
