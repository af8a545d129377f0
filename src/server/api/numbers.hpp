#pragma once

#include "server/api/configuration.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// /api/v1/numbers/… and one's own: the numbers of the floor of a past range, and staffing.
void add_numbers(Gate& gate, Configuration const& configuration);

}  // namespace rapport::server::api
