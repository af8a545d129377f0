// How fast whole interactions are judged by the standard playbook, on one core, and what an event
// costs as interactions grow. The words are those of the labelled conversations. The playbook is
// measured as it ships and, beside it, with its phrases and built-in rules alone: what the sentence
// model costs is the difference.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "evaluation/evaluator.hpp"
#include "evaluation/scorecard.hpp"
#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "signals/lexicon_impl.hpp"
#include "timeline/formats/reader.hpp"
#include "timeline/timeline.hpp"

namespace rapport {
namespace {

playbook::Playbook loaded(std::vector<playbook::SourceFile> const& files) {
  auto loaded = playbook::load(files);
  RAPPORT_ASSERT(loaded);
  return std::move(*loaded.playbook);
}

playbook::Playbook const& standard() {
  static playbook::Playbook const playbook = loaded(playbook::embedded_playbook("standard"));
  return playbook;
}

/// The text of a playbook's file with a detector in the sentence model's place that is not asked about
/// words and never fires here: a signal must have a source.
std::string without_model(std::string text) {
  constexpr std::string_view model = "{model: {";
  constexpr std::string_view end = "}}";
  for (std::size_t at = text.find(model); at != std::string::npos; at = text.find(model, at)) {
    text.replace(at, text.find(end, at) + end.size() - at, "promise_kept");
  }
  return text;
}

/// The standard playbook by phrases alone.
playbook::Playbook const& phrases_only() {
  static playbook::Playbook const playbook = [] {
    std::vector<playbook::SourceFile> files = playbook::embedded_playbook("standard");
    for (playbook::SourceFile& file : files) file.text = without_model(std::move(file.text));
    return loaded(files);
  }();
  RAPPORT_ASSERT(evaluation::models_of(playbook).empty());
  return playbook;
}

/// Every utterance and message of the labelled calls and chats, in order.
std::vector<domain::Event> const& real_words() {
  static std::vector<domain::Event> const words = [] {
    std::vector<domain::Event> all;
    auto reader = timeline::formats::InteractionReader::open(std::string{RAPPORT_SOURCE_DIR} + "/tests/labelled/build/a.jsonl");
    RAPPORT_ASSERT(reader);
    while (auto item = reader->next()) {
      if ((*item)->head.channel == domain::Channel::email) continue;
      for (domain::Event const& event : (*item)->events) {
        if (carries_words(event.kind)) all.push_back(event);
      }
    }
    return all;
  }();
  return words;
}

/// A chat of so many messages and about 85 bytes each: 60 of them are the 5 KB of the limits page.
timeline::Timeline conversation(std::size_t events, std::size_t offset) {
  domain::Interaction head;
  head.id = "bench";
  head.channel = domain::Channel::chat;
  head.started_at = {1'772'442'900'000};
  head.participants.resize(2);
  head.participants[0].id = "a";
  head.participants[0].role = domain::Role::agent;
  head.participants[0].name = "Dana";
  head.participants[1].id = "c";
  head.participants[1].name = "Pat Brown";
  std::vector<domain::Event> made;
  for (std::size_t index = 0; index < events; ++index) {
    domain::Event event = real_words()[(offset + index) % real_words().size()];
    event.kind = domain::EventKind::message;
    event.by = index % 2 == 0 ? domain::Role::customer : domain::Role::agent;
    event.participant = domain::nobody;
    event.at_ms = static_cast<base::Millis>(index) * 20'000;
    event.end_ms.reset();
    event.id.clear();
    made.push_back(std::move(event));
  }
  auto timeline = timeline::Timeline::build(std::move(head), std::move(made));
  RAPPORT_ASSERT(timeline);
  return std::move(*timeline);
}

std::size_t bytes_of(timeline::Timeline const& timeline) {
  std::size_t bytes = 0;
  for (domain::Event const& event : timeline.events()) bytes += event.text.size();
  return bytes;
}

/// Bytes of words a second that are tokenised and searched for the playbook's phrases, and nothing
/// more: what any judging by phrases must do. Passes of a third of a second together, of processor time
/// as the benchmark counts too, so that other load on the machine does not bend the ratio.
double matched_bytes_a_second(std::vector<timeline::Timeline> const& timelines) {
  signals::Lexicon::Impl const& lexicon = standard().lexicon->impl();
  signals::LanguagePlan const& plan = lexicon.plan_for("en");
  signals::Words words;
  signals::PhraseScratch scratch;
  std::vector<signals::PhraseMatch> found;
  std::clock_t const begin = std::clock();
  std::size_t bytes = 0;
  double spent = 0;
  while (spent < 0.3) {
    for (timeline::Timeline const& timeline : timelines) {
      for (domain::Event const& event : timeline.events()) {
        std::int32_t const program = plan.program_of[static_cast<std::size_t>(*event.by)];
        lexicon.tokenise(event.text, words);
        found.clear();
        if (program >= 0) lexicon.programs[static_cast<std::size_t>(program)].find(words, scratch, found);
        benchmark::DoNotOptimize(found.data());
      }
      bytes += bytes_of(timeline);
    }
    spent = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }
  return static_cast<double>(bytes) / spent;
}

void evaluate_interactions(benchmark::State& state, playbook::Playbook const& (*playbook)()) {
  auto const plan = evaluation::plan_of(playbook());
  std::vector<timeline::Timeline> timelines;
  std::size_t bytes = 0;
  for (std::size_t number = 0; number < 20; ++number) {
    timelines.push_back(conversation(60, number * 37));
    bytes += bytes_of(timelines.back());
  }
  double const matching = matched_bytes_a_second(timelines);
  std::size_t next = 0;
  for (auto step : state) {
    benchmark::DoNotOptimize(evaluation::evaluate(plan, timelines[next]));
    next = (next + 1) % timelines.size();
  }
  state.SetItemsProcessed(state.iterations());
  double const mean_bytes = static_cast<double>(bytes) / static_cast<double>(timelines.size());
  state.SetLabel(fmt::format(
      "60 events, {:.0f} bytes of words, {} phrases; aim 20,000 interactions a second and core; tokenising and "
      "phrase matching alone, in this run, allow about {:.0f} ({:.1f} MB/s)",
      mean_bytes, standard().lexicon->phrase_count(), matching / mean_bytes, matching / 1e6));
}
BENCHMARK_CAPTURE(evaluate_interactions, as_shipped, standard);
BENCHMARK_CAPTURE(evaluate_interactions, phrases_only, phrases_only);

void evaluate_events(benchmark::State& state) {
  auto const plan = evaluation::plan_of(standard());
  auto const timeline = conversation(static_cast<std::size_t>(state.range(0)), 0);
  for (auto step : state) benchmark::DoNotOptimize(evaluation::evaluate(plan, timeline));
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetLabel("events a second; the cost of an event should not grow with the interaction");
}
BENCHMARK(evaluate_events)->Arg(100)->Arg(1'000)->Arg(10'000);

}  // namespace
}  // namespace rapport

BENCHMARK_MAIN();
