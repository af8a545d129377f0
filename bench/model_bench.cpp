// How many sentences a second the shipped sentence model judges on one core. Beside it, in the same
// run: what tokenising the same text and making its features take alone, and the limit to compare
// with, adding up the weights that a sentence needs as if they lay in a row in memory.
//
// The text is that of the labelled conversations, an event at a time, agent and customer in turn.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "base/assert.hpp"
#include "signals/model/sentence_judge.hpp"
#include "signals/model/shipped.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"
#include "timeline/formats/reader.hpp"

namespace rapport {
namespace {

using signals::model::ModelData;

struct Said {
  std::string text;
  domain::Role role;
  signals::Words words;  ///< of `text`
};

signals::Tokeniser tokeniser() {
  static signals::WordTable const table;
  return signals::Tokeniser{table};
}

/// Every utterance and message of the labelled conversations by one of the two sides, tokenised.
std::vector<Said> const& events() {
  static std::vector<Said> const all = [] {
    std::vector<Said> made;
    for (char const* const file : {"a.jsonl", "b.jsonl"}) {
      auto reader = timeline::formats::InteractionReader::open(std::string{RAPPORT_SOURCE_DIR} + "/tests/labelled/build/" + file);
      RAPPORT_ASSERT(reader);
      while (auto item = reader->next()) {
        for (domain::Event& event : (*item)->events) {
          if (!carries_words(event.kind) || !event.by || *event.by > domain::Role::agent) continue;
          made.push_back({std::move(event.text), *event.by, {}});
        }
      }
    }
    for (Said& said : made) tokeniser().tokenise(said.text, said.words);  // the texts no longer move
    return made;
  }();
  return all;
}

ModelData const& shipped_data() {
  static ModelData const data = [] {
    auto read = signals::model::read_model(signals::model::shipped_model_bytes());
    RAPPORT_ASSERT(read);
    return *std::move(read);
  }();
  return data;
}

/// What one pass over the events comes to.
struct Work {
  std::int64_t sentences = 0;  ///< windows, where a sentence is cut into several
  std::int64_t bytes = 0;      ///< of text
  std::int64_t weights = 0;    ///< bytes of the rows of the features that the model has
};

Work const& work() {
  static Work const done = [] {
    auto const& model = signals::model::shipped_model();
    Work sum;
    std::vector<signals::model::WordCode> codes;
    std::vector<signals::model::Window> windows;
    std::vector<signals::model::FeatureKey> keys;
    for (Said const& said : events()) {
      windows.clear();
      keys.clear();
      model.words().codes(said.words, codes);
      cut_windows(said.words, windows);
      for (auto const& window : windows) window_features(said.words, codes, window, keys);
      auto const& role = said.role == domain::Role::agent ? shipped_data().agent : shipped_data().customer;
      auto const known = std::ranges::count_if(keys, [&](auto key) { return std::ranges::binary_search(role.keys, key); });
      sum.sentences += static_cast<std::int64_t>(windows.size());
      sum.bytes += static_cast<std::int64_t>(said.text.size());
      sum.weights += known * static_cast<std::int64_t>(role.labels.size());
    }
    return sum;
  }();
  return done;
}

/// Adds up all weights of the model, in 16 bits as the model does.
std::int64_t add_up_weights() {
  std::int64_t sum = 0;
  for (auto const* const role : {&shipped_data().agent, &shipped_data().customer}) {
    std::size_t const labels = role->labels.size();
    std::vector<std::int16_t> sums(labels);
    for (std::size_t row = 0; row + labels <= role->weights.size(); row += labels) {
      for (std::size_t label = 0; label < labels; ++label) {
        sums[label] = static_cast<std::int16_t>(sums[label] + role->weights[row + label]);
      }
    }
    for (std::int16_t const one : sums) sum += one;
  }
  return sum;
}

std::int64_t weight_bytes() {
  return static_cast<std::int64_t>(shipped_data().agent.weights.size() + shipped_data().customer.weights.size());
}

/// Bytes of weights a second, by passes of a third of a second together.
double weights_a_second() {
  using Clock = std::chrono::steady_clock;
  add_up_weights();  // warm
  auto const begin = Clock::now();
  std::int64_t passes = 0;
  std::chrono::duration<double> spent{};
  for (; spent.count() < 0.3; ++passes) {
    benchmark::DoNotOptimize(add_up_weights());
    spent = Clock::now() - begin;
  }
  return static_cast<double>(passes * weight_bytes()) / spent.count();
}

void report(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * work().sentences);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * work().bytes);
}

void judge_sentences(benchmark::State& state) {
  double const speed = weights_a_second();
  double const a_sentence = static_cast<double>(work().weights) / static_cast<double>(work().sentences);
  for (auto step : state) {
    signals::model::SentenceJudge judge{signals::model::shipped_model()};
    for (Said const& said : events()) {
      judge.read(said.words, said.role, false);
      benchmark::DoNotOptimize(judge.windows().data());
    }
  }
  report(state);
  state.SetLabel(fmt::format(
      "sentences a second; {:.0f} bytes of weights each, which added up in a row ({:.1f} GB/s in this run) "
      "allow about {:.0f}",
      a_sentence, speed / 1e9, speed / a_sentence));
}

void make_features(benchmark::State& state) {
  auto const& model = signals::model::shipped_model();
  std::vector<signals::model::WordCode> codes;
  std::vector<signals::model::Window> windows;
  std::vector<signals::model::FeatureKey> keys;
  for (auto step : state) {
    for (Said const& said : events()) {
      windows.clear();
      model.words().codes(said.words, codes);
      cut_windows(said.words, windows);
      for (auto const& window : windows) {
        keys.clear();
        window_features(said.words, codes, window, keys);
        benchmark::DoNotOptimize(keys.data());
      }
    }
  }
  report(state);
}

void tokenise(benchmark::State& state) {
  signals::Words words;
  for (auto step : state) {
    for (Said const& said : events()) {
      tokeniser().tokenise(said.text, words);
      benchmark::DoNotOptimize(words.tokens.data());
    }
  }
  report(state);
}

void add_weights(benchmark::State& state) {
  for (auto step : state) benchmark::DoNotOptimize(add_up_weights());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * weight_bytes());
}

BENCHMARK(judge_sentences)->Unit(benchmark::kMillisecond);
BENCHMARK(make_features)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenise)->Unit(benchmark::kMillisecond);
BENCHMARK(add_weights)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rapport

BENCHMARK_MAIN();
