#include "server/api/trials.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "server/api/ledger_view.hpp"
#include "server/api/stored.hpp"
#include "timeline/timeline.hpp"

namespace rapport::server::api {
namespace {

using evaluation::Verdict;

constexpr std::size_t at_once = 20;  ///< interactions between two looks at the search

std::size_t index(Verdict verdict) { return static_cast<std::size_t>(verdict); }

/// What the two ledgers say of each practice, and people.
using Sides = std::map<std::string, TrialChange>;

Sides sides_of(std::vector<JudgedPractice> const& before, std::vector<JudgedPractice> const& after, std::vector<centre::VerdictReview> const& reviews) {
  Sides sides;
  for (JudgedPractice const& practice : before) sides[practice.id].before = practice.verdict;
  for (JudgedPractice const& practice : after) sides[practice.id].after = practice.verdict;
  for (centre::VerdictReview const& review : reviews) {
    if (auto const side = sides.find(review.practice); side != sides.end()) side->second.person = review.verdict;
  }
  for (auto& [practice, side] : sides) side.practice = practice;
  return sides;
}

void count(TrialCount& count, TrialChange const& side) {
  if (side.before) ++count.before[index(*side.before)];
  if (side.after) ++count.after[index(*side.after)];
  if (side.before != side.after) ++count.changed;
  if (!side.person) return;
  ++count.reviewed;
  if (side.person == side.before) ++count.agreed_before;
  if (side.person == side.after) ++count.agreed_after;
}

/// A copy without the results, which may be many.
Trial outline(Trial const& trial) {
  Trial made;
  made.wanted = trial.wanted;
  made.state = trial.state;
  made.judged = trial.judged;
  made.skipped = trial.skipped;
  made.changed = trial.changed;
  made.left_out = trial.left_out;
  made.score_before = trial.score_before;
  made.score_after = trial.score_after;
  made.scored = trial.scored;
  made.practices = trial.practices;
  return made;
}

/// Counts a result that there is no room for, and all that come after it.
void keep_result(Trial& trial, TrialResult result) {
  std::size_t const weight = std::max<std::size_t>(1, result.changes.size());
  if (trial.left_out > 0 || trial.weight + weight > limits::trial_changes_max) {
    ++trial.left_out;
    return;
  }
  trial.weight += weight;
  trial.results.push_back(std::move(result));
}

bool is_over(Trial::State state) { return state != Trial::State::waiting && state != Trial::State::running; }

}  // namespace

std::string_view name(Trial::State state) {
  switch (state) {
    case Trial::State::waiting:
      return "waiting";
    case Trial::State::running:
      return "running";
    case Trial::State::done:
      return "done";
    case Trial::State::cancelled:
      return "cancelled";
    case Trial::State::failed:
      return "failed";
  }
  return {};
}

void judge_anew(Trial& trial, records::StoredInteraction const& stored, std::vector<records::LedgerRecord> const& ledgers, base::Instant now) {
  auto const read = read_back(stored);
  if (!read || read->erased) {
    ++trial.skipped;
    return;
  }
  auto const timeline = timeline::Timeline::build(read->head, read->events);
  if (!timeline) {
    ++trial.skipped;
    return;
  }
  records::LedgerRecord const ledger = trial.wanted.plan->judge(*timeline, now);
  ++trial.judged;
  TrialResult result{stored.row.id, stored.row.started_at, ledgers.empty() ? std::nullopt : ledgers.front().score, ledger.score, {}};
  auto const before = ledgers.empty() ? std::vector<JudgedPractice>{} : practices_in(ledgers.front());
  for (auto& [practice, side] : sides_of(before, practices_in(ledger), read->reviews)) {
    count(trial.practices[practice], side);
    if (side.before != side.after) result.changes.push_back(side);
  }
  if (result.before && result.after) {
    ++trial.scored;
    trial.score_before += *result.before;
    trial.score_after += *result.after;
  }
  if (result.changes.empty() && result.before == result.after) return;
  ++trial.changed;
  trial.results.push_back(std::move(result));
}

Trials::Trials(records::Store& store, std::function<base::Instant()> clock) : store_(store), clock_(std::move(clock)), thread_([this] { run(); }) {}

Trials::~Trials() { stop(); }

void Trials::stop() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    for (auto const& [id, kept] : trials_) kept->cancelled = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

/// Under the lock.
void Trials::make_room() {
  for (auto one = trials_.begin(); one != trials_.end() && trials_.size() >= limits::trials_kept_max;) {
    one = is_over(one->second->trial.state) ? trials_.erase(one) : std::next(one);
  }
}

bool Trials::start(TrialWanted wanted) {
  auto kept = std::make_shared<Kept>();
  kept->trial.wanted = std::move(wanted);
  {
    std::lock_guard const lock{mutex_};
    if (stopping_ || waiting_.size() >= limits::trials_waiting_max) return false;
    make_room();
    trials_[kept->trial.wanted.id] = kept;
    waiting_.push_back(std::move(kept));
  }
  woken_.notify_all();
  return true;
}

std::optional<Trial> Trials::find(std::string const& id) const {
  std::lock_guard const lock{mutex_};
  auto const found = trials_.find(id);
  if (found == trials_.end()) return std::nullopt;
  return outline(found->second->trial);
}

std::vector<Trial> Trials::all() const {
  std::lock_guard const lock{mutex_};
  std::vector<Trial> made;
  for (auto const& [id, kept] : trials_) made.push_back(outline(kept->trial));
  std::ranges::reverse(made);
  return made;
}

std::vector<TrialResult> Trials::results(std::string const& id, std::size_t from, std::size_t limit) const {
  std::lock_guard const lock{mutex_};
  auto const found = trials_.find(id);
  if (found == trials_.end()) return {};
  auto const& all = found->second->trial.results;
  std::size_t const begin = std::min(from, all.size());
  std::size_t const end = begin + std::min(limit, all.size() - begin);
  return {all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end)};
}

