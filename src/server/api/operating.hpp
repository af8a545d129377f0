#pragma once

#include <functional>
#include <string>

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// What monitoring asks of the server.
struct Operating {
  std::function<bool()> ready;  ///< takes commands: the store is available, the floor is up
  std::string metrics_token;    ///< for askers from elsewhere than this machine; empty: they need an API token
};

/// /health/live, /health/ready, /metrics and /api/v1/openapi.json. From this machine without
/// credentials; from elsewhere with the metrics token, or an API token or session that may operate.
void add_operating(Gate& gate, Operating operating);

/// The whole OpenAPI 3.1 description as JSON.
std::string const& openapi();

}  // namespace rapport::server::api
