#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rapport::phone {

/// Which dialog is meant (RFC 3891, section 6.1), by the one who is told: the tags of their own and of the
/// other end.
struct Replaces {
  std::string call_id;
  std::string to_tag;
  std::string from_tag;
  bool operator==(Replaces const&) const = default;
};

/// Of the header fields that an address of Refer-To carries ("?Replaces=…&Require=replaces", percent-encoded; the
/// question mark may be missing). Nothing where there is none, or several, or it cannot be read, or where it
/// means only a call that nobody answered yet (early-only). Pure; any thread.
std::optional<Replaces> read_replaces(std::string_view headers);

}  // namespace rapport::phone
