#include "routing/contact.hpp"

#include <algorithm>

namespace rapport::routing {

std::uint8_t Contact::base_priority() const {
  return std::min<std::uint8_t>(limits::priority_max, static_cast<std::uint8_t>(rules->priority + boost));
}

bool Contact::overflows_at(base::Instant now) const {
  if (overflows >= limits::overflows_max) return false;
  if (rules->unanswered_max != 0 && unanswered >= rules->unanswered_max) return true;
  return rules->overflow_after_ms != 0 && now - queued_at >= rules->overflow_after_ms;
}

std::optional<Contact::Due> Contact::deadline() const {
  std::optional<Due> first;
  auto const consider = [&](base::Instant when, ContactTimer timer) {
    if (!first || when < first->when) first = Due{when, timer};
  };
  if (state == ContactState::offered) consider(until, ContactTimer::offer);
  if (state == ContactState::receiving) consider(until, ContactTimer::acknowledge);
  if (state == ContactState::parked) consider(until, ContactTimer::park);
  if (in_line()) {
    bool const waits = state == ContactState::waiting;
    if (waits && reserved_for != none) consider(reserved_until, ContactTimer::reservation);
    if (step < rules->relax.size()) consider(queued_at + rules->relax[step].after_ms, ContactTimer::relax);
    bool const may_overflow = waits && rules->overflow_after_ms != 0 && overflows < limits::overflows_max;
    if (may_overflow) consider(queued_at + rules->overflow_after_ms, ContactTimer::overflow);
  }
  return first;
}

}  // namespace rapport::routing
