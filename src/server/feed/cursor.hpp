#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rapport::server::feed {

/// A place in a stream: behind the event of that number.
struct Cursor {
  std::uint64_t epoch = 0;  ///< of the numbering; another epoch's numbers mean other events
  std::uint64_t seq = 0;    ///< 0: before the first event

  bool operator==(Cursor const&) const = default;
};

/// The cursor as a client keeps it: 27 characters of base64url (RFC 4648, section 5) over epoch, seq
/// and a check sum with the stream's name. It gives no right to anything: the check finds mistakes.
std::string write_cursor(std::string_view stream, Cursor cursor);
/// Nothing where the text is not what write_cursor made for that stream.
std::optional<Cursor> read_cursor(std::string_view stream, std::string_view text);

}  // namespace rapport::server::feed
