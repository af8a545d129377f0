#pragma once

#include "server/api/configuration.hpp"
#include "server/api/gate.hpp"
#include "server/api/playbooks.hpp"

namespace rapport::server::api {

/// What administrators and supervisors configure, as resources of one shape (resource.hpp): brands,
/// skills, queues with their dispositions, agents' skills and capacities, canned replies, blocked customers.
/// `sounds_changed`: a queue or a brand was made or changed, with the sounds that they play; must be quick. May be empty.
void add_resources(Gate& gate, Configuration& configuration, Playbooks& playbooks, std::function<void()> sounds_changed);

}  // namespace rapport::server::api
