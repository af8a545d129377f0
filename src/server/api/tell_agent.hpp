#pragma once

#include "people/user.hpp"
#include "server/api/configuration.hpp"
#include "server/api/services.hpp"

namespace rapport::server::api {

/// Tells the centre of a user who was made or changed: what they are if they take contacts; else nothing new
/// is offered to them. Blocks.
void tell_agent(Services& services, Configuration const& configuration, people::User const& user);

/// Ends the feeds of a user whose rights or password changed, and of their tokens. Blocks.
void end_feeds(Services& services, std::string const& user);

}  // namespace rapport::server::api
