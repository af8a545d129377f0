#pragma once

#include "server/api/gate.hpp"
#include "server/web/pages.hpp"

namespace rapport::server::api {

/// Serves every path that no route has: below "/api/" 401 without credentials and 404 with them,
/// elsewhere the web pages. `pages` outlives the gate.
void add_unrouted(Gate& gate, web::Pages const& pages);

}  // namespace rapport::server::api
