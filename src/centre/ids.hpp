#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "routing/ids.hpp"

/// Ids as text (UUIDs in canonical form) and as routing's two words.
namespace rapport::centre {

/// The two words of a UUID written as 8-4-4-4-12 hexadecimal digits; nothing for anything else and
/// for the nil UUID.
std::optional<routing::Uuid<void>> parse_uuid(std::string_view text);
/// 36 characters, lower case.
std::string uuid_text(std::uint64_t high, std::uint64_t low);

template <typename Id>
std::optional<Id> parse_id(std::string_view text) {
  auto const uuid = parse_uuid(text);
  if (!uuid) return std::nullopt;
  return Id{uuid->high, uuid->low};
}
template <typename Tag>
std::string id_text(routing::Uuid<Tag> id) {
  return uuid_text(id.high, id.low);
}

}  // namespace rapport::centre
