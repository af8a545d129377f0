#pragma once

#include "server/api/configuration.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// Starting interactions and everything that is done with a live one: events, hold, transfer, offers,
/// wrap-up, supervision. Each is a command to the centre; what it brought comes by the feed.
void add_interaction_commands(Gate& gate, Configuration const& configuration);

}  // namespace rapport::server::api
