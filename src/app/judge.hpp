#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/exit_status.hpp"
#include "app/intake.hpp"
#include "app/ordered.hpp"
#include "app/paths.hpp"
#include "app/progress.hpp"
#include "evaluation/evaluator.hpp"
#include "playbook/playbook.hpp"
#include "timeline/timeline.hpp"

namespace rapport::app {

/// Threads to use where the user gave none (0): as many as the machine has, at least one.
inline std::size_t jobs_or_all(std::size_t jobs) {
  return jobs != 0 ? jobs : std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

/// Judges every interaction of some paths and makes something of each: a line, a scorecard, a
/// report's entry. Made is what one interaction becomes.
template <typename Made>
class Judge {
 public:
  /// `make` runs on several threads at once; `take` and `refuse` get what was made, or why an
  /// interaction could not be read, one at a time and in input order.
  Judge(playbook::Playbook const& playbook,
        std::function<Made(timeline::Timeline const&, evaluation::Ledger const&)> make,
        std::function<void(Made)> take, std::function<void(std::string const&)> refuse = {})
      : plan_(evaluation::plan_of(playbook)), make_(std::move(make)), take_(std::move(take)), refuse_(std::move(refuse)) {}

  /// Returns the exit status. Complaints, warnings and progress go to standard error.
  int run(std::vector<std::string> const& paths, std::size_t jobs) {
    auto files = expand_paths(paths);
    if (!files) {
      fmt::print(stderr, "{}\n", files.error().message);
      return exit_usage;
    }
    if (files->empty()) fmt::print(stderr, "no interactions were found in the folders given\n");
    Intake intake{std::move(*files)};
    Progress progress{"interactions"};
    int status = exit_ok;
    OrderedPipeline<Item, Outcome> pipeline{
        [&] { return intake.next(); }, [this](Item item) { return judge(std::move(item)); },
        [&](Outcome outcome) {
          progress.advance();
          if (!deliver(std::move(outcome))) status = exit_some_failed;
        }};
    pipeline.run(jobs_or_all(jobs));
    return status;
  }

 private:
  using Item = base::Result<timeline::formats::Imported>;
  struct Outcome {
    std::optional<Made> made;
    std::string complaint;
    std::vector<std::string> warnings;
  };

  Outcome judge(Item item) const {
    if (!item) return {std::nullopt, item.error().message, {}};
    auto const timeline = timeline::formats::to_timeline(*item);
    if (!timeline) return {std::nullopt, timeline.error().message, {}};
    Made made = make_(*timeline, evaluation::evaluate(plan_, *timeline));
    std::vector<std::string> warnings;
    for (std::string const& warning : item->warnings) {
      warnings.push_back(fmt::format("{}:{}: {}", item->source, item->line, warning));
    }
    return {std::move(made), {}, std::move(warnings)};
  }

  bool deliver(Outcome outcome) {
    for (std::string const& warning : outcome.warnings) fmt::print(stderr, "warning: {}\n", warning);
    if (outcome.made) {
      take_(std::move(*outcome.made));
      return true;
    }
    fmt::print(stderr, "{}\n", outcome.complaint);
    if (refuse_) refuse_(outcome.complaint);
    return false;
  }

  evaluation::Plan plan_;
  std::function<Made(timeline::Timeline const&, evaluation::Ledger const&)> make_;
  std::function<void(Made)> take_;
  std::function<void(std::string const&)> refuse_;
};

}  // namespace rapport::app
