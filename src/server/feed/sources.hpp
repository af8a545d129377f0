#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/feed/name.hpp"

namespace rapport::server::feed {

/// Who is connected.
struct Subscriber {
  std::string principal;                          ///< "user:ID", "token:ID", "customer:ID"
  std::string login;                              ///< the login or token by which; what ends on signing out
  std::shared_ptr<void const> while_connected{};  ///< let go of when the connection is over
};

/// A stream's subject as it stands behind the event `seq`, durable.
struct Snapshot {
  /// 0: before the first event. Of a stream that does not keep its numbers 0 says that the snapshot is
  /// of now, whatever number that is: the stream goes on with what is published from here on.
  std::uint64_t seq = 0;
  std::string value;  ///< JSON
};

using Decide = std::function<void(bool)>;
using TakeSnapshot = std::function<void(std::optional<Snapshot>)>;

/// What the feed asks of the rest of the server. The answer is given once, later or at once, on any
/// thread; whoever also publishes and revokes answers in one order with that.
struct FeedSources {
  std::function<void(Subscriber const&, Name const&, Decide)> may_subscribe;
  /// Nothing: the stream has no subject (any longer), its subscribers are told that it has ended.
  std::function<void(std::string const& stream, TakeSnapshot)> snapshot;
};

}  // namespace rapport::server::feed
