#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "timeline/formats/imported.hpp"
#include "timeline/formats/json_field.hpp"

/// From a parsed JSON value to interactions, whatever its format.
namespace rapport::timeline::formats {

/// Which format an object is written in, by its fields.
Format recognise(JsonObject object);

/// A line, file or element that holds one interaction as a JSON object.
struct JsonText {
  std::string_view source;       ///< the file, for messages
  std::string_view text;         ///< all of the document, for the second pass
  std::size_t first_line = 1;    ///< the line of the file on which the document begins
  std::string_view fallback_id;  ///< for formats that may name none
};

/// Reads one object. `position`: of the object in the document's list, where the document is one.
base::Result<Imported> read_object_as(JsonText const& document, std::optional<std::size_t> position, JsonElement element);

/// Says why a JSON parser refused the text: file, line, column, what was expected.
base::Error syntax_error(JsonText const& document, simdjson::error_code code);

/// "file.jsonl:3: what".
base::Error error_at(std::string_view source, std::size_t line, std::string_view what);

}  // namespace rapport::timeline::formats
