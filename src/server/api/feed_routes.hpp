#pragma once

#include "server/api/feed_rights.hpp"
#include "server/api/gate.hpp"
#include "server/feed/feed.hpp"

namespace rapport::server::api {

/// The WebSocket of the live feed, /api/v1/feed, for whoever is logged in or bears a token.
void add_feed(Gate& gate, feed::Feed& feed, FeedRights& rights);

/// Rights, and snapshots for streams whose numbers were trimmed away. The centre listens to the feed, so
/// it is made later: asked for when it is needed.
feed::FeedSources feed_sources(std::function<centre::Centre&()> centre, FeedRights const& rights);

}  // namespace rapport::server::api
