#include "centre/judge.hpp"

#include <pthread.h>

#include <chrono>
#include <utility>
#include <variant>

#include "base/assert.hpp"

namespace rapport::centre {

/// One thread and the interactions that it watches.
class Judge::Worker {
 public:
  explicit Worker(Judge& judge) : judge_(judge), thread_([this] { run(); }) {}

  void push(Publication publication) {
    bool wake = false;
    {
      std::lock_guard const lock{mutex_};
      waiting_.push_back(std::move(publication));
      wake = std::exchange(sleeping_, false);
    }
    if (wake) woken_.notify_one();
  }

  void stop() {
    {
      std::lock_guard const lock{mutex_};
      stopping_ = true;
    }
    woken_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

 private:
  static constexpr std::chrono::seconds pace{1};  ///< of cues and deadlines
  /// Rounds begin so far apart: what happens in one interaction comes in several. What comes alone does not wait.
  static constexpr std::chrono::milliseconds round_every{5};

  void run() {
    ::pthread_setname_np(::pthread_self(), "judge");
    // Who told it has more to tell: what wakes it does not give way to it at once.
    sched_param const no_priority{};
    ::pthread_setschedparam(::pthread_self(), SCHED_BATCH, &no_priority);
    auto next = std::chrono::steady_clock::now() + pace;
    auto next_round = std::chrono::steady_clock::now();
    for (;;) {
      std::deque<Publication> taken;
      bool stopping = false;
      {
        std::unique_lock lock{mutex_};
        woken_.wait_until(lock, next_round, [this] { return stopping_; });
        sleeping_ = true;
        woken_.wait_until(lock, next, [this] { return stopping_ || !waiting_.empty(); });
        sleeping_ = false;
        taken.swap(waiting_);
        stopping = stopping_;
      }
      if (!taken.empty()) next_round = std::chrono::steady_clock::now() + round_every;
      for (Publication const& publication : taken) work(publication);
      if (stopping) return;
      if (std::chrono::steady_clock::now() < next) continue;
      next = std::chrono::steady_clock::now() + pace;
      for (auto& [id, judged] : judged_) {
        judged.pass_time(judge_.ways_.clock(), told_);
        raise(id, judged);
      }
      tell();
    }
  }

  void work(Publication const& publication) {
    std::visit([this](auto const& what) { take(what); }, publication);
    tell();
  }

  void take(InteractionOpened const& opened) {
    auto plan = judge_.plan_of(opened.live.row.brand);
    if (!plan) return;
    auto const [place, added] = judged_.try_emplace(opened.live.row.id, std::move(plan), opened.live.head, *opened.events);
    if (added && !opened.live.agent.empty()) place->second.change(opened.live.head, opened.live.agent, told_);
  }
  void take(InteractionChanged const& changed) {
    auto const found = judged_.find(changed.live.row.id);
    if (found == judged_.end()) return;
    found->second.change(changed.live.head, changed.live.agent, told_);
    raise(changed.live.row.id, found->second);
  }
  void take(EventHappened const& happened) {
    auto const found = judged_.find(happened.interaction);
    if (found == judged_.end()) return;
    found->second.take(happened.event, told_);
    raise(happened.interaction, found->second);
  }
  void take(InteractionFinished const& finished) {
    auto const found = judged_.find(finished.interaction);
    CloseJudged close{finished.interaction, std::nullopt, {}};
    if (found != judged_.end()) {
      close.ledger = found->second.finish(judge_.ways_.clock());
      if (close.ledger) close.critical = found->second.critical_of(*close.ledger);
      judged_.erase(found);
    }
    judge_.ways_.close(std::move(close));
  }
  template <typename Other>
  void take(Other const&) {}

  void raise(std::string const& interaction, JudgedInteraction& judged) {
    auto misses = judged.take_misses();
    if (!misses.empty() && judge_.ways_.raise) judge_.ways_.raise({interaction, std::move(misses)});
  }
  void tell() {
    for (Publication const& publication : told_) judge_.ways_.tell(publication);
    told_.clear();
  }

  Judge& judge_;
  std::unordered_map<std::string, JudgedInteraction> judged_;
  std::vector<Publication> told_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<Publication> waiting_;  ///< bounded by what the centre lets live
  bool sleeping_ = false;            ///< a publication wakes it
  bool stopping_ = false;
  std::thread thread_;  ///< last: it uses the rest
};

Judge::Judge(Ways ways, std::size_t threads) : ways_(std::move(ways)) {
  RAPPORT_ASSERT(threads > 0);
  for (std::size_t i = 0; i < threads; ++i) workers_.push_back(std::make_unique<Worker>(*this));
}

Judge::~Judge() { stop(); }

void Judge::stop() {
  for (auto const& worker : workers_) worker->stop();
}

void Judge::use(std::string const& brand, std::shared_ptr<JudgingPlan const> plan) {
  std::lock_guard const lock{mutex_};
  plans_[brand] = std::move(plan);
}

std::shared_ptr<JudgingPlan const> Judge::plan_of(std::string const& brand) const {
  std::lock_guard const lock{mutex_};
  auto const found = plans_.find(brand);
  return found == plans_.end() ? nullptr : found->second;
}

void Judge::send(std::string const& interaction, Publication const& publication) {
  workers_[std::hash<std::string>{}(interaction) % workers_.size()]->push(publication);
}

void Judge::on(Publication const& publication) {
  if (auto const* opened = std::get_if<InteractionOpened>(&publication)) return send(opened->live.row.id, publication);
  if (auto const* changed = std::get_if<InteractionChanged>(&publication)) return send(changed->live.row.id, publication);
  if (auto const* happened = std::get_if<EventHappened>(&publication)) return send(happened->interaction, publication);
  if (auto const* finished = std::get_if<InteractionFinished>(&publication)) return send(finished->interaction, publication);
}

}  // namespace rapport::centre
