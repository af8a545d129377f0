#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// Finding interactions, reading one with its events, its scorecards, exporting it.
void add_interaction_reads(Gate& gate);

}  // namespace rapport::server::api
