#include "timeline/formats/transcript_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/limits.hpp"
#include "timeline/formats/names.hpp"
#include "timeline/formats/transcript_columns.hpp"
#include "timeline/formats/transcript_fields.hpp"
#include "timeline/speech_text.hpp"

namespace rapport::timeline::formats {
namespace {

using simdjson::SUCCESS;

constexpr auto first_only = std::to_array<std::string_view>({"alternatives", "nbest"});
constexpr auto one_speaker_each = std::to_array<std::string_view>({"channels", "participants", "tracks", "streams", "speakers"});
constexpr auto language_keys = std::to_array<std::string_view>({"language", "languagecode", "detectedlanguage", "locale"});

template <std::size_t size>
bool has(std::array<std::string_view, size> const& keys, std::string_view key) {
  return std::ranges::find(keys, key) != keys.end();
}

/// Whether a line is one that we wrote, with its event beside its words.
bool keeps_event(JsonObject line) { return line["meta"]["rapport"].error() == SUCCESS; }

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// What a member of a list inherits from the members that it stands in.
struct Context {
  std::optional<SpeakerLabel> speaker;
  std::optional<LooseTime> start;
  std::optional<LooseTime> end;
  std::optional<LooseTime> duration;
  bool in_list = false;
};

class Walk {
 public:
  void value(JsonElement element, Context const& context, std::string const& path, std::string_view key) {
    JsonArray list;
    JsonObject members;
    if (element.get(list) == SUCCESS) {
      array(list, context, path + "[]", key);
    } else if (element.get(members) == SUCCESS) {
      object(members, context, path);
    }
  }

  std::map<std::string, std::vector<Segment>> candidates;  ///< by path, positions left out
  std::map<std::string, std::vector<Segment>> labels;
  std::map<std::string, bool> by_word;
  std::vector<std::vector<JsonElement>> tables;  ///< lists of two rows or more, whatever the rows' fields are
  std::string whole_text;
  std::string language;

 private:
  void array(JsonArray list, Context const& context, std::string const& path, std::string_view key) {
    std::size_t position = 0;
    keep_table(list);
    for (JsonElement const item : list) {
      Context inner = context;
      inner.in_list = true;
      if (has(one_speaker_each, key) && !inner.speaker) inner.speaker = SpeakerLabel{fmt::format("{}", position), false};
      ++position;
      if (!timed_word(item, inner, path)) value(item, inner, path, {});
      if (has(first_only, key)) break;
    }
  }

  void keep_table(JsonArray list) {
    std::vector<JsonElement> table;
    for (JsonElement const row : list) {
      if (row.is_object() || row.is_array()) table.push_back(row);
    }
    if (table.size() > 1) tables.push_back(std::move(table));
  }

  /// {"0": {…}, "1": {…}}
  void keep_table(JsonObject members) {
    std::vector<JsonElement> table;
    for (auto const field : members) {
      if (!field.value.is_object()) return;
      table.push_back(field.value);
    }
    if (table.size() > 1) tables.push_back(std::move(table));
  }

  /// ["hello", 0.92, 1.3]
  bool timed_word(JsonElement item, Context const& context, std::string const& path) {
    JsonArray list;
    std::string_view text;
    if (item.get(list) != SUCCESS || list.size() != 3 || list.at(0).get(text) != SUCCESS) return false;
    auto const start = read_loose_time("start", list.at(1).value_unsafe());
    auto const end = read_loose_time("end", list.at(2).value_unsafe());
    if (!start || !end) return false;
    candidates[path].push_back({context.speaker, start, end, std::nullopt, std::string{text}, {}});
    by_word[path] = true;
    return true;
  }

  void object(JsonObject members, Context const& context, std::string const& path) {
    Fields fields;
    for (auto const field : members) {
      std::string const key = plain_key(field.key);
      fields.read(key, field.value);
      read_language(key, field.value);
    }
    Context inner = context;
    keep_table(members);
    if (context.in_list) {
      if (fields.speaker) inner.speaker = fields.speaker;
      if (fields.start) {
        inner.start = fields.start;
        inner.end = fields.end;
        inner.duration = fields.duration;
      } else if (fields.end) {
        inner.end = fields.end;
      }
      add(fields, inner, members, path);
    } else if (fields.text.size() > whole_text.size()) {
      whole_text = fields.text;
    }
    constexpr std::size_t step_bytes_max = 32;
    bool const ours = keeps_event(members);
    for (auto const field : members) {
      if (ours && field.key == "meta") continue;  // the event's fields, whose names may look like a line's
      value(field.value, inner, path + '.' + std::string{field.key.substr(0, step_bytes_max)}, plain_key(field.key));
    }
  }

  void add(Fields const& fields, Context const& context, JsonObject members, std::string const& path) {
    Segment segment{context.speaker, context.start, context.end, context.duration, {}, {}};
    JsonElement meta;
    if (keeps_event(members) && members["meta"].get(meta) == SUCCESS) segment.meta = simdjson::minify(meta);
    if (!blank(fields.text) || !segment.meta.empty()) {
      segment.text = fields.text;
      candidates[path].push_back(std::move(segment));
      by_word[path] = by_word[path] || fields.is_word();
    } else if (fields.speaker && fields.start) {
      labels[path].push_back(std::move(segment));
    }
  }

