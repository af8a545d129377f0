#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// Cases: opened, listed, moved on, given to somebody; interactions attached to them.
void add_cases(Gate& gate);
/// Promises: listed, kept, given up, withdrawn. They are made by events of interactions.
void add_promises(Gate& gate);

}  // namespace rapport::server::api
