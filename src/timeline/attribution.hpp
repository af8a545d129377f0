#pragma once

#include <array>

#include "base/result.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"

namespace rapport::timeline {

/// Says who did each event, reading them in order of time: the participant an event names, else the
/// one of its role that was named last, else the first of that role; a role without a participant
/// gets one, with the role's name as its id. The head must outlive it. A value.
class Attribution {
 public:
  explicit Attribution(domain::Interaction& head) : head_(&head) { latest_.fill(domain::nobody); }

  /// Fills in the event's `by` and `participant`. Errors: a participant that the head does not have,
  /// more than limits::participants_max.
  base::Result<void> resolve(domain::Event& event);

 private:
  base::Result<domain::ParticipantIndex> add(domain::Role role);

  domain::Interaction* head_;
  std::array<domain::ParticipantIndex, domain::role_count> latest_{};  ///< of each role, last named
};

}  // namespace rapport::timeline
