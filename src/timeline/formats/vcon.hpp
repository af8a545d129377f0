#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "timeline/formats/imported.hpp"
#include "timeline/formats/json_field.hpp"

/// vCon, the JSON container for conversations (draft-ietf-vcon-vcon-core), unsigned. docs/formats.md
/// says what becomes of what.
namespace rapport::timeline::formats {

/// The purpose of the attachment in which we keep what vCon has no place for.
inline constexpr std::string_view vcon_purpose = "rapport";

/// Reads a vCon of any version since 0.0.1 or of none named. What a vCon may leave out or write in
/// its own way is a warning; an error is only what is no vCon at all. `fallback_id`: for a vCon
/// without a uuid.
bool read_vcon(Findings& findings, Where const& where, JsonObject vcon, std::string_view fallback_id, Imported& imported);

/// Writes one interaction as a vCon, one line of JSON without its end.
std::string write_vcon(domain::Interaction const& head, std::vector<domain::Event> const& events);

}  // namespace rapport::timeline::formats
