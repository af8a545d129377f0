#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "evaluation/background.hpp"
#include "evaluation/change.hpp"
#include "evaluation/counts.hpp"
#include "evaluation/deadlines.hpp"
#include "evaluation/ledger.hpp"
#include "evaluation/legibility.hpp"
#include "evaluation/memory.hpp"
#include "evaluation/plan.hpp"
#include "evaluation/scoring.hpp"
#include "signals/occurrence.hpp"
#include "timeline/conversation.hpp"

namespace rapport::evaluation {

/// What one event brings to the obligations. Borrowed for the call.
struct Entry {
  base::Millis at_ms = 0;
  std::uint32_t event = 0;  ///< its index in the timeline
  domain::EventKind kind = domain::EventKind::utterance;
  timeline::Step step;
  domain::ParticipantIndex participant = domain::nobody;    ///< who spoke
  domain::ParticipantIndex current_agent = domain::nobody;  ///< after the event
  base::Millis speech_ms = 0;                               ///< spoken so far by all roles, this event included
  std::string_view language = "en";
  bool unreadable = false;                           ///< words of `step.role` that cannot be read
  domain::Event const* told = nullptr;               ///< where it may tell facts: the event itself
  std::span<signals::Occurrence const> occurrences;  ///< by (at_ms, event, position)
};

/// The core of the engine: firings of signals and the conversation's turns in, obligations out.
/// Knows nothing of words. An event costs the firings that some pattern listens to and the
/// obligations they touch; a deadline the logarithm of the open ones. A value: a copy is a
/// checkpoint. One thread at a time; plan and head must outlive it. What each pattern means, to
/// the millisecond: docs/decisions/0002-obligation-algebra.md.
class Obligations {
 public:
  /// `watched`: collect changes and cues (live); a run over the whole timeline leaves them out.
  Obligations(Plan const& plan, domain::Interaction const& head, bool watched);

  /// Firings that time alone brought, before the next event; in order.
  void take_timed(std::span<signals::Occurrence const> occurrences);
  /// Deadlines at or before `now_ms` are decided, each at its own instant.
  void pass_time(base::Millis now_ms);
  /// The next event. REQUIRES: not before any earlier one, nor before the time passed.
  void take(Entry const& entry);
  /// The timeline ends; `last` are firings that only the end tells. Nothing may be taken afterwards.
  void finish(base::Millis end_ms, std::span<signals::Occurrence const> last);

  /// The ledger, where these sources were observed. REQUIRES: finished.
  Ledger ledger(domain::SourceSet observed) const;

  /// Changes since the last call, in order.
  std::vector<Change> drain_changes();
  /// All obligations by number, as they stand before it is asked what was observed.
  std::vector<Occasion> const& occasions() const { return occasions_; }

 private:
  static constexpr ObligationNumber none = 0xFFFF'FFFF;
  using PatternNumber = std::uint16_t;  ///< in the plan

  /// From where a scope or an obligation runs.
  struct Start {
    Place place = at_the_start;
    base::Millis opened_ms = 0;
    base::Millis bound_from_ms = 0;
    Counts counts;
    signals::Occurrence const* by = nullptr;
  };
  /// What an obligation needs beside its Occasion.
  struct Running {
    PatternNumber pattern = 0;
    std::uint8_t limits = 0;  ///< members of the bound that have not run out, as bits
    bool bounded = false;
    bool lapsed = false;      ///< S was not there when it was due: a miss, if nothing excuses it
    bool cut_short = false;   ///< void because the scope ended before the agent could act
    bool excused = false;     ///< what voids a miss came before T, where S would have counted
    bool unreadable = false;  ///< words that may have held S could not be read
    bool no_date = false;
    bool cued = false;
    Place opened = at_the_start;
    std::int32_t agent_turns = 0;  ///< at the opening
    std::uint32_t turn = 0;
    signals::Occurrence firing;    ///< T, for its item and reach; of within, the last sample
    base::Millis time_out_ms = 0;  ///< instants at which the members by time run out
    base::Millis speech_out_ms = 0;
    base::Millis due_out_ms = 0;
    base::Millis last_out_ms = 0;  ///< of the members that did
    domain::SourceSet presumed;    ///< sources of signals that `when` took for absent
  };
  struct PutOff {
    signals::Occurrence firing;
    std::uint32_t order = 0;  ///< of being put off
    static bool comes_later(PutOff const& left, PutOff const& right);
  };
  /// A pattern's current scope.
  struct Track {
    bool open = false;
    bool admitted = false;  ///< `when` held at its opening
    bool ever_open = false;
    bool ever_admitted = false;
    bool any_occasion = false;
    bool over_limit = false;
    bool first_taken = false;
    ObligationNumber obligation = none;       ///< of must, never, at most, within
    std::vector<ObligationNumber> waiting;    ///< of each-then and each-with
    std::vector<ObligationNumber> outliving;  ///< the scope closed before their own due time
    Place place = at_the_start;               ///< where the scope opened
    Place voided = never_yet;                 ///< last firing that voids
    domain::SourceSet presumed;
    /// For each scope not opened for want of signals: what each of them needs.
    std::vector<std::vector<domain::SourceSet>> unsure;