void Trials::cancel(std::string const& id) {
  std::lock_guard const lock{mutex_};
  auto const found = trials_.find(id);
  if (found == trials_.end()) return;
  found->second->cancelled = true;
  if (found->second->trial.state != Trial::State::waiting) return;
  std::erase(waiting_, found->second);
  found->second->trial.state = Trial::State::cancelled;
  found->second->trial.wanted.plan.reset();
}

void Trials::run() {
  for (;;) {
    std::shared_ptr<Kept> next;
    {
      std::unique_lock lock{mutex_};
      woken_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
      next->trial.state = Trial::State::running;
    }
    work(*next);
  }
}

void Trials::finish(Kept& kept, Trial::State state) {
  std::lock_guard const lock{mutex_};
  kept.trial.state = kept.cancelled ? Trial::State::cancelled : state;
  kept.trial.wanted.plan.reset();  // so that the playbook is not held for what is over
}

void Trials::work(Kept& kept) {
  records::InteractionQuery query = kept.trial.wanted.query;
  query.live = false;
  while (!kept.cancelled) {
    std::size_t const looked_at = kept.trial.judged + kept.trial.skipped;
    query.limit = std::min(at_once, kept.trial.wanted.interactions - looked_at);
    if (query.limit == 0) return finish(kept, Trial::State::done);
    auto const found = store_.search(query);
    if (!found) return finish(kept, Trial::State::failed);
    for (records::InteractionRow const& row : found->rows) {
      if (kept.cancelled) break;
      auto const stored = store_.interaction(row.id);
      auto const ledgers = store_.ledgers(row.id);
      if (!stored || !ledgers) return finish(kept, Trial::State::failed);
      Trial one;
      one.wanted.plan = kept.trial.wanted.plan;
      if (*stored)
        judge_anew(one, **stored, *ledgers, clock_());
      else
        ++one.skipped;  // retention took it meanwhile
      add(kept, std::move(one));
    }
    if (!found->more) return finish(kept, Trial::State::done);
    query.after = records::InteractionQuery::After{found->rows.back().started_at, found->rows.back().id};
  }
  finish(kept, Trial::State::cancelled);
}

/// What was found of one interaction, judged outside the lock.
void Trials::add(Kept& kept, Trial one) {
  std::lock_guard const lock{mutex_};
  Trial& trial = kept.trial;
  trial.judged += one.judged;
  trial.skipped += one.skipped;
  trial.changed += one.changed;
  trial.scored += one.scored;
  trial.score_before += one.score_before;
  trial.score_after += one.score_after;
  for (auto const& [practice, count] : one.practices) {
    TrialCount& sum = trial.practices[practice];
    for (std::size_t verdict = 0; verdict < sum.before.size(); ++verdict) {
      sum.before[verdict] += count.before[verdict];
      sum.after[verdict] += count.after[verdict];
    }
    sum.changed += count.changed;
    sum.reviewed += count.reviewed;
    sum.agreed_before += count.agreed_before;
    sum.agreed_after += count.agreed_after;
  }
  for (TrialResult& result : one.results) keep_result(trial, std::move(result));
}

}  // namespace rapport::server::api
