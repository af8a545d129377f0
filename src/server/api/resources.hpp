#pragma once

#include "server/api/configuration.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// What administrators and supervisors configure, as resources of one shape (resource.hpp): brands,
/// skills, queues, dispositions, canned replies, blocked customers; and each user's own drafts.
void add_resources(Gate& gate, Configuration& configuration);

}  // namespace rapport::server::api
