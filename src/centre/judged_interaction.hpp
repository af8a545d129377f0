#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "centre/command.hpp"
#include "centre/judging_plan.hpp"
#include "centre/publication.hpp"
#include "evaluation/live.hpp"

namespace rapport::centre {

/// The obligations of one live interaction: events in, checklist and cues out. Pure but for its own
/// state; one thread at a time.
class JudgedInteraction {
 public:
  JudgedInteraction(std::shared_ptr<JudgingPlan const> plan, std::shared_ptr<domain::Interaction const> head,
                    std::vector<domain::Event> events);

  /// What the event changed. An event that the timeline refuses is left out of the judgement.
  void take(domain::Event const& event, std::vector<Publication>& told);
  /// Another head (an agent joined): everything is looked at again by it.
  void change(std::shared_ptr<domain::Interaction const> head, std::string agent, std::vector<Publication>& told);
  /// Time passes to `now`: deadlines and cues.
  void pass_time(base::Instant now, std::vector<Publication>& told);

  /// Critical practices that were seen missed since the last call; each is told once. Provisional:
  /// the ledger may say otherwise.
  std::vector<CriticalMiss> take_misses();
  /// Those that a ledger of it says were missed.
  std::vector<CriticalMiss> critical_of(records::LedgerRecord const& ledger) const;

  /// The scorecard of all events that came, as a batch run gives it; nothing if they make no timeline.
  std::optional<records::LedgerRecord> finish(base::Instant now) const;

 private:
  void start();
  void tell(evaluation::Update const& update, std::vector<Publication>& told);
  void note_miss(evaluation::Occasion const& occasion);
  void tell_cue(evaluation::Change const& change, std::vector<Publication>& told);
  Checklist checklist() const;
  std::optional<ChecklistItem> item(evaluation::Occasion const& occasion) const;
  base::Instant moment(base::Millis at_ms) const { return head_->started_at + at_ms; }

  std::shared_ptr<JudgingPlan const> plan_;
  std::shared_ptr<domain::Interaction const> head_;
  std::string agent_;
  std::vector<domain::Event> events_;  ///< in order of arrival
  std::optional<evaluation::LiveEvaluation> evaluation_;
  std::set<std::pair<std::uint16_t, base::Millis>> cues_told_;  ///< outlives a change of head
  std::set<std::uint16_t> misses_told_;
  std::vector<CriticalMiss> misses_;  ///< not yet taken
};

}  // namespace rapport::centre
