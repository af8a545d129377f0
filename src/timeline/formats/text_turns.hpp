#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"

/// Transcripts as people keep them: one turn a paragraph, the speaker's name before a colon. Also
/// WebVTT and SubRip.
namespace rapport::timeline::formats {

struct TextTurn {
  std::string speaker;
  std::string text;                   ///< lines of one turn are joined by a space
  std::optional<base::Millis> at_ms;  ///< as written, not from the first turn; since 1970 where dated
  std::optional<base::Millis> end_ms;
  bool dated = false;
  std::size_t line = 0;  ///< from 1
};

struct TextTurns {
  std::vector<std::pair<std::string, std::string>> header;  ///< "Channel: chat" before the first turn
  std::vector<TextTurn> turns;
};

/// Reads turns. A name stands before a colon at the start of a line, perhaps after a time in or
/// without brackets and with or without a date ("[00:12] Dana:", "2026-03-02 09:15 Dana:"), perhaps with a time or role behind it
/// ("Dana (00:12):", "Dana (agent):"). A name counts if it names a role, has a time, or comes twice;
/// where fewer than two do, every name counts. Other lines go on with the turn before them, dates and
/// times without brackets included; but where one stands alone above every turn that has no other,
/// one alone on a line is the time of the turn below it.
/// No turns: the text is no transcript.
TextTurns read_text_turns(std::string_view text);

}  // namespace rapport::timeline::formats
