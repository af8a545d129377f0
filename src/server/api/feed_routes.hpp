#pragma once

#include "server/api/feed_rights.hpp"
#include "server/api/gate.hpp"
#include "server/feed/feed.hpp"

namespace rapport::server::api {

/// The WebSocket of the live feed, /api/v1/feed, for whoever is logged in or bears a token.
void add_feed(Gate& gate, feed::Feed& feed, FeedRights& rights);

/// Snapshots for streams whose numbers were trimmed away, from the centre.
feed::FeedSources feed_sources(centre::Centre& centre, FeedRights const& rights);

}  // namespace rapport::server::api
