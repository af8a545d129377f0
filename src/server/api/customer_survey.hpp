#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// What a customer says about their own conversation, once: while it runs, while the agent wraps it up,
/// or after it was closed (then it is added to what is stored).
void add_customer_survey(Gate& gate);

}  // namespace rapport::server::api
