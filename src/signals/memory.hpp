#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/time.hpp"
#include "domain/words.hpp"
#include "signals/occurrence.hpp"
#include "timeline/conversation.hpp"

namespace rapport::signals {

/// What filters ask of the past: when a signal last fired, and where each side's last turn began.
/// Only signals that some filter asks about have a slot. A value; part of a checkpoint.
class Memory {
 public:
  /// The last firing of a signal.
  struct Firing {
    std::int64_t event = -1;  ///< -1: never
    base::Millis end_ms = 0;
    std::array<std::int32_t, domain::role_count> turns{};  ///< of each role at that time
  };

  explicit Memory(std::size_t slots) : last_(slots), last_by_(slots * domain::role_count, -1) { turn_begin_.fill(-1); }

  /// An event has been read by the conversation.
  void note_turn(timeline::Step const& step, std::uint32_t event);
  void note_firing(std::size_t slot, Occurrence const& occurrence, timeline::Conversation const& conversation);

  Firing const& last(std::size_t slot) const { return last_[slot]; }
  /// Whether the signal fired by its side in the last turn of the side that is not `role`'s.
  bool in_last_turn_of_other_side(std::size_t slot, domain::Role role) const;
  /// The event with which the current turn began; -1 before the first.
  std::int64_t current_turn() const { return current_turn_; }

 private:
  std::vector<Firing> last_;                                   ///< by slot
  std::vector<std::int64_t> last_by_;                          ///< event, by slot and role
  std::array<std::int64_t, domain::role_count> turn_begin_{};  ///< event, by role
  std::int64_t current_turn_ = -1;
};

/// Whether the role speaks for the centre.
constexpr bool is_staff(domain::Role role) { return role != domain::Role::customer; }

}  // namespace rapport::signals
