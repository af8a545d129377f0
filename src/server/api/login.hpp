#pragma once

#include "server/api/configuration.hpp"
#include "server/api/gate.hpp"
#include "server/api/people_services.hpp"

namespace rapport::server::api {

/// The first administrator, logging in and out, who one is, one's password, second factor, sessions
/// and API tokens.
void add_login(Gate& gate, PeopleServices people, Configuration const& configuration);

}  // namespace rapport::server::api
