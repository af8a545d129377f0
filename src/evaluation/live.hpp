#pragma once

#include <cstddef>
#include <set>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "evaluation/evaluator.hpp"
#include "timeline/growing.hpp"

namespace rapport::evaluation {

/// What a live interaction publishes after an event or as time passes.
struct Update {
  std::vector<Change> changes;  ///< in order; a cue is told once and never unsaid
  /// Obligations that were published and now stand otherwise, or (from `count` on) no longer exist.
  std::vector<ObligationNumber> revised;
  std::size_t count = 0;  ///< how many obligations there are now

  bool empty() const { return changes.empty() && revised.empty(); }
};

/// The evaluation of an interaction that still runs. Events in any order of arrival, repeated,
/// revised, partial and then final; once complete, its ledger is that of the batch run, byte for byte.
/// An event in order costs what it costs the engine; a late or corrected one is evaluated again from
/// the last checkpoint before it. One thread at a time; the plan must outlive it.
class LiveEvaluation {
 public:
  LiveEvaluation(Plan const& plan, domain::Interaction head);

  /// Takes an event and says what it changed. Errors: as GrowingTimeline::add; nothing changes then.
  base::Result<Update> take(domain::Event event);
  /// Time passes to now_ms (from the interaction's start) without an event.
  Update pass_time(base::Millis now_ms);

  timeline::GrowingTimeline const& timeline() const { return timeline_; }
  Occasion const& obligation(ObligationNumber number) const { return evaluator_.obligation(number); }
  std::size_t obligation_count() const { return evaluator_.obligation_count(); }
  /// Whether time was told beyond the end of the timeline.
  bool is_ahead() const { return now_ms_ > timeline_.end_ms(); }
  /// The scorecard as if the timeline ended now.
  Ledger ledger() const { return evaluator_.ledger(timeline_.end_ms()); }

 private:
  struct Checkpoint {
    std::size_t events = 0;       ///< taken
    base::Millis passed_ms = -1;  ///< time told to have passed by then
    Evaluator evaluator;
  };

  void go_on(std::size_t from);
  Update publish();
  Update replay(std::size_t first_changed);

  Plan const* plan_;
  timeline::GrowingTimeline timeline_;
  Evaluator evaluator_;
  std::vector<Checkpoint> checkpoints_;                         ///< by events, at most checkpoints_max
  std::size_t spacing_;                                         ///< events between checkpoints; grows as they are thinned
  base::Millis now_ms_ = -1;                                    ///< told by pass_time
  std::set<std::pair<std::uint16_t, base::Millis>> cues_told_;  ///< practice and opening
};

}  // namespace rapport::evaluation
