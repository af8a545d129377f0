#include "timeline/formats/transcript_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "timeline/formats/names.hpp"
#include "timeline/speech_text.hpp"

namespace rapport::timeline::formats {
namespace {

using simdjson::SUCCESS;

constexpr std::size_t columns_max = 24;
constexpr std::size_t rows_max = 20'000;  // beyond any conversation, and little memory
constexpr std::size_t speakers_max = 8;
constexpr std::size_t label_bytes_max = 64;
constexpr auto speaker_hints = std::to_array<std::string_view>(
    {"speak", "spk", "talk", "voice", "party", "person", "name", "who", "role", "side", "actor", "channel", "agent", "customer"});
constexpr auto counters = std::to_array<std::string_view>({"id", "index", "seq", "number", "no", "line", "row", "order", "position", "rank"});

/// One field over all rows.
struct Column {
  std::string key;                  ///< in lower case without punctuation
  std::vector<std::string> labels;  ///< a text or a whole number as text; empty where neither
  std::vector<std::optional<LooseTime>> times;
  bool texts = true;   ///< all that is there is text
  bool digits = true;  ///< all that is there is a digit
};

bool hints_at_speaker(std::string_view key) {
  return std::ranges::any_of(speaker_hints, [&](std::string_view hint) { return key.find(hint) != std::string_view::npos; });
}

class Columns {
 public:
  explicit Columns(std::vector<JsonElement> const& rows) : rows_(rows.size()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      JsonObject object;
      JsonArray list;
      if (rows[row].get(object) == SUCCESS) {
        for (auto const field : object) take(row, plain_key(field.key), field.value);
      } else if (rows[row].get(list) == SUCCESS) {
        std::size_t place = 0;
        for (JsonElement const item : list) take(row, fmt::format("{}", place++), item);
      }
    }
  }

  /// The column with most words, one of which at least stands beside another; one whose name hints
  /// at speakers only where there is no other.
  Column const* text() const {
    Column const* const found = text_among(false);
    return found != nullptr ? found : text_among(true);
  }

  /// The column of speakers: one whose name hints at it, else the one with the fewest labels.
  Column const* speaker(Column const* text) const {
    Column const* best = nullptr;
    std::size_t best_rank = 0;
    for (Column const& column : columns_) {
      if (&column == text) continue;
      std::size_t const rank = speaker_rank(column);
      if (rank == 0 || (best != nullptr && rank >= best_rank)) continue;
      best = &column;
      best_rank = rank;
    }
    return best;
  }

  /// Columns of times that never fall, earliest first.
  std::vector<Column const*> times(Column const* text, Column const* speaker) const {
    std::vector<Column const*> found;
    for (Column const& column : columns_) {
      if (&column != text && &column != speaker && is_time(column)) found.push_back(&column);
    }
    auto const sum = [](Column const* column) {
      std::int64_t total = 0;
      for (auto const& time : column->times) total += time ? time->value / 1'000 : 0;
      return total;
    };
    std::ranges::stable_sort(found, {}, sum);
    return found;
  }

 private:
  Column const* text_among(bool hinted) const {
    Column const* best = nullptr;
    std::int64_t most = 0;
    for (Column const& column : columns_) {
      if (hints_at_speaker(column.key) != hinted || !column.texts || is_time(column) || !mostly(column.labels, [](std::string const& text) { return !text.empty(); })) continue;
      std::int64_t words = 0;
      for (std::string const& text : column.labels) words += count_words(text);
      bool const sentences = std::ranges::any_of(column.labels, [](std::string const& text) { return count_words(text) > 1; });
      if (!sentences || words <= most) continue;
      best = &column;
      most = words;
    }
    return best;
  }

  void take(std::size_t row, std::string key, JsonElement value) {
    auto found = std::ranges::find(columns_, key, &Column::key);
    if (found == columns_.end()) {
      if (columns_.size() == columns_max) return;
      columns_.push_back({std::move(key), std::vector<std::string>(rows_), std::vector<std::optional<LooseTime>>(rows_)});
      found = std::prev(columns_.end());
    }
    std::string_view text;
    std::int64_t whole = 0;
    bool const is_text = value.get(text) == SUCCESS;
    bool const is_whole = !is_text && value.get(whole) == SUCCESS;
    found->texts = found->texts && is_text;
    found->digits = found->digits && is_whole && whole >= 0 && whole <= 9;
    if (is_text) found->labels[row] = text;
    if (is_whole) found->labels[row] = fmt::format("{}", whole);
    found->times[row] = read_loose_time(found->key, value);
  }

  template <typename Values, typename Holds>
  bool mostly(Values const& values, Holds holds) const {
    return static_cast<std::size_t>(std::ranges::count_if(values, holds)) * 5 >= rows_ * 4;
  }

  /// 0 where the column names no speakers; else the lower the surer.
  std::size_t speaker_rank(Column const& column) const {
    if ((!column.texts && !column.digits) || !mostly(column.labels, [](std::string const& label) { return !label.empty(); })) return 0;
    std::set<std::string_view> labels(column.labels.begin(), column.labels.end());
    labels.erase(std::string_view{});
    if (labels.size() < 2 || labels.size() > speakers_max) return 0;
    if (std::ranges::any_of(labels, [](std::string_view label) { return label.size() > label_bytes_max; })) return 0;
    if (hints_at_speaker(column.key)) return labels.size();
    bool const counts_up = column.digits && std::ranges::is_sorted(column.labels);
    bool const label_like = std::ranges::all_of(labels, [](std::string_view label) {
      bool const numbered = label.back() >= '0' && label.back() <= '9' && label.find(' ') == std::string_view::npos;
      return role_of_label(label) || label.size() <= 2 || (numbered && label.front() > '9');
    });
    return label_like && !counts_up ? speakers_max + labels.size() : 0;
  }

  bool is_time(Column const& column) const {
    if (std::ranges::find(counters, column.key) != counters.end()) return false;
    if (!mostly(column.times, [](auto const& time) { return time.has_value(); })) return false;
    std::optional<LooseTime> last;
    bool rises = false;
    for (auto const& time : column.times) {
      if (!time) continue;
      if (last && (time->value < last->value)) return false;
      rises = rises || (last && time->value > last->value);
      last = time;
    }
    return rises;
  }

  std::size_t rows_;
  std::vector<Column> columns_;
};

bool ends_after(Column const& end, Column const& start) {
  for (std::size_t row = 0; row < start.times.size(); ++row) {
    auto const& from = start.times[row];
    auto const& to = end.times[row];
    if (from && to && to->value < from->value) return false;
  }
  return true;
}

}  // namespace

std::vector<Segment> read_by_columns(std::vector<JsonElement> const& rows) {
  if (rows.size() > rows_max) return {};
  Columns const columns(rows);
  Column const* const text = columns.text();
  if (text == nullptr) return {};
  Column const* const speaker = columns.speaker(text);
  auto const times = columns.times(text, speaker);
  if (speaker == nullptr && times.empty()) return {};
  Column const* const end = times.size() > 1 && ends_after(*times[1], *times[0]) ? times[1] : nullptr;
  std::vector<Segment> segments;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (text->labels[row].empty()) continue;
    Segment& segment = segments.emplace_back();
    segment.text = text->labels[row];
    if (speaker != nullptr && !speaker->labels[row].empty()) segment.speaker = SpeakerLabel{speaker->labels[row], false};
    if (!times.empty()) segment.start = times[0]->times[row];
    if (end != nullptr) segment.end = end->times[row];
  }
  return segments;
}

}  // namespace rapport::timeline::formats
