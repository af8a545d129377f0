#pragma once

#include "server/api/gate.hpp"
#include "server/webhooks/target.hpp"
#include "server/webhooks/webhooks.hpp"

namespace rapport::server::api {

/// What the routes about webhooks work with.
struct WebhookParts {
  webhooks::Webhooks& service;  ///< outlives the routes
  webhooks::TargetPolicy policy;
};

/// Webhooks as a resource, and their dead letters: list, try again, drop.
void add_webhooks(Gate& gate, WebhookParts parts);

}  // namespace rapport::server::api
