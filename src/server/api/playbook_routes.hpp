#pragma once

#include "server/api/gate.hpp"
#include "server/api/playbooks.hpp"

namespace rapport::server::api {

/// Versions of playbooks: checking, adding, reading, comparing, and letting a brand be judged by one from
/// its next interaction on.
void add_playbooks(Gate& gate, Playbooks& playbooks);

}  // namespace rapport::server::api
