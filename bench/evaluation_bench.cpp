// How fast whole interactions are judged by the standard playbook, on one core, and what an event
// costs as interactions grow. The words are those of the labelled conversations.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/assert.hpp"
#include "evaluation/evaluator.hpp"
#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "timeline/formats/reader.hpp"
#include "timeline/timeline.hpp"

namespace rapport {
namespace {

playbook::Playbook const& standard() {
  static playbook::Playbook const playbook = [] {
    auto loaded = playbook::load(playbook::embedded_playbook("standard"));
    RAPPORT_ASSERT(loaded);
    return std::move(*loaded.playbook);
  }();
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

void evaluate_interactions(benchmark::State& state) {
  auto const plan = evaluation::plan_of(standard());
  std::vector<timeline::Timeline> timelines;
  std::size_t bytes = 0;
  for (std::size_t number = 0; number < 20; ++number) {
    timelines.push_back(conversation(60, number * 37));
    bytes += bytes_of(timelines.back());
  }
  std::size_t next = 0;
  for (auto step : state) {
    benchmark::DoNotOptimize(evaluation::evaluate(plan, timelines[next]));
    next = (next + 1) % timelines.size();
  }
  state.SetItemsProcessed(state.iterations());
  state.SetLabel(fmt::format("60 events, {} bytes of words, {} phrases; aim 20,000 interactions a second and core; phrase "
                             "matching alone from raw text allows about {} (106 MB/s)",
                             bytes / timelines.size(), standard().lexicon->phrase_count(),
                             106'000'000 / (bytes / timelines.size())));
}
BENCHMARK(evaluate_interactions);

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
