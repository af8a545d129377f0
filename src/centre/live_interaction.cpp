#include "centre/live_interaction.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "centre/ids.hpp"

namespace rapport::centre {

routing::ContactId LiveInteraction::contact() const {
  auto const id = parse_id<routing::ContactId>(row.id);
  RAPPORT_ASSERT(id.has_value());  // looked at when it started
  return *id;
}

LiveSummary LiveInteraction::summary() const {
  LiveSummary made{row, head, stage, agent, hold_from.has_value(), since, mute_from.has_value(), parties};
  if (paused_from) made.recording_paused = row.started_at + *paused_from;
  made.left_message = left_message;
  made.outside = outside;
  return made;
}

std::string_view LiveInteraction::full() const {
  if (events.size() >= limits::live_events_max) return "live_events_max";
  if (bytes >= limits::live_bytes_max) return "live_bytes_max";
  return {};
}

base::Millis LiveInteraction::at(base::Instant now) const { return std::max<base::Millis>(now - row.started_at, 0); }

domain::ParticipantIndex LiveInteraction::participant(std::string_view person, domain::Role role) const {
  auto const& all = head->participants;
  auto const found = std::ranges::find_if(
      all, [&](domain::Participant const& one) { return one.role == role && one.person == person; });
  return found == all.end() ? domain::nobody : static_cast<domain::ParticipantIndex>(found - all.begin());
}

bool shown_to_customer(domain::Event const& event) {
  switch (event.kind) {
    case domain::EventKind::message:
    case domain::EventKind::answered:
    case domain::EventKind::transfer:
    case domain::EventKind::ended:
      return true;
    default:
      return false;
  }
}

}  // namespace rapport::centre
