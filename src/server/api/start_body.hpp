#pragma once

#include <vector>

#include "centre/command.hpp"
#include "server/api/body.hpp"
#include "server/api/configuration.hpp"

namespace rapport::server::api {

/// The body of "start an interaction". What is wrong stands in the body.
centre::StartInteraction read_start(Body& body, Configuration const& configuration);

/// `needs`: a list of {"skill": slug, "level": 1–10}.
std::vector<routing::SkillLevel> read_needs(Body& body, Configuration const& configuration);

}  // namespace rapport::server::api
