#pragma once

#include <optional>
#include <string_view>

#include "domain/words.hpp"

/// The fields that an event of a kind may have beside those that every event may have
/// (docs/interaction-format.md), and what they hold.
namespace rapport::timeline::formats {

enum class FieldType : std::uint8_t { text,
                                      number,
                                      boolean,
                                      object,
                                      transfer_mode,
                                      outcome,
                                      any };

/// What a field of that name holds in an event of that kind; nothing for an unknown field.
std::optional<FieldType> field_type(domain::EventKind kind, std::string_view name);

/// "true or false", "cold or warm", …
std::string_view expected_of(FieldType type);

}  // namespace rapport::timeline::formats
