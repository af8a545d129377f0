#pragma once

#include <cstdint>
#include <memory>
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

/// Reads timelines once more for what no ledger holds: the customer's sentiment, by the playbook's
/// own word classes, whether or not a practice listens to it. Immutable; any thread may call it.
class MoodReader {
 public:
  explicit MoodReader(playbook::Playbook const& playbook);

  /// One mood for each event with words of the customer's, in order; none if the playbook has no
  /// words for it.
  std::vector<Mood> read(timeline::Timeline const& timeline) const;

 private:
  std::shared_ptr<signals::Lexicon const> lexicon_;  ///< null if the playbook lacks the word classes
};

}  // namespace rapport::report
