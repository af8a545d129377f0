#include "routing/agent.hpp"

#include <algorithm>

namespace rapport::routing {

std::optional<Refusal> check(AgentProfile const& profile) {
  std::vector<SkillId> seen;
  for (SkillLevel const& skill : profile.skills) {
    if (static_cast<std::size_t>(skill.skill) >= limits::skills_max) return Refusal::bad_agent;
    if (skill.level == 0 || skill.level > limits::proficiency_max) return Refusal::bad_agent;
    seen.push_back(skill.skill);
  }
  std::ranges::sort(seen);
  if (std::ranges::adjacent_find(seen) != seen.end() || profile.id.nil()) return Refusal::bad_agent;
  bool const fits =
      std::ranges::all_of(profile.capacity, [](std::uint8_t few) { return few <= limits::capacity_max; });
  return fits ? std::nullopt : std::optional{Refusal::bad_agent};
}

bool Agent::has_room(domain::Channel channel) const {
  return presence == Presence::available && !resumes && has_space(channel);
}

bool Agent::has_space(domain::Channel channel) const {
  std::uint8_t const most = capacity[static_cast<std::size_t>(channel)];
  std::uint8_t used = 0;
  for (Slot const& held : slots) {
    if (held.state == SlotState::offered || held.consulting) return false;
    if (held.channel == channel)
      ++used;
    else if (!mixes_channels)
      return false;
  }
  return used < most;
}

unsigned Agent::room() const {
  unsigned bits = 0;
  for (std::size_t channel = 0; channel < channel_count; ++channel) {
    if (has_room(static_cast<domain::Channel>(channel))) bits |= 1U << channel;
  }
  return bits;
}

Slot* Agent::live_slot(ContactId contact) {
  auto const found = std::ranges::find_if(
      slots, [&](Slot const& held) { return held.contact == contact && held.state != SlotState::wrap_up; });
  return found == slots.end() ? nullptr : &*found;
}

Slot const* Agent::wrap_up_slot(ContactId contact) const {
  auto const found = std::ranges::find_if(
      slots, [&](Slot const& held) { return held.contact == contact && held.state == SlotState::wrap_up; });
  return found == slots.end() ? nullptr : &*found;
}

WorkState Agent::work_state() const {
  if (resumes) return WorkState::not_responding;
  auto const any = [&](SlotState state) {
    return std::ranges::find(slots, state, &Slot::state) != slots.end();
  };
  if (any(SlotState::offered)) return WorkState::offered;
  if (any(SlotState::receiving)) return WorkState::receiving;
  if (any(SlotState::connected)) return WorkState::connected;
  return slots.empty() ? WorkState::idle : WorkState::wrap_up;
}

std::optional<base::Instant> Agent::deadline() const {
  std::optional<base::Instant> earliest = resumes;
  for (Slot const& held : slots) {
    if (held.state == SlotState::wrap_up && (!earliest || held.until < *earliest)) earliest = held.until;
  }
  return earliest;
}

}  // namespace rapport::routing
