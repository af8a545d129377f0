#pragma once

#include <optional>
#include <string_view>

#include "timeline/formats/imported.hpp"
#include "timeline/formats/json_field.hpp"

/// The Gridspace-Stanford Harper Valley corpus: `transcript/ID.json`, a list of segments, beside
/// `metadata/ID.json`, who they were and when. docs/formats.md says what becomes of which field.
namespace rapport::timeline::formats {

/// Whether the list is a transcript of the corpus, by its first element; an empty list may be one.
bool is_harper_valley_transcript(JsonArray segments);

/// Reads a call. `id`: the name of its files. Without metadata the call has no date and no names.
bool read_harper_valley(Findings& findings, Where const& where, JsonArray segments, std::optional<JsonObject> metadata,
                        std::string_view id, Imported& imported);

}  // namespace rapport::timeline::formats
