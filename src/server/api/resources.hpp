#pragma once

#include "server/api/configuration.hpp"
#include "server/api/gate.hpp"
#include "server/api/playbooks.hpp"

namespace rapport::server::api {

/// What administrators and supervisors configure, as resources of one shape (resource.hpp): brands,
/// skills, queues with their dispositions, agents' skills and capacities, canned replies, blocked customers.
/// `music_changed`: a queue was made or changed, with the sound that is played in it; must be quick. May be empty.
void add_resources(Gate& gate, Configuration& configuration, Playbooks& playbooks, std::function<void()> music_changed);

}  // namespace rapport::server::api
