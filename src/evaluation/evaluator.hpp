#pragma once

#include <memory>
#include <vector>

#include "evaluation/ledger.hpp"
#include "playbook/playbook.hpp"
#include "timeline/timeline.hpp"

namespace rapport::evaluation {

/// What changed in the obligations by an event or by time: for checklists, cues and flags.
struct Change {
  enum class Kind : std::uint8_t { opened, met, missed, voided, cue };
  Kind kind = Kind::opened;
  std::uint32_t obligation = 0;   ///< number of the obligation within this run, from 0
  std::uint16_t practice = 0;
  base::Millis at_ms = 0;
};

/// The obligation engine: one timeline's events in order, obligations opened, met, missed, void
/// out. O(open obligations) an event, independent of the interaction's length. A value: a copy is
/// a checkpoint. One thread at a time; the playbook and the head must outlive it.
class Evaluator {
 public:
  Evaluator(playbook::Playbook const& playbook, domain::Interaction const& head);
  Evaluator(Evaluator const&);
  Evaluator& operator=(Evaluator const&);
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;
  ~Evaluator();

  /// Time passes to `now_ms` without an event: deadlines before or at it are decided, each at its
  /// own instant. Live only; `take` does it for itself.
  void pass_time(base::Millis now_ms);
  /// The next event, in the timeline's order; `index` is its place in the timeline.
  void take(domain::Event const& event, std::uint32_t index);
  /// The scorecard as of now, as if the timeline ended at `end_ms`; the evaluator goes on unchanged.
  Ledger ledger(base::Millis end_ms) const;
  /// The scorecard at the end; nothing may be taken afterwards.
  Ledger finish(base::Millis end_ms);

  /// Changes since the last call, in order.
  std::vector<Change> drain_changes();
  /// The obligation of that number as it stands.
  Occasion const& obligation(std::uint32_t number) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Evaluates a whole timeline at once.
Ledger evaluate(playbook::Playbook const& playbook, timeline::Timeline const& timeline);

}  // namespace rapport::evaluation
