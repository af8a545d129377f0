#pragma once

#include "server/api/configuration.hpp"
#include "server/api/gate.hpp"
#include "server/api/people_services.hpp"

namespace rapport::server::api {

/// Users, their import, invitations, teams, and the audit log.
void add_users(Gate& gate, PeopleServices people, Configuration const& configuration);

}  // namespace rapport::server::api
