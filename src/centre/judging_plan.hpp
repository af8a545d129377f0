#pragma once

#include <memory>
#include <string>
#include <vector>

#include "evaluation/evaluator.hpp"
#include "evaluation/scorecard.hpp"
#include "playbook/playbook.hpp"
#include "records/interaction_record.hpp"
#include "timeline/timeline.hpp"

namespace rapport::centre {

/// A playbook ready to judge by. Immutable; any thread.
class JudgingPlan {
 public:
  explicit JudgingPlan(playbook::Playbook playbook);
  JudgingPlan(JudgingPlan const&) = delete;
  JudgingPlan& operator=(JudgingPlan const&) = delete;

  playbook::Playbook const& playbook() const { return playbook_; }
  evaluation::Plan const& plan() const { return plan_; }
  /// Name, version and hash as one text: what ledgers are told apart by.
  std::string version() const;

  /// The whole judgement of an interaction, as the store keeps it: without quotes. Who knows how many
  /// events came sets `events`: the timeline holds one of each that was corrected or repeated.
  records::LedgerRecord judge(timeline::Timeline const& timeline, base::Instant now) const;
  /// The same, of a ledger that was evaluated of just this timeline.
  records::LedgerRecord record_of(evaluation::Ledger const& ledger, timeline::Timeline const& timeline, base::Instant now) const;

 private:
  playbook::Playbook playbook_;
  evaluation::Plan plan_;
  std::vector<evaluation::ModelName> models_;
};

}  // namespace rapport::centre
