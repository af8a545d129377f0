#include "timeline/formats/vcon_transcripts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/limits.hpp"
#include "timeline/formats/text_turns.hpp"

namespace rapport::timeline::formats {
namespace {

using simdjson::SUCCESS;

bool says_transcript(std::string word) {
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return word.find("transcri") != std::string::npos || word == "diarization";
}

/// `entry`: an analysis, or an attachment, which may tell by its purpose.
bool names_transcript(JsonObject entry) {
  return says_transcript(vcon_text(entry, "type")) || says_transcript(vcon_text(entry, "purpose"));
}

/// Kinds of analysis that quote the conversation without being it.
bool names_other(JsonObject analysis) {
  constexpr auto others = std::to_array<std::string_view>({"summary", "sentiment", "translation", "tts", "topics", "tags", "report"});
  return std::ranges::find(others, vcon_text(analysis, "type")) != others.end();
}

Shape shape_of_turns(std::string_view text) {
  Shape shape;
  for (TextTurn const& turn : read_text_turns(text).turns) {
    auto const time = [&](std::optional<base::Millis> millis) {
      LooseTime::Unit const unit = turn.dated ? LooseTime::Unit::moment : LooseTime::Unit::millis;
      return millis ? std::optional{LooseTime{unit, *millis}} : std::nullopt;
    };
    shape.segments.push_back({SpeakerLabel{turn.speaker, false}, time(turn.at_ms), time(turn.end_ms), std::nullopt, turn.text, {}});
  }
  if (shape.segments.empty()) shape.whole_text = text;
  return shape;
}

/// A text may be JSON once more, or a transcript as people write it.
Shape shape_of_text(std::string const& text) {
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (text[first] == '{' || text[first] == '[')) {
    simdjson::dom::parser parser;
    JsonElement element;
    if (parser.allocate(text.size(), limits::json_depth_max) == SUCCESS && parser.parse(text).get(element) == SUCCESS) return find_shape(element);
  }
  return shape_of_turns(text);
}

Shape shape_of(JsonObject analysis) {
  if (auto const text = read_vcon_body(analysis)) return shape_of_text(*text);
  JsonElement body;
  if (analysis["body"].get(body) != SUCCESS) return {};
  Shape shape = find_shape(body);
  if (shape.segments.empty() && !shape.whole_text.empty()) {
    Shape turns = shape_of_turns(shape.whole_text);
    if (!turns.segments.empty()) return turns;
  }
  return shape;
}

std::size_t dialog_of(JsonObject analysis) {
  JsonElement element;
  if (analysis["dialog"].get(element) != SUCCESS) return 0;
  JsonArray list;
  if (element.get(list) == SUCCESS && list.size() > 0) element = list.at(0).value_unsafe();
  std::uint64_t index = 0;
  return element.get(index) == SUCCESS ? static_cast<std::size_t>(index) : 0;
}

/// A member of the vCon's lists that may hold a transcript.
struct Holder {
  std::string place;  ///< "analysis[2]"
  JsonObject object;
};

/// All analyses, and the attachments that are named transcripts.
std::vector<Holder> holders_in(JsonObject vcon) {
  std::vector<Holder> holders;
  for (std::string_view const list_name : {"analysis", "attachments"}) {
    JsonArray list;
    if (vcon[list_name].get(list) != SUCCESS) continue;
    std::size_t position = 0;
    for (JsonElement const element : list) {
      std::size_t const index = position++;
      JsonObject object;
      if (element.get(object) != SUCCESS || (list_name == "attachments" && !names_transcript(object))) continue;
      holders.push_back({fmt::format("{}[{}]", list_name, index), object});
    }
  }
  return holders;
}

bool holds_conversation(Shape const& shape) {
  constexpr std::int64_t two_speakers = 200;
  return worth(shape) >= two_speakers;
}

/// The best transcript of each dialog.
using BestShapes = std::map<std::size_t, Shape>;

void read_holder(Findings& findings, Holder const& holder, bool named, std::size_t dialog_count, BestShapes& best) {
  auto const& [place, analysis] = holder;
  std::size_t const dialog = dialog_of(analysis);
  if (dialog >= std::max<std::size_t>(dialog_count, 1)) {
    findings.warn(fmt::format("{} is of dialog {}, which is none of the {} dialogs; left out", place, dialog, dialog_count));
    return;
  }
  if (named && analysis["body"].error() != SUCCESS) {
    findings.warn(fmt::format("{}: the transcript is not in the file; left out", place));
    return;
  }
  Shape shape = shape_of(analysis);
  if (named && shape.segments.empty()) findings.warn(fmt::format("{}: found no list of what was said; left out", place));
  if (shape.segments.empty() || (!named && !holds_conversation(shape))) return;
  auto const [entry, added] = best.try_emplace(dialog);
  if (added || worth(shape) > worth(entry->second)) entry->second = std::move(shape);
}

}  // namespace

std::vector<VconTranscript> read_vcon_transcripts(Findings& findings, JsonObject vcon, std::size_t dialog_count) {
  BestShapes best;
  std::vector<Holder> const holders = holders_in(vcon);
  for (Holder const& holder : holders) {
    if (names_transcript(holder.object)) read_holder(findings, holder, true, dialog_count, best);
  }
  // What is named a transcript may be only a link to one, or hold nothing.
  bool const none_named = best.empty();
  for (Holder const& holder : holders) {
    if (none_named && !names_transcript(holder.object) && !names_other(holder.object)) read_holder(findings, holder, false, dialog_count, best);
  }
  std::vector<VconTranscript> transcripts;
  for (auto& [dialog, shape] : best) transcripts.push_back({dialog, std::move(shape)});
  return transcripts;
}

}  // namespace rapport::timeline::formats
