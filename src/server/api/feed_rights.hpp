#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "people/principal.hpp"
#include "server/api/gate.hpp"
#include "server/api/live_view.hpp"
#include "server/feed/sources.hpp"

namespace rapport::server::api {

/// Who may subscribe to what of the feed (docs/feed.md has the list). Any thread.
class FeedRights {
 public:
  explicit FeedRights(LiveView const& live) : live_(live) {}

  /// A user or token connects; their rights from now on. What it gives is to be held while they are connected:
  /// with the last of it they are forgotten. It must not outlive this. Customers need not be told of.
  std::shared_ptr<void const> connected(people::Principal principal);
  bool may(std::string const& principal, feed::Name const& name) const;
  /// The user and their tokens, of those that are connected.
  std::vector<std::string> of_user(std::string_view user) const;

 private:
  struct Known {
    people::Principal principal;
    std::size_t connections = 0;
  };

  void disconnected(std::string const& who);
  bool may(people::Principal const& principal, feed::Name const& name) const;
  bool may_numbers(people::Principal const& principal, std::string_view of, std::string_view id) const;
  bool customer_may(std::string_view customer, feed::Name const& name) const;
  bool may_interaction(people::Principal const& principal, std::string_view interaction) const;

  LiveView const& live_;
  mutable std::mutex mutex_;
  std::map<std::string, Known> connected_;                             ///< by who()
  std::map<std::string, std::set<std::string>, std::less<>> of_user_;  ///< keys of connected_, by user
};

}  // namespace rapport::server::api
