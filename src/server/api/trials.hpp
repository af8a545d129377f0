#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/time.hpp"
#include "centre/judging_plan.hpp"
#include "evaluation/ledger.hpp"
#include "records/store.hpp"

namespace rapport::server::api {

/// What a trial is to do: judge past interactions by a playbook that need not be live.
struct TrialWanted {
  std::string id;
  std::string brand;
  std::string playbook;  ///< id of the version, or name of a built-in one
  std::string preset;
  std::shared_ptr<centre::JudgingPlan const> plan;
  records::InteractionQuery query;  ///< closed ones of the brand
  std::size_t interactions = 0;     ///< at most; the newest first
  std::string by;
  base::Instant at;
};

/// A practice of one interaction of which the two playbooks say different things.
struct TrialChange {
  std::string practice;
  std::optional<evaluation::Verdict> before;  ///< of the current ledger; nothing: it has no such practice
  std::optional<evaluation::Verdict> after;
  std::optional<evaluation::Verdict> person;  ///< what a reviewer said
};
struct TrialResult {
  std::string interaction;
  base::Instant started_at;
  std::optional<std::int32_t> before;  ///< scores, thousandths
  std::optional<std::int32_t> after;
  std::vector<TrialChange> changes;
};

/// One practice over all interactions of a trial. Arrays by evaluation::Verdict.
struct TrialCount {
  std::array<std::int64_t, 4> before{};
  std::array<std::int64_t, 4> after{};
  std::int64_t changed = 0;
  std::int64_t reviewed = 0;       ///< by people
  std::int64_t agreed_before = 0;  ///< of those, with whom the ledger agrees
  std::int64_t agreed_after = 0;
};

/// How far a trial is, and what it found so far.
struct Trial {
  enum class State : std::uint8_t { waiting,
                                    running,
                                    done,
                                    cancelled,
                                    failed };
  TrialWanted wanted;
  State state = State::waiting;
  std::size_t judged = 0;
  std::size_t skipped = 0;        ///< erased, or what is stored makes no timeline
  std::size_t changed = 0;        ///< interactions with a verdict or score that differs
  std::size_t left_out = 0;       ///< of those, that are counted and not kept: limits::trial_changes_max
  std::int64_t score_before = 0;  ///< sums over those with both scores
  std::int64_t score_after = 0;
  std::size_t scored = 0;
  std::map<std::string, TrialCount> practices;
  std::vector<TrialResult> results;  ///< of changed ones, the newest first
  std::size_t weight = 0;            ///< of the results: verdicts that changed, one at least for each
};
std::string_view name(Trial::State state);

/// Judges one stored interaction anew and adds it to the trial. Pure.
void judge_anew(Trial& trial, records::StoredInteraction const& stored, std::vector<records::LedgerRecord> const& ledgers, base::Instant now);

/// Runs trials, one after the other, on a thread of its own; they are held in memory alone and are gone
/// when the server stops. Any thread.
class Trials {
 public:
  Trials(records::Store& store, std::function<base::Instant()> clock);
  ~Trials();

  /// False: too many wait. Of those that are over the oldest make room.
  bool start(TrialWanted wanted);
  /// A copy as it stands, without its results; nothing: not known any more.
  std::optional<Trial> find(std::string const& id) const;
  /// All of them, the newest first, without their results.
  std::vector<Trial> all() const;
  /// From that place on.
  std::vector<TrialResult> results(std::string const& id, std::size_t from, std::size_t limit) const;
  /// What has not ended ends soon; what was found stays.
  void cancel(std::string const& id);
  /// Ends what runs and takes no more.
  void stop();

 private:
  struct Kept {
    Trial trial;  ///< under mutex_
    std::atomic<bool> cancelled = false;
  };
  void run();
  void work(Kept& kept);
  void add(Kept& kept, Trial one);
  void finish(Kept& kept, Trial::State state);
  void make_room();

  records::Store& store_;
  std::function<base::Instant()> clock_;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  std::map<std::string, std::shared_ptr<Kept>> trials_;  ///< by id, which ascends with time
  std::deque<std::shared_ptr<Kept>> waiting_;
  bool stopping_ = false;
  std::thread thread_;  ///< last: it uses the rest
};

}  // namespace rapport::server::api
