#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "server/feed/cursor.hpp"
#include "server/http/websocket.hpp"

/// The frames of the server (docs/feed.md), each built once for all who get it. Names keep the
/// grammar of name.hpp; events, values and snapshots are JSON already.
namespace rapport::server::feed {

using http::Frame;

Frame hello_frame(std::string_view server_version, base::Instant now, base::Millis heartbeat);
Frame heartbeat_frame(base::Instant now);
Frame event_frame(std::string_view stream, Cursor cursor, std::string_view event);
Frame reset_frame(std::string_view stream, Cursor cursor, std::string_view snapshot);
Frame ended_frame(std::string_view stream, std::string_view why);
Frame topic_frame(std::string_view topic, std::uint64_t version, std::string_view value);
/// There is no value now, or no longer.
Frame removed_frame(std::string_view topic, std::uint64_t version);
/// Of a topic that may not be seen any longer.
Frame topic_ended_frame(std::string_view topic, std::string_view why);
/// The streams that are behind now; none: all go on live.
Frame stale_frame(std::vector<std::string_view> const& streams);
Frame done_frame(std::int64_t id);

/// A refusal, of a whole frame or of one item of it.
struct ErrorAnswer {
  std::string_view code;            ///< "forbidden", "bad_frame", …: letters and "_"
  std::optional<std::int64_t> id;   ///< of the frame, where it could be read
  std::optional<std::size_t> item;  ///< counted from 0; nothing: the whole frame
  std::string_view detail;          ///< for a person
};
Frame error_frame(ErrorAnswer const& error);

}  // namespace rapport::server::feed
