#pragma once

#include "server/api/calling_desk.hpp"
#include "server/api/gate.hpp"
#include "server/api/placed_calls.hpp"

namespace rapport::server::api {

/// Lists of numbers to be called: the lists themselves, what is filled into them, how far they are, and what
/// came of them.
void add_calling_lists(Gate& gate, CallingDesk& desk, CallParts const& calls);

/// What agents do with them: the next one, to look at; call, pass over, tell what came of it.
void add_previews(Gate& gate, CallingDesk& desk, CallParts const& calls);

}  // namespace rapport::server::api
