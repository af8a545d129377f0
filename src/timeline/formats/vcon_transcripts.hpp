#pragma once

#include <optional>
#include <string>
#include <vector>

#include "timeline/formats/transcript_shape.hpp"
#include "timeline/formats/vcon_parts.hpp"

namespace rapport::timeline::formats {

/// The transcript of one dialog, as an analysis holds it.
struct VconTranscript {
  std::size_t dialog = 0;
  Shape shape;
};

/// The best transcript of each dialog, of all the analyses and attachments that say by type or
/// purpose that they are transcripts; where nothing can be read of those, of any analysis that turns
/// out to hold a conversation. Bodies may be objects, lists, JSON as text, WebVTT, SubRip or plain
/// text, base64url or not.
std::vector<VconTranscript> read_vcon_transcripts(Findings& findings, JsonObject vcon, std::size_t dialog_count);

}  // namespace rapport::timeline::formats
