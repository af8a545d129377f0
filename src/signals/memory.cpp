#include "signals/memory.hpp"

namespace rapport::signals {

void Memory::note_turn(timeline::Step const& step, std::uint32_t event) {
  if (!step.turn_started) return;
  current_turn_ = event;
  turn_begin_[static_cast<std::size_t>(step.role)] = event;
}

void Memory::note_firing(std::size_t slot, Occurrence const& occurrence, timeline::Conversation const& conversation) {
  Firing& firing = last_[slot];
  firing.event = occurrence.event;
  firing.end_ms = occurrence.end_ms;
  for (std::size_t role = 0; role < domain::role_count; ++role) {
    firing.turns[role] = conversation.turns(static_cast<domain::Role>(role));
  }
  last_by_[slot * domain::role_count + static_cast<std::size_t>(occurrence.by)] = occurrence.event;
}

bool Memory::in_last_turn_of_other_side(std::size_t slot, domain::Role role) const {
  std::size_t other = domain::role_count;
  for (std::size_t each = 0; each < domain::role_count; ++each) {
    bool const other_side = is_staff(static_cast<domain::Role>(each)) != is_staff(role);
    bool const later = other == domain::role_count || turn_begin_[each] > turn_begin_[other];
    if (other_side && later) other = each;
  }
  if (turn_begin_[other] < 0) return false;
  return last_by_[slot * domain::role_count + other] >= turn_begin_[other];
}

}  // namespace rapport::signals
