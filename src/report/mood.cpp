#include "report/mood.hpp"

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

}  // namespace

MoodReader::MoodReader(playbook::Playbook const& playbook) : lexicon_(mood_lexicon(playbook)) {}

std::vector<Mood> MoodReader::read(timeline::Timeline const& timeline) const {
  std::vector<Mood> moods;
  if (!lexicon_) return moods;
  signals::Reader reader(*lexicon_, timeline.head());
  std::vector<Event> const& events = timeline.events();
  for (std::uint32_t index = 0; index < events.size(); ++index) {
    signals::Reading const& reading = reader.read(events[index], index);
    if (!reading.step.words || reading.step.role != Role::customer) continue;
    std::int64_t score = 0;
    for (Occurrence const& firing : reading.occurrences) score = firing.value;
    moods.push_back({index, events[index].at_ms, score});
  }
  return moods;
}

}  // namespace rapport::report