    bool active() const { return open && admitted; }
  };

  // The order of things (obligations.cpp).
  void begin(Entry const& entry);
  void advance(base::Millis deadlines_until_ms, base::Millis firings_until_ms);
  void put_off(signals::Occurrence const& occurrence);
  void note_seen(std::span<signals::Occurrence const> firings, base::Millis until_ms);
  void play_put_off();
  void play(std::span<signals::Occurrence const> batch);
  void play_group(std::span<signals::Occurrence const> group);
  void change_agent(Entry const& entry);
  void hand_over(domain::ParticipantIndex to, base::Millis at_ms);
  void count(Entry const& entry);
  void begin_turn(Entry const& entry);
  void ring(Deadlines::Alarm alarm, base::Millis at_ms);

  // Scopes and openings (opening.cpp).
  void open_scope(PatternNumber number, Start const& start);
  bool admits(playbook::Pattern const& pattern, Track& track) const;
  void opened_by(PatternNumber number, signals::Occurrence const& opener);
  void close_scope(PatternNumber number, base::Millis at_ms, bool turns_complete);
  void close(ObligationNumber number, base::Millis at_ms, bool turns_complete);
  ObligationNumber open(PatternNumber pattern, Start const& start);
  void set_bounds(ObligationNumber number, Start const& start);
  void set_cue(ObligationNumber number, Start const& start);
  void trigger(PatternNumber number, signals::Occurrence const& trigger);
  Start start_at(signals::Occurrence const& occurrence) const;

  // Answers and decisions (deciding.cpp).
  void answer(PatternNumber number, signals::Occurrence const& firing);
  void answer_all(std::vector<ObligationNumber>& waiting, PatternNumber number, signals::Occurrence const& firing);
  void breach(PatternNumber number, signals::Occurrence const& firing);
  void sample(PatternNumber number, signals::Occurrence const& firing);
  void check(PatternNumber number, signals::Occurrence const& trigger);
  void end_reach(signals::Reach least, base::Millis at_ms);
  void meet(ObligationNumber number, base::Millis at_ms, signals::Occurrence const& by);
  void lapse(ObligationNumber number, base::Millis at_ms);
  void judge_band(ObligationNumber number, base::Millis at_ms);
  void settle(ObligationNumber number, OccasionState state, base::Millis at_ms);
  void add_evidence(ObligationNumber number, signals::Occurrence const& firing);
  void cue(ObligationNumber number, base::Millis at_ms);
  void void_at_end(std::span<signals::Occurrence const> last);
  void change(Change::Kind kind, ObligationNumber number, base::Millis at_ms);

  // The ledger (verdicts.cpp).
  void judge(Occasion& occasion, Running const& running, domain::SourceSet observed) const;
  void mark_unknown(PatternNumber number, domain::SourceSet observed, std::vector<Mark>& marks) const;
  bool may_have_opened(playbook::Pattern const& pattern) const;
  bool agent_took_part() const { return current_agent_ != domain::nobody || counts_.agent_turns > 0; }

  playbook::Pattern const& pattern(PatternNumber number) const { return *plan_->patterns()[number].pattern; }
  playbook::Pattern const& pattern_of(ObligationNumber number) const { return pattern(running_[number].pattern); }
  bool is_open(ObligationNumber number) const { return occasions_[number].state == OccasionState::open; }

  Plan const* plan_;
  Background background_;
  bool watched_;
  bool begun_ = false;
  bool finished_ = false;

  std::vector<Track> tracks_;  ///< by pattern
  std::vector<Memory> memories_;
  std::vector<Occasion> occasions_;  ///< by number
  std::vector<Running> running_;     ///< by number
  std::size_t open_count_ = 0;
  Deadlines deadlines_;
  std::vector<PutOff> put_off_;  ///< firings ahead of the present, a heap
  std::uint32_t put_off_count_ = 0;
  std::vector<PatternNumber> in_reach_;  ///< patterns of each-with that wait for S in reach
  std::vector<bool> seen_;               ///< by signal
  std::vector<Change> changes_;

  Counts counts_;
  bool agents_turn_ = false;
  domain::ParticipantIndex last_agent_speaker_ = domain::nobody;
  domain::ParticipantIndex current_agent_ = domain::nobody;
  domain::ParticipantIndex agent_for_when_ = domain::nobody;
  Legibility legibility_;
};

}  // namespace rapport::evaluation
