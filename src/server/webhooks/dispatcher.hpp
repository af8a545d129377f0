#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace rapport::server::webhooks {

/// When a delivery is tried again and for how long.
struct RetryPolicy {
  std::uint32_t attempts = 10;  ///< the last one's failure makes a dead letter
  base::Millis first = 5 * base::second;
  base::Millis longest = base::hour;
};

/// A delivery in line. Its payload is in the store.
struct InLine {
  std::string id;
  std::string interaction;  ///< those of one go out one after the other
  base::Instant next_at;    ///< of the next attempt
  std::uint32_t attempts = 0;

  bool operator==(InLine const&) const = default;
};

/// Which delivery goes out when: pure, time is a parameter. Each webhook has a line of its own, so that
/// none waits for another's receiver. In it the deliveries of one interaction go out one at a time and in
/// order of their ids: while one is tried again those behind it wait. Those of different interactions go
/// side by side, limits::webhook_in_flight_max at a time, one at a time after a failure until something
/// succeeds. The pause after a failure doubles from the policy's first up to its longest, a part of it by
/// chance (of the id and the attempt, so that a run can be repeated).
class Dispatcher {
 public:
  explicit Dispatcher(RetryPolicy policy) : policy_(policy) {}

  /// A webhook that is there from now on, or changed. Paused: what is in line waits.
  void set_webhook(std::string const& id, bool paused);
  /// The deliveries that nobody wants any longer, those under way among them.
  std::vector<InLine> remove_webhook(std::string const& id);

  enum class Taken : std::uint8_t { queued,
                                    no_webhook,
                                    queue_full };
  /// Puts the delivery into line. REQUIRES: an id that is not in line yet.
  Taken take(std::string const& webhook, InLine delivery);

  struct Attempt {
    std::string webhook;
    InLine delivery;  ///< `attempts` counts this one
  };
  /// The attempts to be made now.
  std::vector<Attempt> start(base::Instant now);
  /// When there may be something to start; nothing: not before something is taken or finished.
  std::optional<base::Instant> next() const;

  enum class Result : std::uint8_t { delivered,
                                     failed,
                                     gone };
  enum class Verdict : std::uint8_t { delivered,
                                      again,
                                      dead };
  struct Finished {
    Verdict verdict = Verdict::delivered;
    InLine delivery;  ///< as it stands now
  };
  /// An attempt has ended; `gone`: the receiver wants no more of it. Nothing where its webhook was removed
  /// meanwhile.
  std::optional<Finished> finish(std::string const& webhook, InLine const& attempt, Result result, base::Instant now);
  /// An attempt could not be begun: it does not count and comes again at `until`.
  void postpone(std::string const& webhook, InLine const& attempt, base::Instant until);

  std::size_t waiting() const { return waiting_; }

 private:
  struct Queue {
    std::deque<InLine> deliveries;  ///< by id
    bool in_flight = false;         ///< its first
  };
  struct Line {
    bool paused = false;
    bool failing = false;  ///< the last attempt failed
    std::size_t size = 0;
    std::size_t in_flight = 0;
    std::map<std::string, Queue> queues;                  ///< by interaction
    std::set<std::pair<base::Instant, std::string>> due;  ///< of queues with something to start

    bool can_start() const;
  };

  Queue* under_way(Line*& line, std::string const& webhook, InLine const& attempt);
  base::Millis pause(InLine const& delivery) const;
  static void expect(Line& line, std::string const& interaction, Queue const& queue);

  RetryPolicy policy_;
  std::map<std::string, Line> lines_;
  std::size_t waiting_ = 0;
};

}  // namespace rapport::server::webhooks
