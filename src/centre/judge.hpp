#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "centre/command.hpp"
#include "centre/judged_interaction.hpp"
#include "centre/publication.hpp"

namespace rapport::centre {

/// Watches every live interaction on threads of its own, each interaction on one of them: listens to
/// what the centre publishes, tells checklists and cues, and hands in the scorecard when it is over.
class Judge final : public Listener {
 public:
  struct Ways {
    std::function<base::Instant()> clock;
    /// Checklists and cues; called on the judge's threads.
    std::function<void(Publication const&)> tell;
    /// An interaction that finished, and its ledger; must reach the centre.
    std::function<void(CloseJudged)> close;
    /// Critical practices that were missed while it lives; may be empty.
    std::function<void(RaiseMissed)> raise{};
  };

  Judge(Ways ways, std::size_t threads);
  ~Judge() override;

  /// New interactions of the brand are judged by this; those that run keep theirs. Any thread.
  void use(std::string const& brand, std::shared_ptr<JudgingPlan const> plan);
  std::shared_ptr<JudgingPlan const> plan_of(std::string const& brand) const;

  void on(Publication const& publication) override;
  /// Works off what came and stops; nothing may be published to it afterwards.
  void stop();

 private:
  class Worker;
  void send(std::string const& interaction, Publication const& publication);

  Ways ways_;
  mutable std::mutex mutex_;  ///< of plans_
  std::map<std::string, std::shared_ptr<JudgingPlan const>> plans_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace rapport::centre
