#pragma once

#include "base/limits.hpp"

namespace rapport::limits {

// Simulation and load.
inline constexpr std::size_t play_scenes_max = 400;  ///< of one simulated conversation
inline constexpr int demo_agents_max = 60;           ///< simulated ones
inline constexpr int load_agents_max = 2'000;
inline constexpr int load_feeds_max = 20'000;
inline constexpr int load_rate_max = 10'000;                         ///< interactions a second
inline constexpr std::size_t client_answer_bytes_max = 16U << 20U;   ///< that the simulation's own client reads
inline constexpr base::Millis client_answer_ms = 30 * base::second;  ///< that it waits for an answer

}  // namespace rapport::limits
