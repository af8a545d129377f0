#pragma once

#include <limits>
#include <optional>
#include <string_view>

#include "timeline/formats/json_field.hpp"
#include "timeline/formats/transcript_shape.hpp"
#include "timeline/formats/transcript_time.hpp"

namespace rapport::timeline::formats {

/// What one object of a transcript says of itself under names that are known, each under the most
/// telling of its names. `key`: as plain_key makes it. The text is a view of the document.
struct Fields {
  static constexpr std::size_t no_rank = std::numeric_limits<std::size_t>::max();

  std::string_view text;
  std::size_t text_rank = no_rank;
  std::optional<SpeakerLabel> speaker;
  std::size_t speaker_rank = no_rank;
  std::optional<LooseTime> start;
  std::size_t start_rank = no_rank;
  std::optional<LooseTime> end;
  std::size_t end_rank = no_rank;
  std::optional<LooseTime> duration;

  void read(std::string_view key, JsonElement value);

  /// Whether the text stands under a name of a single word.
  bool is_word() const;

 private:
  void read_pair(std::string_view key, JsonElement value);
};

}  // namespace rapport::timeline::formats
