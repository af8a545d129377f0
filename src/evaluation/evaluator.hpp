#pragma once

#include <memory>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "evaluation/change.hpp"
#include "evaluation/ledger.hpp"
#include "evaluation/plan.hpp"
#include "playbook/playbook.hpp"
#include "timeline/timeline.hpp"

namespace rapport::evaluation {

/// The obligation engine: one timeline's events in order, obligations opened, met, missed, void
/// out. An event costs its words and the obligations that it touches, whatever the interaction's
/// length. A value: a copy is a checkpoint. One thread at a time; the plan (with its playbook) and
/// the head must outlive it.
class Evaluator {
 public:
  /// `watched`: collect changes and cues, for a live interaction.
  Evaluator(Plan const& plan, domain::Interaction const& head, bool watched = false);
  Evaluator(Evaluator const&);
  Evaluator& operator=(Evaluator const&);
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;
  ~Evaluator();

  /// Time passes to `now_ms` without an event: deadlines before or at it are decided, each at its
  /// own instant. Live only; `take` does it for itself.
  void pass_time(base::Millis now_ms);
  /// The next event, in the timeline's order and after the time passed; `index` is its place in
  /// the timeline.
  void take(domain::Event const& event, std::uint32_t index);
  /// The scorecard as of now, as if the timeline ended at `end_ms`; the evaluator goes on unchanged.
  Ledger ledger(base::Millis end_ms) const;
  /// The scorecard at the end; nothing may be taken afterwards.
  Ledger finish(base::Millis end_ms);

  /// Changes since the last call, in order. Nothing unless watched.
  std::vector<Change> drain_changes();
  /// The obligation of that number as it stands, before it is asked what was observed.
  Occasion const& obligation(ObligationNumber number) const;
  /// How many were opened so far.
  std::size_t obligation_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The plan of a playbook: made once, shared by all threads. The playbook must outlive it.
Plan plan_of(playbook::Playbook const& playbook);

/// Evaluates a whole timeline at once.
Ledger evaluate(Plan const& plan, timeline::Timeline const& timeline);
Ledger evaluate(playbook::Playbook const& playbook, timeline::Timeline const& timeline);

}  // namespace rapport::evaluation
