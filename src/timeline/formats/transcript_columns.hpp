#pragma once

#include <vector>

#include "timeline/formats/transcript_shape.hpp"

namespace rapport::timeline::formats {

/// What rows of a list say, for transcripts whose fields have names that nobody knows: which column
/// is the text, the speaker, the start and the end is told by what stands in them. The text is the
/// column with most words; speakers are few labels that come again, or stand under a name that
/// hints at them; times never fall. `rows`: objects, or lists with a column a place. Empty where
/// there is no text, or neither speaker nor time beside it.
std::vector<Segment> read_by_columns(std::vector<JsonElement> const& rows);

}  // namespace rapport::timeline::formats
