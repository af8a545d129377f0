#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "routing/ids.hpp"

/// Between the ids of the floor, two words, and the text that everything else knows them by: a UUID in
/// lower-case canonical form (RFC 9562, 36 characters), as base::IdGenerator makes them.
namespace rapport::centre {

std::string uuid_text(std::uint64_t high, std::uint64_t low);
/// Nothing if the text is no UUID in that form.
std::optional<std::pair<std::uint64_t, std::uint64_t>> parse_uuid_words(std::string_view text);

template <typename Tag>
std::string text_of(routing::Uuid<Tag> id) {
  return uuid_text(id.high, id.low);
}

/// `Id` is routing::ContactId or routing::AgentId.
template <typename Id>
std::optional<Id> parse_uuid(std::string_view text) {
  auto const words = parse_uuid_words(text);
  if (!words) return std::nullopt;
  return Id{words->first, words->second};
}

}  // namespace rapport::centre
