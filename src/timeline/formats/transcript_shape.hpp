#pragma once

#include <optional>
#include <string>
#include <vector>

#include "timeline/formats/json_field.hpp"
#include "timeline/formats/transcript_time.hpp"

/// Finds who said what and when in a transcript of any shape: lists of segments, utterances,
/// results, monologues or words under any nesting, with speaker, text and times under whatever
/// name. No vendor is known by name; what is looked for are lists whose members have a text.
namespace rapport::timeline::formats {

/// Who speaks, as the transcript says it: a name, a role, a label or a number.
struct SpeakerLabel {
  std::string text;
  bool party = false;  ///< it stood in a field that names a party by its index

  bool operator==(SpeakerLabel const&) const = default;
  auto operator<=>(SpeakerLabel const&) const = default;
};

struct Segment {
  std::optional<SpeakerLabel> speaker;
  std::optional<LooseTime> start;
  std::optional<LooseTime> end;
  std::optional<LooseTime> duration;  ///< where it names no end
  std::string text;
  std::string meta;  ///< the field "meta" as JSON, where our own writer made it
};

/// The best list of segments of a transcript.
struct Shape {
  std::vector<Segment> segments;
  std::string whole_text;       ///< the longest text outside of any list: a transcript without parts
  std::string language;         ///< a BCP 47 tag, where the transcript names one
  bool by_word = false;         ///< the segments are words, to be joined
  std::vector<Segment> labels;  ///< who spoke when, apart from the words; texts are empty
};

Shape find_shape(JsonElement transcript);

/// How much the shape tells: by speakers first, then times, then units larger than words.
std::int64_t worth(Shape const& shape);

}  // namespace rapport::timeline::formats
