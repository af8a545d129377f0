#pragma once

#include "timeline/formats/imported.hpp"
#include "timeline/formats/json_field.hpp"

namespace rapport::timeline::formats {

/// Reads one dialogue of the STAR dataset (docs/formats.md): what wizard and user wrote to each
/// other, as a chat. Instructions, suggestions and queries are not part of the conversation.
bool read_star(Findings& findings, Where const& where, JsonObject dialogue, Imported& imported);

}  // namespace rapport::timeline::formats
