#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "playbook/playbook.hpp"
#include "signals/lexicon.hpp"
#include "timeline/timeline.hpp"

namespace rapport::report {

/// What one utterance or message of the customer's says of their sentiment.
struct Mood {
  std::uint32_t event = 0;
  base::Millis at_ms = 0;
  std::int64_t score = 0;  ///< thousandths of a word; below zero is negative, 0 where nothing shows
};

/// A reading of a measure.
struct Sample {
  signals::SignalId signal = signals::no_signal;
  std::uint32_t event = 0;
  std::int64_t value = 0;  ///< thousandths of the measure's unit
};

/// What a ledger does not hold and a reader wants to see, in order of the events.
struct Measured {
  std::vector<Mood> moods;  ///< one for each event with words of the customer's; none if the playbook has no words for it
  std::vector<Sample> samples;

  /// The last reading of the measure at or before the event.
  std::optional<std::int64_t> value_of(signals::SignalId signal, std::uint32_t event) const;
};

/// Reads timelines once more for what only the report shows: the customer's sentiment, by the
/// playbook's own word classes whether or not a practice listens to it, and the values of measures.
/// Immutable; any thread may call it. The playbook must outlive it.
class Measurer {
 public:
  explicit Measurer(playbook::Playbook const& playbook);

  Measured measure(timeline::Timeline const& timeline) const;

 private:
  playbook::Playbook const& playbook_;
  std::shared_ptr<signals::Lexicon const> moods_;  ///< null if the playbook lacks the word classes
  std::vector<bool> measures_;                     ///< by signal of the playbook: some band rests on it
  bool any_measure_ = false;
};

}  // namespace rapport::report
