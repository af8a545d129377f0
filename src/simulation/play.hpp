#pragma once

#include <cstdint>
#include <vector>

#include "simulation/agent_part.hpp"
#include "simulation/customer_part.hpp"

namespace rapport::simulation {

/// Something done in a play, at its moment from the conversation's start.
struct Scene {
  base::Millis at = 0;
  bool by_customer = false;
  Deed deed;
};

/// Plays a conversation of two simulated people to its end, without a clock: all that both do, in order.
/// The agent takes it `answered_after` its start. Nothing after limits::play_scenes_max scenes.
std::vector<Scene> play(CustomerPart& customer, AgentPart& agent, std::string_view agent_name, base::Millis answered_after);

}  // namespace rapport::simulation
