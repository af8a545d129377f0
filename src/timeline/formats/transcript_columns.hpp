#pragma once

#include <vector>

#include "timeline/formats/transcript_shape.hpp"

namespace rapport::timeline::formats {

/// What rows of a list say, for transcripts some of whose fields have names that nobody knows. What
/// stands under known names is believed; only for what is not there is it told by what stands in a
/// column, and only where that is nearly certain: the text is the column with most words; speakers
/// are few labels under a name that hints at them, roles, or labels of speakers that come again;
/// times never fall, count nothing and leave time to speak. `rows`: objects, or lists with a column
/// a place. Empty where there is no text, or neither speaker nor time beside it.
std::vector<Segment> read_by_columns(std::vector<JsonElement> const& rows);

}  // namespace rapport::timeline::formats
