#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// Agents' presence, one's own and, for supervisors, others'; what one has in hand; the floor at a glance.
void add_agents(Gate& gate);

}  // namespace rapport::server::api
