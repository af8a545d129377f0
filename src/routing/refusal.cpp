#include "routing/refusal.hpp"

#include <array>
#include <cstddef>

namespace rapport::routing {

std::string_view name(Refusal refusal) {
  static constexpr std::array<std::string_view, refusal_count> names{
      "time_before_present", "deadlines_due", "bad_queue", "bad_agent",
      "bad_contact", "bad_reason", "too_many_queues", "too_many_agents",
      "too_many_contacts", "unknown_queue", "unknown_agent", "unknown_contact",
      "contact_exists", "queue_closed", "queue_full", "already_so",
      "has_contacts", "not_offered", "not_connected", "not_waiting",
      "not_in_wrap_up", "not_receiving", "not_callback", "bad_due_time",
      "wrong_agent", "is_consult", "agent_unavailable", "agent_overbooked",
      "transfer_in_progress", "no_transfer", "not_acknowledged", "no_room"};
  return names[static_cast<std::size_t>(refusal)];
}

}  // namespace rapport::routing
