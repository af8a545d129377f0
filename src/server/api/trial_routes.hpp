#pragma once

#include "server/api/gate.hpp"
#include "server/api/playbooks.hpp"
#include "server/api/trials.hpp"

namespace rapport::server::api {

/// Trying a playbook on past interactions before it is live: starting a trial, its progress, what changes
/// by practice and by interaction, cancelling.
void add_trials(Gate& gate, Playbooks& playbooks, Trials& trials);

}  // namespace rapport::server::api
