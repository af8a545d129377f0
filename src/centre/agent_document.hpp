#pragma once

#include <boost/json.hpp>

#include <string_view>

#include "base/result.hpp"
#include "centre/json_reading.hpp"
#include "centre/numbering.hpp"
#include "routing/agent.hpp"

/// What an agent can do, as administrators write it beside the user that the agent is:
///   {"skills": {"billing": 3, "french": 5}, "capacity": {"voice": 1, "chat": 3}, "mixes_channels": false}
/// Without `capacity` the agent takes one call; with it, nothing of a channel that it does not name.
namespace rapport::centre {

/// Error: which field, what was found, what was expected.
base::Result<routing::AgentProfile> read_agent(json::value const& document, routing::AgentId id, Numbering const& numbering);
base::Result<routing::AgentProfile> parse_agent(std::string_view text, routing::AgentId id, Numbering const& numbering);

/// The same agent as a document; reading it gives the profile again. REQUIRES: numbers that `numbering` knows.
json::object agent_json(routing::AgentProfile const& agent, Numbering const& numbering);

}  // namespace rapport::centre
