#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/assert.hpp"
#include "timeline/formats/reader.hpp"
#include "timeline/formats/writer.hpp"
#include "timeline/readings.hpp"

/// How fast JSONL becomes timelines, on one core: interactions of 60 events and 5 KB of words. Beside
/// it, in the same run, what bounds it: the JSON parser alone.
namespace rapport {
namespace {

constexpr int events_per_interaction = 60;
constexpr std::size_t interactions = 2'000;
constexpr char const* aim = "aim 200 MB/s";

std::string words_of(int turn) {
  constexpr std::string_view sentence = "thank you for that i have found your account and can see the payment from last tuesday ";
  return std::to_string(turn) + " " + std::string{sentence.substr(0, 80)};
}

std::string one_interaction(std::size_t number) {
  domain::Interaction head;
  head.id = "i-" + std::to_string(number);
  head.started_at = {1'772'442'900'000};
  head.time_zone = "Europe/London";
  head.participants.resize(2);
  head.participants[0].id = "p1";
  head.participants[0].role = domain::Role::agent;
  head.participants[0].name = "Dana";
  head.participants[1].id = "p2";
  head.participants[1].name = "Pat Brown";
  std::vector<domain::Event> events;
  for (int turn = 0; turn < events_per_interaction; ++turn) {
    domain::Event& event = events.emplace_back();
    event.kind = domain::EventKind::utterance;
    event.by = turn % 2 == 0 ? domain::Role::agent : domain::Role::customer;
    event.participant = turn % 2 == 0 ? 0 : 1;
    event.at_ms = turn * 6'000;
    event.end_ms = event.at_ms + 5'000;
    event.id = "e" + std::to_string(turn);
    event.text = words_of(turn);
  }
  return timeline::formats::write_interaction(head, events);
}

std::string const& lines() {
  static std::string const text = [] {
    std::string all;
    for (std::size_t number = 0; number < interactions; ++number) all += one_interaction(number) + '\n';
    return all;
  }();
  return text;
}

void count(benchmark::State& state, std::string const& label) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(lines().size()));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(interactions));
  state.SetLabel(label);
}

/// The lines as a file, gone at the end.
class LinesFile {
 public:
  LinesFile() : path_(std::filesystem::temp_directory_path() / "rapport_reading_bench.jsonl") {
    std::ofstream{path_, std::ios::binary} << lines();
  }
  ~LinesFile() { std::filesystem::remove(path_); }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

timeline::formats::InteractionReader reader() {
  static LinesFile const file;
  auto opened = timeline::formats::InteractionReader::open(file.path());
  RAPPORT_ASSERT(static_cast<bool>(opened));
  return *std::move(opened);
}

/// What bounds reading: every line through the parser, nothing taken out.
void parse_only(benchmark::State& state) {
  simdjson::dom::parser parser;
  std::string text = lines();
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  for ([[maybe_unused]] auto const iteration : state) {
    std::size_t begin = 0;
    while (begin < text.size()) {
      std::size_t const end = text.find('\n', begin);
      simdjson::dom::element element;
      RAPPORT_ASSERT(parser.parse(text.data() + begin, end - begin, false).get(element) == simdjson::SUCCESS);
      benchmark::DoNotOptimize(element);
      begin = end + 1;
    }
  }
  count(state, "the parser alone");
}

void jsonl_to_interactions(benchmark::State& state) {
  for ([[maybe_unused]] auto const iteration : state) {
    auto source = reader();
    while (auto next = source.next()) benchmark::DoNotOptimize((*next)->events.data());
  }
  count(state, "head and events");
}

void jsonl_to_timelines(benchmark::State& state) {
  for ([[maybe_unused]] auto const iteration : state) {
    auto source = reader();
    while (auto next = source.next()) {
      auto const built = timeline::formats::to_timeline(**next);
      RAPPORT_ASSERT(static_cast<bool>(built));
      benchmark::DoNotOptimize(built->end_ms());
    }
  }
  count(state, aim);
}

void timelines_read_by_conversation(benchmark::State& state) {
  auto source = reader();
  auto first = source.next();
  auto const built = timeline::formats::to_timeline(**first);
  for ([[maybe_unused]] auto const iteration : state) {
    timeline::Conversation conversation{built->head().channel};
    for (domain::Event const& event : built->events()) benchmark::DoNotOptimize(conversation.advance(event, built->head().language));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * events_per_interaction);
  state.SetLabel("events");
}

BENCHMARK(parse_only)->Unit(benchmark::kMillisecond);
BENCHMARK(jsonl_to_interactions)->Unit(benchmark::kMillisecond);
BENCHMARK(jsonl_to_timelines)->Unit(benchmark::kMillisecond);
BENCHMARK(timelines_read_by_conversation);

}  // namespace
}  // namespace rapport

BENCHMARK_MAIN();
