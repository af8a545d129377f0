#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What a client of the feed can subscribe to (docs/feed.md).
namespace rapport::server::feed {

enum class NameKind : std::uint8_t {
  stream,  ///< every event, numbered without gaps: "interaction/ID", "flags/BRAND"
  topic,   ///< the latest value only: "queue/ID", "interaction/ID/checklist"
};

/// A name that keeps the grammar: one to three parts joined by "/", none of them empty, at most
/// limits::name_bytes_max bytes, without control characters, quotation marks and backslashes: so it
/// may stand in JSON as it is. Streams are of the five kinds below; who makes a topic names it.
struct Name {
  NameKind kind = NameKind::stream;
  std::string text;

  auto operator<=>(Name const&) const = default;
};

/// Nothing, unless it is "interaction/ID", "conversation/ID", "agent/ID", "flags/BRAND" or "help/BRAND".
std::optional<Name> parse_stream(std::string_view text);
/// Nothing, unless it keeps the grammar.
std::optional<Name> parse_topic(std::string_view text);

/// True for streams whose events are durable one by one and keep their numbers when the server starts
/// again (interactions and conversations); others begin anew with each start.
bool keeps_numbers(std::string_view stream);

}  // namespace rapport::server::feed
