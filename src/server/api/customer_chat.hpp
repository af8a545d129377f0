#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// A customer's side of a chat: a session without a login, one conversation of their own, and nothing
/// else. What is said comes by the feed's stream "conversation/ID".
void add_customer_chat(Gate& gate);

}  // namespace rapport::server::api
