#include "timeline/formats/transcript_lines.hpp"

#include <algorithm>

#include "timeline/speech_text.hpp"

namespace rapport::timeline::formats {
namespace {

using base::Millis;

/// The largest bare number, in thousandths, and whether other times of the list were fractions.
struct BareTimes {
  std::int64_t largest = -1;
  bool fractions = false;

  void see(std::optional<LooseTime> const& time) {
    if (!time) return;
    if (time->unit == LooseTime::Unit::bare) largest = std::max(largest, time->value);
    if (time->unit == LooseTime::Unit::millis) fractions = true;
  }
};

BareUnit decide_unit(Shape const& shape, std::optional<Millis> duration) {
  BareTimes starts;
  BareTimes ends;
  std::int64_t words = 0;
  for (Segment const& segment : shape.segments) {
    starts.see(segment.start);
    ends.see(segment.end);
    words += count_words(segment.text);
  }
  std::int64_t const largest = std::max(starts.largest, ends.largest) / 1'000;
  if (starts.fractions || ends.fractions) return BareUnit::seconds;
  if (duration && *duration > 0) {
    constexpr Millis tolerance = 10 * base::second;
    return largest * base::second <= *duration + *duration / 2 + tolerance ? BareUnit::seconds : BareUnit::millis;
  }
  constexpr std::int64_t slow_seconds_per_word = 5;
  return largest > words * slow_seconds_per_word ? BareUnit::millis : BareUnit::seconds;
}

void time_line(SpokenLine& line, Segment const& segment, BareUnit unit, base::Instant origin) {
  if (!segment.start) return;
  line.at_ms = to_millis(*segment.start, unit, origin);
  if (segment.end) line.end_ms = to_millis(*segment.end, unit, origin);
  if (!segment.end && segment.duration) line.end_ms = *line.at_ms + to_millis(*segment.duration, unit, {});
  if (line.end_ms && *line.end_ms < *line.at_ms) line.end_ms.reset();
}

/// Gives each line the speaker of the label in whose time it begins, else of the last one before.
void assign_labels(std::vector<SpokenLine>& lines, std::vector<Segment> const& labels, BareUnit unit, base::Instant origin) {
  std::vector<SpokenLine> spans;
  for (Segment const& label : labels) {
    spans.emplace_back().speaker = label.speaker;
    time_line(spans.back(), label, unit, origin);
  }
  std::ranges::stable_sort(spans, {}, &SpokenLine::at_ms);
  for (SpokenLine& line : lines) {
    if (!line.at_ms) continue;
    auto const after = std::ranges::upper_bound(spans, line.at_ms, {}, &SpokenLine::at_ms);
    if (after != spans.begin()) line.speaker = std::prev(after)->speaker;
  }
}

bool ends_sentence(std::string_view text) { return text.ends_with('.') || text.ends_with('?') || text.ends_with('!'); }

bool is_punctuation(std::string_view text) {
  return text.find_first_not_of(".,;:!?…") == std::string_view::npos;
}

bool goes_on(SpokenLine const& line, SpokenLine const& word) {
  constexpr Millis pause = 700;  // a breath within an utterance is shorter
  if (is_punctuation(word.text)) return true;
  if (line.speaker != word.speaker) return false;
  if (!line.at_ms || !word.at_ms) return !ends_sentence(line.text);
  return *word.at_ms - line.end_ms.value_or(*line.at_ms) <= pause;
}

std::vector<SpokenLine> join_words(std::vector<SpokenLine> words) {
  std::vector<SpokenLine> lines;
  for (SpokenLine& word : words) {
    if (lines.empty() || !goes_on(lines.back(), word)) {
      lines.push_back(std::move(word));
      continue;
    }
    SpokenLine& line = lines.back();
    if (!is_punctuation(word.text)) line.text += ' ';
    line.text += word.text;
    if (word.end_ms) line.end_ms = std::max(line.end_ms.value_or(0), *word.end_ms);
  }
  return lines;
}

std::string_view stripped(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

std::vector<SpokenLine> lines_of(Shape const& shape, base::Instant origin, std::optional<Millis> duration) {
  BareUnit const unit = decide_unit(shape, duration);
  std::vector<SpokenLine> lines;
  lines.reserve(shape.segments.size());
  for (Segment const& segment : shape.segments) {
    SpokenLine& line = lines.emplace_back();
    line.speaker = segment.speaker;
    line.text = segment.meta.empty() ? stripped(segment.text) : segment.text;  // what has meta may be ours, kept to the byte
    line.meta = segment.meta;
    time_line(line, segment, unit, origin);
  }
  assign_labels(lines, shape.labels, unit, origin);
  return shape.by_word ? join_words(std::move(lines)) : lines;
}

}  // namespace rapport::timeline::formats
