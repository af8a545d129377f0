#include "report/measured.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "signals/reader.hpp"
#include "signals/spec.hpp"

namespace rapport::report {
namespace {

using domain::Event;
using domain::Role;
using signals::Occurrence;

/// A lexicon of nothing but the customer's sentiment.
std::shared_ptr<signals::Lexicon const> mood_lexicon(playbook::Playbook const& playbook) {
  signals::Specs specs;
  specs.classes = playbook.classes;
  for (std::string const sign : {"negative", "positive"}) {
    signals::Spec spec;
    spec.name = "mood." + sign;
    spec.meaning = sign + " words of the customer's";
    spec.by = {Role::customer};
    spec.detectors = {{"sentiment", {{"sign", sign}, {"level", "any"}}}};
    specs.signals.push_back(std::move(spec));
  }
  std::vector<signals::SpecError> errors;
  return signals::Lexicon::compile(std::move(specs), errors);
}

/// Calls `take(occurrence)` for all that fires, then `after(index, step)` for each event.
template <typename Take, typename After>
void read(signals::Lexicon const& lexicon, timeline::Timeline const& timeline, Take take, After after) {
  signals::Reader reader(lexicon, timeline.head());
  std::vector<Occurrence> by_time;
  auto const drain = [&] {
    std::ranges::for_each(by_time, take);
    by_time.clear();
  };
  std::vector<Event> const& events = timeline.events();
  for (std::uint32_t index = 0; index < events.size(); ++index) {
    reader.pass_time(events[index].at_ms - 1, by_time);
    drain();
    signals::Reading const& reading = reader.read(events[index], index);
    std::ranges::for_each(reading.occurrences, take);
    after(index, reading.step);
  }
  reader.finish(timeline.end_ms(), by_time);
  drain();
}

}  // namespace

std::optional<std::int64_t> Measured::value_of(signals::SignalId signal, std::uint32_t event) const {
  std::optional<std::int64_t> value;
  for (Sample const& sample : samples) {
    if (sample.signal == signal && sample.event <= event) value = sample.value;
  }
  return value;
}

Measurer::Measurer(playbook::Playbook const& playbook) : playbook_(playbook), moods_(mood_lexicon(playbook)) {
  if (!playbook.lexicon) return;
  measures_.resize(playbook.lexicon->size());
  for (playbook::Practice const& practice : playbook.practices) {
    for (playbook::Pattern const& pattern : practice.patterns) {
      if (pattern.kind != playbook::PatternKind::within || !practice.on) continue;
      measures_[pattern.signal] = any_measure_ = true;
    }
  }
}

Measured Measurer::measure(timeline::Timeline const& timeline) const {
  Measured measured;
  if (any_measure_) {
    auto const take = [&](Occurrence const& firing) {
      if (measures_[firing.signal]) measured.samples.push_back({firing.signal, firing.event, firing.value});
    };
    read(*playbook_.lexicon, timeline, take, [](std::uint32_t, timeline::Step const&) {});
  }
  if (!moods_) return measured;
  std::int64_t score = 0;
  auto const take = [&](Occurrence const& firing) { score = firing.value; };
  auto const after = [&](std::uint32_t index, timeline::Step const& step) {
    if (step.words && step.role == Role::customer) measured.moods.push_back({index, timeline.events()[index].at_ms, score});
    score = 0;
  };
  read(*moods_, timeline, take, after);
  return measured;
}

}  // namespace rapport::report
