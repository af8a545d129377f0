#pragma once

#include <string>

#include "routing/state.hpp"

namespace rapport::routing {

/// Looks at the whole floor: one answering agent at most, capacity kept, no contact lost, no agent or
/// contact in a state that nothing ends, nobody waiting whom a free agent could have. Says what is
/// wrong, or nothing. Slow and obvious.
std::string broken_invariant(State& state, base::Instant now);

}  // namespace rapport::routing
