#pragma once

#include "server/api/feed_publisher.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// What must reach a supervisor (flags, requests for help, critical practices that were missed): listed by
/// brand, taken by somebody, given back, resolved with a note. Every change is told on the feed.
void add_inbox(Gate& gate, FeedPublisher& publisher);

}  // namespace rapport::server::api
