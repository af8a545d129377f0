#pragma once

#include <string_view>

#include "base/result.hpp"
#include "timeline/formats/imported.hpp"

namespace rapport::timeline::formats {

/// Reads a plain text transcript (docs/formats.md). `id` stands where the text names none. Turns
/// without times are a second apart and only their words count as observed. Errors: no UTF-8, no
/// turns, a header field that makes no sense.
base::Result<Imported> read_text_transcript(std::string_view source, std::string_view text, std::string_view id);

/// Whether the text has at least two turns: enough to take a file for a transcript unasked.
bool looks_like_transcript(std::string_view text);

}  // namespace rapport::timeline::formats
