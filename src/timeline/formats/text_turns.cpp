#include "timeline/formats/text_turns.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "timeline/formats/clock_text.hpp"
#include "timeline/formats/names.hpp"

namespace rapport::timeline::formats {
namespace {

using base::Millis;

constexpr std::size_t speaker_bytes_max = 48;
constexpr std::size_t name_words_max = 5;
constexpr auto header_names = std::to_array<std::string_view>(
    {"id", "channel", "direction", "date", "started at", "time zone", "language", "brand", "company", "queue", "case"});

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string lowered(std::string_view text) {
  std::string result{text};
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return result;
}

/// A time in front of the text, in brackets or bare, or a range of two; taken off the text.
struct Times {
  std::optional<Millis> at;
  std::optional<Millis> end;
  bool dated = false;
  bool mark = false;  ///< in brackets, or a subtitle's: no word of anybody's
};

/// The end of a range behind its dash; taken off the text.
std::optional<Millis> take_end(std::string_view& text, std::optional<DatedClockText> const& begin) {
  if (!begin) {
    auto const clock = read_clock(text);
    if (clock) text.remove_prefix(clock->length);
    return clock ? std::optional{clock->millis} : std::nullopt;
  }
  auto const dated = read_dated_clock(text);
  auto const end = dated ? dated : read_clock_after(*begin, text);
  if (end) text.remove_prefix(end->length);
  return end ? std::optional{end->millis} : std::nullopt;
}

Times take_times(std::string_view& text) {
  std::string_view rest = text;
  char const closing = rest.starts_with('[') ? ']' : rest.starts_with('(') ? ')'
                                                                           : '\0';
  if (closing != '\0') rest.remove_prefix(1);
  auto const dated = read_dated_clock(rest);
  auto const clock = dated ? std::nullopt : read_clock(rest);
  if (!dated && !clock) return {};
  rest.remove_prefix(dated ? dated->length : clock->length);
  Times times{dated ? dated->millis : clock->millis, std::nullopt, dated.has_value(), closing != '\0'};
  std::string_view behind = trimmed(rest);
  for (std::string_view const dash : {"-->", "-", "–"}) {
    if (!behind.starts_with(dash)) continue;
    behind = trimmed(behind.substr(dash.size()));
    times.end = take_end(behind, dated);
    if (times.end) {
      rest = behind;
      times.mark = times.mark || dash == "-->";
    }
    break;
  }
  if (closing != '\0') {
    rest = trimmed(rest);
    if (!rest.starts_with(closing)) return {};
    rest.remove_prefix(1);
  }
  text = trimmed(rest);
  return times;
}

bool is_name(std::string_view name) {
  if (name.empty() || name.size() > speaker_bytes_max) return false;
  auto const first = static_cast<unsigned char>(name.front());
  bool const letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first >= 0x80;
  if (!letter || name.find_first_of("?!,;\"<>[]{}=\\/") != std::string_view::npos) return false;
  return static_cast<std::size_t>(std::ranges::count(name, ' ')) < name_words_max;
}

/// One line taken apart.
struct Line {
  std::string_view name;  ///< empty where nobody is named
  std::string_view text;
  Times times;
};

/// "<v Dana>Hello" of WebVTT.
std::optional<Line> split_voice(std::string_view text) {
  if (!text.starts_with("<v")) return std::nullopt;
  auto const space = text.find(' ');
  auto const end = text.find('>');
  if (space == std::string_view::npos || end == std::string_view::npos || space > end) return std::nullopt;
  std::string_view words = text.substr(end + 1);
  if (words.ends_with("</v>")) words.remove_suffix(4);
  return Line{trimmed(text.substr(space, end - space)), trimmed(words), {}};
}

/// Takes a time in brackets off the name's end, "Dana (00:12)"; false where a bracket has no beginning.
bool take_time_behind(std::string_view& name, Times& times) {
  if (!name.ends_with(')') && !name.ends_with(']')) return true;
  auto const open = name.find_last_of("([");
  if (open == std::string_view::npos || open == 0) return false;
  std::string_view inside = name.substr(open);
  Times const behind = take_times(inside);
  if (!behind.at) return true;
  times = behind;
  name = trimmed(name.substr(0, open));
  return true;
}

/// "**Agent:** Hello", "**Agent**: Hello" or "**Agent (00:12):** Hello".
std::optional<Line> split_bold(std::string_view text) {
  if (!text.starts_with("**")) return std::nullopt;
  auto const end = text.find("**", 2);
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view name = trimmed(text.substr(2, end - 2));
  std::string_view words = text.substr(end + 2);
  if (name.ends_with(':')) {
    name.remove_suffix(1);
  } else if (words.starts_with(':')) {
    words.remove_prefix(1);
  } else {
    return std::nullopt;
  }
  Line line{trimmed(name), trimmed(words), {}};
  bool const whole = take_time_behind(line.name, line.times);
  return whole && is_name(line.name) ? std::optional{line} : std::nullopt;
}

Line split(std::string_view line) {
  std::string_view rest = trimmed(line);
  Line result;
  result.times = take_times(rest);
  if (rest.starts_with("- ") && result.times.at) rest = trimmed(rest.substr(1));
  result.text = rest;
  if (auto const voice = split_voice(rest)) return {voice->name, voice->text, result.times};
  if (auto const bold = split_bold(rest)) return {bold->name, bold->text, bold->times.at ? bold->times : result.times};
  std::size_t from = 0;
  while (true) {
    auto const colon = rest.find(':', from);
    if (colon == std::string_view::npos || colon > speaker_bytes_max + 16) return result;
    bool const inside_time = colon + 1 < rest.size() && rest[colon + 1] >= '0' && rest[colon + 1] <= '9' && colon > 0 && rest[colon - 1] >= '0' && rest[colon - 1] <= '9';
    if (inside_time) {  // "Dana (00:12): …"
      from = colon + 1;
      continue;
    }
    std::string_view name = trimmed(rest.substr(0, colon));
    std::string_view const words = rest.substr(colon + 1);
    if (!take_time_behind(name, result.times)) return result;
    bool const apart = words.empty() || words.front() == ' ' || words.front() == '\t' || role_of_label(name);
    if (is_name(name) && apart) return {name, trimmed(words), result.times};
    return result;
  }
}

/// What is said in a line that names no speaker: all of it but a mark of time.
std::string_view said_in(Line const& line, std::string_view raw) {
  bool const words = !line.name.empty() || (line.times.at && !line.times.mark);
  return words ? raw : line.text;
}

/// Whether the line is a piece of WebVTT or SubRip that says nothing.
bool is_subtitle_mark(std::string_view line, std::string_view following) {
  if (line.starts_with("WEBVTT") || line.starts_with("NOTE ")) return true;
  bool const number = !line.empty() && line.find_first_not_of("0123456789") == std::string_view::npos;
  return number && following.find("-->") != std::string_view::npos;
}

std::vector<std::string_view> turn_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    lines.push_back(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// The names that count as speakers.
std::map<std::string, bool, std::less<>> speakers_in(std::vector<Line> const& lines) {
  struct Seen {
    std::size_t count = 0;
    bool sure = false;
  };
  std::map<std::string, Seen, std::less<>> seen;
  for (Line const& line : lines) {
    if (line.name.empty()) continue;
    Seen& entry = seen[std::string{line.name}];
    ++entry.count;
    entry.sure = entry.sure || line.times.at || role_of_label(line.name);
  }
  auto const counts = [](auto const& entry) { return entry.second.sure || entry.second.count > 1; };
  bool const all = std::ranges::count_if(seen, counts) < 2;
  std::map<std::string, bool, std::less<>> speakers;
  for (auto const& entry : seen) speakers[entry.first] = all || counts(entry);
  return speakers;
}

bool is_time_alone(Line const& line) { return line.times.at && line.name.empty() && line.text.empty(); }

/// Whether bare times alone on lines are those of the turns below: every turn without another has one.
bool times_stand_apart(std::vector<Line> const& lines, std::map<std::string, bool, std::less<>> const& speakers) {
  bool any = false;
  for (std::size_t index = 0; index < lines.size(); ++index) {
    auto const speaker = speakers.find(lines[index].name);
    if (lines[index].times.at || speaker == speakers.end() || !speaker->second) continue;
    if (index == 0 || !is_time_alone(lines[index - 1])) return false;
    any = true;
  }
  return any;
}

void append_text(std::string& text, std::string_view more) {
  if (!text.empty() && !more.empty()) text += ' ';
  text += more;
}

}  // namespace

TextTurns read_text_turns(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::string_view> const raw = turn_lines(text);
  std::vector<Line> lines;
  lines.reserve(raw.size());
  TextTurns result;
  bool in_header = true;
  for (std::size_t index = 0; index < raw.size(); ++index) {
    std::string_view const following = index + 1 < raw.size() ? raw[index + 1] : std::string_view{};
    Line line = is_subtitle_mark(raw[index], following) ? Line{} : split(raw[index]);
    if (in_header && !line.name.empty()) {
      std::string name = lowered(line.name);
      in_header = !line.times.at && std::ranges::find(header_names, name) != header_names.end();
      if (in_header) {
        result.header.emplace_back(std::move(name), line.text);
        line = {};
      }
    }
    lines.push_back(line);
  }
  auto const speakers = speakers_in(lines);
  Times pending;
  bool const times_apart = times_stand_apart(lines, speakers);
  for (std::size_t index = 0; index < lines.size(); ++index) {
    Line const& line = lines[index];
    auto const speaker = speakers.find(line.name);
    if (speaker != speakers.end() && speaker->second) {
      Times const times = line.times.at ? line.times : pending;
      result.turns.push_back({speaker->first, std::string{line.text}, times.at, times.end, times.dated, index + 1});
      pending = {};
    } else if (is_time_alone(line) && (line.times.mark || times_apart)) {
      pending = line.times;  // a subtitle's time, or a time on its own line
    } else if (!result.turns.empty()) {
      append_text(result.turns.back().text, said_in(line, raw[index]));
      if (pending.end) result.turns.back().end_ms = pending.end;
      pending = {};
    }
  }
  return result;
}

}  // namespace rapport::timeline::formats
