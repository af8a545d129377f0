#pragma once

#include <optional>
#include <vector>

#include "base/result.hpp"
#include "routing/command.hpp"
#include "routing/decider.hpp"
#include "routing/event.hpp"
#include "routing/refusal.hpp"
#include "routing/state.hpp"

namespace rapport::routing {

/// The floor of the centre: commands in, events out. Every decision is applied before it is returned,
/// so that commands can follow each other while the log is still being written; what the outside is
/// told must wait until the events are durable. Events of one call belong together: log all or none.
///
/// Time is a parameter and never runs backwards. Before a command at `now`, decide what ran out before
/// (`advance` until one millisecond earlier); a command at the very moment of a deadline comes before
/// it, so that an answer at the last moment counts. When the clock reaches `next_deadline`, advance.
///
/// One strand owns it; no member is safe beside another. It reads no clock and does no I/O.
class Floor {
 public:
  Floor() = default;
  /// The floor that the snapshot was taken of: from here on it decides as that one. REQUIRES: a snapshot
  /// that `State::snapshot` made, or its equal.
  explicit Floor(Snapshot const& snapshot) : state_(snapshot) {}

  /// The events that the command brought, at least one, all of this moment; or why it was refused, and
  /// then nothing changed.
  base::Result<std::vector<Event>, Refusal> handle(Command const& command, base::Instant now);

  /// Decides every deadline at or before `until`, each at its own moment, in order. At most
  /// limits::deadlines_per_step_max a call: repeat while `next_deadline` is not after `until`.
  std::vector<Event> advance(base::Instant until);

  /// The next moment at which something runs out by itself; nothing if nothing will.
  std::optional<base::Instant> next_deadline() const;

  /// Makes the state again from logged events, in their order. REQUIRES: events of such a floor.
  void apply(Event const& event) { state_.apply(event); }

  State const& state() const { return state_; }

 private:
  State state_;
  Decider::Work work_;
};

}  // namespace rapport::routing
