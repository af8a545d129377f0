#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "centre/directory.hpp"
#include "insight/intervals.hpp"
#include "insight/live_queue.hpp"

namespace rapport::centre {

/// The key of a row of counters in the store: "queue/BRAND/ID", "agent/BRAND/ID", "brand/BRAND/".
std::string counters_key(insight::Scope scope, std::string_view brand, std::string_view id);

/// Whose counters they are; nothing for a key that is none of ours.
std::optional<insight::IntervalKey> read_counters_key(std::string_view key, base::Instant start);

/// The numbers as screens show them: each queue's last half hour, and today's counters of queues, agents
/// and brands (today: since midnight where the brand is). A value of the core.
class LiveNumbers {
 public:
  /// So many wait in the queue from now on.
  void waiting(base::Instant at, ConfigureQueue const& queue, std::size_t number);
  /// As LiveQueue's; the leg's queue must be of the directory to count.
  void wait_ended(base::Instant at, insight::Leg const& leg, Directory const& directory);
  void finished(base::Instant at, std::span<insight::Leg const> legs, insight::Leg const& leg, Directory const& directory);
  /// Something was counted, or read from the store at a start.
  void counted(base::Instant now, insight::IntervalKey const& key, insight::Counters const& counters, Directory const& directory);
  /// The agent does something else now.
  void agent_changed(std::string const& agent, Directory const& directory);

  /// Of the running minute and the 29 before; `formula` as asked.
  insight::LiveReading half_hour(ConfigureQueue const& queue, base::Instant now, insight::ServiceLevelFormula formula);
  insight::Counters today(insight::Scope scope, std::string_view brand, std::string_view id, base::Instant now, Directory const& directory) const;

  /// What changed since the last call; with a new minute all queues that have numbers.
  std::set<std::string> take_queues(base::Instant now);
  std::set<std::string> take_agents() { return std::exchange(agents_, {}); }
  std::set<std::string> take_brands() { return std::exchange(brands_, {}); }

 private:
  struct Today {
    base::Instant day;
    insight::Counters counters;
  };
  insight::LiveQueue& queue(ConfigureQueue const& queue);

  struct Half {
    insight::Targets targets;
    insight::LiveQueue queue;
  };
  std::map<std::string, Half, std::less<>> halves_;  ///< by slug
  std::unordered_map<std::string, Today> today_;     ///< by counters_key
  std::set<std::string> queues_, agents_, brands_;   ///< changed
  std::int64_t minute_ = 0;                          ///< since the epoch, told last
};

/// By which a queue's waits are counted now.
insight::Targets targets_of(ConfigureQueue const& queue);

}  // namespace rapport::centre