  void read_language(std::string_view key, JsonElement value) {
    std::string_view text;
    if (language.empty() && has(language_keys, key) && value.get(text) == SUCCESS && is_language_tag(text)) language = text;
  }
};

std::size_t text_bytes(std::vector<Segment> const& segments) {
  std::size_t bytes = 0;
  for (Segment const& segment : segments) bytes += segment.text.size();
  return bytes;
}

std::size_t count_speakers(std::vector<Segment> const& segments) {
  std::set<SpeakerLabel> speakers;
  for (Segment const& segment : segments) {
    if (segment.speaker) speakers.insert(*segment.speaker);
  }
  return speakers.size();
}

/// Whether the list's members are words rather than sentences: some are mere punctuation, or nearly
/// all hold one word.
bool are_words(std::vector<Segment> const& segments) {
  std::int64_t words = 0;
  bool punctuation = false;
  for (Segment const& segment : segments) {
    std::int64_t const count = count_words(segment.text);
    punctuation = punctuation || count == 0;
    words += count;
  }
  constexpr std::size_t telling = 8;  // fewer short answers may be a conversation
  return (punctuation || segments.size() >= telling) && words * 2 < static_cast<std::int64_t>(segments.size()) * 3;
}

/// All inherit one time, so nobody knows when each was said.
void drop_shared_times(std::vector<Segment>& segments) {
  if (segments.size() < 2) return;
  bool const shared = std::ranges::all_of(segments, [&](Segment const& segment) { return segment.start == segments.front().start; });
  if (!shared) return;
  for (Segment& segment : segments) segment.start = segment.end = segment.duration = std::nullopt;
}

}  // namespace

std::int64_t worth(Shape const& shape) {
  std::vector<Segment> const& segments = shape.segments;
  if (segments.empty()) return 0;
  std::set<SpeakerLabel> speakers;
  for (Segment const& segment : segments) {
    if (segment.speaker) speakers.insert(*segment.speaker);
  }
  auto const mostly = [&](auto&& holds) {
    return static_cast<std::size_t>(std::ranges::count_if(segments, holds)) * 5 >= segments.size() * 4;
  };
  bool const timed = mostly([](Segment const& segment) { return segment.start || !has_words(segment.text); });
  for (Segment const& label : shape.labels) {
    if (timed && speakers.size() < 2 && label.speaker) speakers.insert(*label.speaker);
  }
  std::int64_t value = 1 + 100 * static_cast<std::int64_t>(std::min<std::size_t>(speakers.size(), 2));
  if (timed) value += 30;
  if (mostly([](Segment const& segment) { return segment.end || segment.duration || !has_words(segment.text); })) value += 20;
  return shape.by_word ? value : value + 10;
}

Shape find_shape(JsonElement transcript) {
  Walk walk;
  walk.value(transcript, {}, {}, {});
  Shape best;
  best.whole_text = std::move(walk.whole_text);
  best.language = std::move(walk.language);
  std::size_t most_bytes = 0;
  for (auto const& [path, segments] : walk.candidates) most_bytes = std::max(most_bytes, text_bytes(segments));
  std::vector<Segment> labels;
  for (auto& [path, segments] : walk.labels) {
    if (segments.size() > labels.size()) labels = std::move(segments);
  }
  Shape candidate;
  for (auto& [path, segments] : walk.candidates) {
    std::size_t const bytes = text_bytes(segments);
    if (bytes * 2 < most_bytes) continue;  // topics, entities and highlights hold only a part
    candidate.segments = std::move(segments);
    bool const ours = std::ranges::any_of(candidate.segments, [](Segment const& segment) { return !segment.meta.empty(); });
    candidate.by_word = !ours && (walk.by_word[path] || are_words(candidate.segments));
    bool const speaks = std::ranges::any_of(candidate.segments, [](Segment const& segment) { return segment.speaker.has_value(); });
    candidate.labels = speaks ? std::vector<Segment>{} : labels;
    drop_shared_times(candidate.segments);
    bool const better = worth(candidate) > worth(best) || (worth(candidate) == worth(best) && bytes > text_bytes(best.segments));
    if (!better) continue;
    best.segments = std::move(candidate.segments);
    best.by_word = candidate.by_word;
    best.labels = std::move(candidate.labels);
  }
  constexpr std::int64_t two_speakers = 200;
  bool const ours = std::ranges::any_of(best.segments, [](Segment const& segment) { return !segment.meta.empty(); });
  if (ours || worth(best) >= two_speakers) return best;
  std::size_t const known_speakers = std::max(count_speakers(best.segments), count_speakers(best.labels));
  std::size_t const known_bytes = known_speakers > 0 ? text_bytes(best.segments) : 0;
  for (std::vector<JsonElement> const& table : walk.tables) {
    candidate = {};
    candidate.segments = read_by_columns(table);
    candidate.by_word = are_words(candidate.segments);
    bool const whole = text_bytes(candidate.segments) * 2 >= most_bytes;
    // Who said most of these words is told under a known name.
    bool const guesses = text_bytes(candidate.segments) <= known_bytes * 2 && count_speakers(candidate.segments) != known_speakers;
    if (!whole || guesses || worth(candidate) <= worth(best)) continue;
    best.segments = std::move(candidate.segments);
    best.by_word = candidate.by_word;
    best.labels.clear();
  }
  return best;
}

}  // namespace rapport::timeline::formats
