#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "people/principal.hpp"
#include "server/api/gate.hpp"
#include "server/api/live_view.hpp"
#include "server/feed/sources.hpp"

namespace rapport::server::api {

/// Who may subscribe to what of the feed (docs/feed.md has the list). Any thread.
class FeedRights {
 public:
  explicit FeedRights(LiveView const& live) : live_(live) {}

  /// Somebody connects; their rights from now on.
  void connected(people::Principal principal);
  bool may(std::string const& principal, feed::Name const& name) const;

 private:
  bool may(people::Principal const& principal, feed::Name const& name) const;
  bool may_interaction(people::Principal const& principal, std::string_view interaction, bool shown_to_customer) const;

  LiveView const& live_;
  mutable std::mutex mutex_;
  std::map<std::string, people::Principal> principals_;  ///< by who()
};

}  // namespace rapport::server::api
