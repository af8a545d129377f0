#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "base/result.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "evaluation/evaluator.hpp"
#include "evaluation/ledger.hpp"
#include "timeline/timeline.hpp"

namespace rapport::evaluation {

/// Number of an obligation as published: it stays the same for the interaction's life, whatever
/// arrives late.
using PublicId = std::uint32_t;

/// What a live interaction tells of one obligation.
struct Update {
  enum class Kind : std::uint8_t {
    opened,     ///< an item of the checklist
    decided,    ///< met, missed, void or unassessed: `state` says which
    cue,        ///< remind the agent now; at most once an obligation, and never unsaid
    revised,    ///< what arrived late changed it: `state` is what it is now (open again, perhaps)
    withdrawn,  ///< what arrived late made it an obligation that never was
  };
  Kind kind = Kind::opened;
  PublicId obligation = 0;
  std::uint16_t practice = 0;
  OccasionState state = OccasionState::open;
  base::Millis at_ms = 0;   ///< when it opened, was decided or fell due, on the timeline

  bool operator==(Update const&) const = default;
};

/// The evaluation of one interaction while it goes on. Takes events in any order of arrival, more
/// than once, corrected later, and keeps copies of the evaluator along the way: what arrives in
/// order costs no more than in a batch run; what arrives late is worked in from the last copy before
/// it, and what that changes is published as revisions. Once all has arrived, the ledger equals
/// that of the batch run over the same events. Provisional at any moment before. One thread at a
/// time; the plan must outlive it.
class LiveEvaluation {
 public:
  LiveEvaluation(Plan const& plan, domain::Interaction head);
  LiveEvaluation(LiveEvaluation const&) = delete;
  LiveEvaluation& operator=(LiveEvaluation const&) = delete;

  /// Takes one event. Error: one that no timeline could hold (the same id with different content,
  /// absurd times); it is left out and everything else stands.
  base::Result<void> take(domain::Event event);
  /// It is `now_ms` on the interaction's clock: deadlines are decided, cues fall due.
  void pass_time(base::Millis now_ms);
  /// Updates since the last call, in order.
  std::vector<Update> drain_updates();

  /// The obligation as it stands; nothing if it was withdrawn.
  Occasion const* obligation(PublicId id) const;
  /// The scorecard as if nothing more came: equal to the batch run over what arrived.
  Ledger ledger() const;
  /// Everything that arrived, as a timeline.
  timeline::Timeline timeline() const;

  /// Events that were evaluated anew because something arrived late, for the benchmark and metrics.
  std::size_t replayed() const { return replayed_; }

 private:
  struct Checkpoint {
    std::size_t taken = 0;   ///< events before it
    Evaluator evaluator;
  };
  /// What an obligation is recognised by when it comes up again in another run.
  using Key = std::tuple<std::uint16_t, std::uint16_t, base::Millis, std::uint32_t, std::uint32_t>;
  struct Published {
    std::uint16_t practice = 0;
    OccasionState state = OccasionState::open;
    bool cued = false;
    bool withdrawn = false;
    ObligationNumber number = 0;   ///< in the present run
  };

  bool comes_last(domain::Event const& event) const;
  void append(domain::Event event);
  base::Result<void> work_in(domain::Event event);
  void restart();
  void go_back_to(std::size_t taken);
  void keep_checkpoint();
  void thin_checkpoints();
  void publish_changes();
  void publish_differences();
  void publish_cue(PublicId id, base::Millis at_ms);
  PublicId publish_new(Key const& key, ObligationNumber number);
  Key key_of(ObligationNumber number, std::map<Key, std::uint32_t>& twins) const;

  Plan const& plan_;
  domain::Interaction const arrived_head_;
  std::unique_ptr<domain::Interaction> head_;   ///< with the participants that events brought; evaluators point at it
  std::vector<domain::Event> arrived_;          ///< in order of arrival
  std::vector<domain::Event> events_;           ///< in effect, in order of time
  std::unordered_set<std::string> ids_;
  std::unordered_set<std::string> revised_;     ///< ids that some event revises
  base::Millis end_ms_ = 0;

  Evaluator evaluator_;
  base::Millis passed_ms_ = -1;                 ///< the evaluator passed time to here after its last event
  std::vector<Checkpoint> checkpoints_;         ///< by `taken`; the last is no later than the last event

  std::vector<Published> published_;            ///< by public id
  std::vector<PublicId> ids_by_number_;         ///< of the present run
  std::map<Key, std::uint32_t> twins_;          ///< how many of the same look were opened in the present run
  std::map<Key, PublicId> known_;
  std::vector<Update> updates_;
  std::size_t replayed_ = 0;
};

}  // namespace rapport::evaluation
