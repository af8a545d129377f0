#pragma once

#include <optional>
#include <string>
#include <vector>

#include "timeline/formats/transcript_shape.hpp"

namespace rapport::timeline::formats {

/// A stretch of one speaker's words, timed from the beginning of the recording.
struct SpokenLine {
  std::optional<SpeakerLabel> speaker;
  std::optional<base::Millis> at_ms;
  std::optional<base::Millis> end_ms;  ///< never before at_ms
  std::string text;
  std::string meta;
};

/// The lines of a transcript: the unit of bare times decided by the recording's duration or, where
/// it is unknown, by how fast people speak; words joined to lines where the speaker changes or
/// pauses; speakers that stand apart from the words assigned by time.
std::vector<SpokenLine> lines_of(Shape const& shape, base::Instant origin, std::optional<base::Millis> duration);

}  // namespace rapport::timeline::formats
