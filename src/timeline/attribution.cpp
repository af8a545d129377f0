#include "timeline/attribution.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/limits.hpp"

namespace rapport::timeline {

using domain::Event;
using domain::EventKind;
using domain::ParticipantIndex;
using domain::Role;

base::Result<void> Attribution::resolve(Event& event) {
  if (event.participant != domain::nobody && event.participant >= head_->participants.size()) {
    return base::Error{fmt::format("an event names participant {} of {}", event.participant + 1, head_->participants.size())};
  }
  if (!event.by && event.participant != domain::nobody) event.by = head_->participants[event.participant].role;
  bool const picked_up = event.kind == EventKind::answered && head_->direction == domain::Direction::inbound;
  if (!event.by && picked_up) event.by = Role::agent;
  if (!event.by) return {};
  ParticipantIndex& latest = latest_[static_cast<std::size_t>(*event.by)];
  if (event.participant == domain::nobody) {
    if (latest == domain::nobody) latest = head_->first_of(*event.by);
    if (latest == domain::nobody) {
      auto const added = add(*event.by);
      if (!added) return added.error();
      latest = *added;
    }
    event.participant = latest;
  } else if (head_->participants[event.participant].role == *event.by) {
    latest = event.participant;
  }
  return {};
}

base::Result<ParticipantIndex> Attribution::add(Role role) {
  if (head_->participants.size() >= limits::participants_max) {
    return base::Error{fmt::format("more participants than participants_max, {}", limits::participants_max)};
  }
  domain::Participant participant;
  participant.role = role;
  participant.id = name(role);
  while (head_->find(participant.id) != domain::nobody) participant.id += '_';
  head_->participants.push_back(std::move(participant));
  return static_cast<ParticipantIndex>(head_->participants.size() - 1);
}

}  // namespace rapport::timeline
