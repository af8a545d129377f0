#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "server/feed/name.hpp"

namespace rapport::server::feed {

/// One name of a client's frame.
struct ClientItem {
  std::optional<Name> name;          ///< nothing: what stood there is no name of ours
  std::optional<std::string> after;  ///< the cursor as the client sent it; streams only
  bool operator==(ClientItem const&) const = default;
};

/// What a client asks for.
struct ClientFrame {
  enum class Verb : std::uint8_t { subscribe,
                                   unsubscribe };

  Verb verb = Verb::subscribe;
  std::int64_t id = 0;            ///< chosen by the client, comes back in the answers
  std::vector<ClientItem> items;  ///< one to limits::feed_items_max
  bool operator==(ClientFrame const&) const = default;
};

/// A frame that cannot be taken as a whole.
struct FrameRefusal {
  std::string_view detail;         ///< what was expected
  std::optional<std::int64_t> id;  ///< where it could be read
};

/// Reads a client's frame (docs/feed.md): {"subscribe":[{"stream":"flags/northwind","after":"…"}],"id":1}.
/// At most limits::feed_client_frame_bytes_max; members that are not ours are refused.
base::Result<ClientFrame, FrameRefusal> parse_client_frame(std::string_view text);

}  // namespace rapport::server::feed
