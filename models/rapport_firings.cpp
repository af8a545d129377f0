// Prints how sure a playbook's signals are in interactions: what tools/fit-weights learns from.
//
//     rapport-firings PLAYBOOK FILE...
//
// A line an interaction, tab-separated: its id, then SIGNAL=SUM for every signal that fired, where SUM is what
// the detector `weighs` counts of it: the surest firing of each event, in sum, up to 2000.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "app/playbook_choice.hpp"
#include "signals/detectors/tally.hpp"
#include "signals/reader.hpp"
#include "timeline/formats/reader.hpp"
#include "timeline/timeline.hpp"

namespace {

using rapport::signals::SignalId;

std::map<SignalId, std::int32_t> sums_of(rapport::signals::Lexicon const& lexicon, rapport::timeline::Timeline const& timeline) {
  rapport::signals::Reader reader{lexicon, timeline.head()};
  std::map<SignalId, std::int32_t> sums;
  std::vector<rapport::signals::Occurrence> timed;  // by time alone, and counted by no weighing: no event of theirs is read
  for (std::uint32_t index = 0; index < timeline.events().size(); ++index) {
    auto const& event = timeline.events()[index];
    reader.pass_time(event.at_ms - 1, timed);
    std::map<SignalId, std::int32_t> surest;
    for (auto const& firing : reader.read(event, index).occurrences) {
      std::int32_t& best = surest[firing.signal];
      best = std::max(best, firing.confidence);
    }
    for (auto const& [signal, confidence] : surest) sums[signal] = std::min(rapport::signals::detectors::Tally::heard_max, sums[signal] + confidence);
  }
  return sums;
}

/// False if the file cannot be read.
bool print_file(rapport::signals::Lexicon const& lexicon, char const* path) {
  auto source = rapport::timeline::formats::InteractionReader::open(path);
  if (!source) {
    fmt::print(stderr, "{}\n", source.error().message);
    return false;
  }
  while (auto next = source->next()) {
    if (!*next) {
      fmt::print(stderr, "{}\n", next->error().message);
      return false;
    }
    auto const timeline = rapport::timeline::formats::to_timeline(**next);
    if (!timeline) {
      fmt::print(stderr, "{}\n", timeline.error().message);
      return false;
    }
    fmt::print("{}", timeline->head().id);
    for (auto const& [signal, sum] : sums_of(lexicon, *timeline)) fmt::print("\t{}={}", lexicon.spec(signal).name, sum);
    fmt::print("\n");
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    fmt::print(stderr, "rapport-firings PLAYBOOK FILE...\n");
    return 2;
  }
  auto const playbook = rapport::app::load_playbook({arguments[1], ""});
  if (!playbook) {
    fmt::print(stderr, "{}\n", playbook.error().message);
    return 2;
  }
  bool good = true;
  for (int i = 2; i < count; ++i) good = print_file(*(*playbook)->lexicon, arguments[i]) && good;
  return good ? 0 : 1;
}
