#include "timeline/formats/transcript_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "timeline/formats/names.hpp"
#include "timeline/formats/transcript_fields.hpp"
#include "timeline/speech_text.hpp"

namespace rapport::timeline::formats {
namespace {

using simdjson::SUCCESS;

constexpr std::size_t columns_max = 24;
constexpr std::size_t rows_max = 20'000;  // beyond any conversation, and little memory
constexpr std::size_t speakers_max = 8;
constexpr std::size_t label_bytes_max = 64;
constexpr std::int64_t words_per_second_max = 10;  // two who speak fast at once

// A name that ends so is one of a speaker, with "id", "name", "label", "tag" or "role" behind it or not.
constexpr auto speaker_hints = std::to_array<std::string_view>(
    {"speaker", "spkr", "spk", "talker", "voice", "party", "person", "participant", "role", "channel", "agent", "customer", "caller", "user", "member"});
constexpr auto whole_hints = std::to_array<std::string_view>({"who", "side", "actor"});  // other words end so, too
constexpr auto hint_tails = std::to_array<std::string_view>({"", "id", "name", "label", "tag", "role"});
// What is said about a line is neither its speaker nor its time.
constexpr auto remarks = std::to_array<std::string_view>(
    {"sentiment", "mood", "emotion", "feeling", "tone", "score", "topic", "intent", "language", "lang", "locale", "type", "kind", "noise", "confidence", "conf", "prob", "count", "words", "tokens"});
constexpr auto counters = std::to_array<std::string_view>(
    {"id", "index", "idx", "seq", "sequence", "number", "num", "no", "nr", "line", "row", "turn", "order", "position", "rank"});

/// One field over all rows.
struct Column {
  std::string key;                  ///< in lower case without punctuation
  std::vector<std::string> labels;  ///< a text or a whole number as text; empty where neither
  std::vector<std::optional<LooseTime>> times;
  bool texts = true;   ///< all that is there is text
  bool digits = true;  ///< all that is there is a digit
};

template <std::size_t size>
bool ends_with_any(std::array<std::string_view, size> const& endings, std::string_view key) {
  return std::ranges::any_of(endings, [&](std::string_view ending) { return key.ends_with(ending); });
}

bool is_remark(std::string_view key) {
  return std::ranges::any_of(remarks, [&](std::string_view remark) { return key.find(remark) != std::string_view::npos; });
}

bool is_counter(std::string_view key) { return key == "n" || ends_with_any(counters, key); }

bool hints_at_speaker(std::string_view key) {
  return !is_remark(key) && std::ranges::any_of(hint_tails, [&](std::string_view tail) {
    if (!key.ends_with(tail)) return false;
    std::string_view const stem = key.substr(0, key.size() - tail.size());
    return ends_with_any(speaker_hints, stem) || std::ranges::find(whole_hints, stem) != whole_hints.end();
  });
}

bool is_there(std::optional<LooseTime> const& time) { return time.has_value(); }

using Labels = std::set<std::string_view>;

/// "A" and "B", or "spk_0" and "spk_1": labels that hardly stand for anything but speakers.
bool are_speaker_labels(Labels const& labels) {
  bool const letters = std::ranges::all_of(labels, [&](std::string_view label) {
    return label.size() == 1 && label[0] >= 'A' && label[0] < 'A' + static_cast<char>(labels.size());
  });
  bool const numbered = std::ranges::all_of(labels, [](std::string_view label) {
    auto const last = label.find_last_not_of("0123456789");
    if (last == std::string_view::npos || last + 1 == label.size()) return false;
    std::string const stem = plain_key(label.substr(0, last + 1));
    return stem == "s" || ends_with_any(speaker_hints, stem);
  });
  return letters || numbered;
}

struct RowTime {
  std::optional<LooseTime> start;
  std::optional<LooseTime> end;
  std::optional<LooseTime> duration;
};

bool ends_after(Column const& end, Column const& start) {
  for (std::size_t row = 0; row < start.times.size(); ++row) {
    auto const& from = start.times[row];
    auto const& to = end.times[row];
    if (from && to && to->value < from->value) return false;
  }
  return true;
}

class Columns {
 public:
  explicit Columns(std::vector<JsonElement> const& rows) : rows_(rows.size()), known_(rows.size()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      JsonObject object;
      JsonArray list;
      if (rows[row].get(object) == SUCCESS) {
        for (auto const field : object) {
          std::string key = plain_key(field.key);
          known_[row].read(key, field.value);
          take(row, std::move(key), field.value);
        }
      } else if (rows[row].get(list) == SUCCESS) {
        std::size_t place = 0;
        for (JsonElement const item : list) take(row, fmt::format("{}", place++), item);
      }
    }
  }

  /// Each row's text: what stands under known names, unless that is never more than a word where
  /// another column has sentences; else the column with most words, one whose name hints at
  /// speakers only where there is no other. Empty where there is none.
  std::vector<std::string_view> texts() const {
    std::vector<std::string_view> known;
    for (Fields const& fields : known_) known.push_back(fields.text);
    bool const there = mostly(known, [](std::string_view text) { return !text.empty(); });
    if (there && std::ranges::any_of(known, [](std::string_view text) { return count_words(text) > 1; })) return known;
    Column const* found = text_among(false);
    if (found == nullptr) found = text_among(true);
    if (found != nullptr) return {found->labels.begin(), found->labels.end()};
    return {};
  }

  /// Each row's speaker: known names count alone where any row has one; else the surest column.
  /// Empty where there is none.
  std::vector<std::optional<SpeakerLabel>> speakers(std::vector<std::string_view> const& texts) const {
    std::vector<std::optional<SpeakerLabel>> found;
    for (Fields const& fields : known_) found.push_back(fields.speaker);
    if (std::ranges::any_of(found, [](auto const& speaker) { return speaker.has_value(); })) return found;
    found.clear();
    Column const* best = nullptr;
    std::size_t best_rank = 0;
    for (Column const& column : columns_) {
      std::size_t const rank = std::ranges::equal(column.labels, texts) ? 0 : speaker_rank(column);
      if (rank == 0 || (best != nullptr && rank >= best_rank)) continue;
      best = &column;
      best_rank = rank;
    }
    if (best == nullptr) return found;
    for (std::string const& label : best->labels) found.push_back(label.empty() ? std::nullopt : std::optional{SpeakerLabel{label, false}});
    return found;
  }

  /// When each row begins, ends and how long it lasts: by known names where they tell the beginning,
  /// else by columns that never fall, earliest first. Empty where nothing tells.
  std::vector<RowTime> times(std::vector<std::string_view> const& texts) const {
    std::vector<RowTime> found;
    for (Fields const& fields : known_) found.push_back({fields.start, fields.end, fields.duration});
    if (mostly(found, [](RowTime const& time) { return time.start.has_value(); })) return found;
    std::vector<Column const*> const columns = time_columns(texts);
    if (columns.empty()) return {};
    Column const* const end = columns.size() > 1 && ends_after(*columns[1], *columns[0]) ? columns[1] : nullptr;
    for (std::size_t row = 0; row < rows_; ++row) {
      found[row].start = columns[0]->times[row];
      if (end != nullptr) found[row].end = end->times[row];
    }
    return found;
  }

 private:
  Column const* text_among(bool hinted) const {
    Column const* best = nullptr;
    std::int64_t most = 0;
    for (Column const& column : columns_) {
      if (hints_at_speaker(column.key) != hinted || !column.texts || mostly(column.times, is_there)) continue;
      if (!mostly(column.labels, [](std::string const& text) { return !text.empty(); })) continue;
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

  /// 0 where the column names no speakers; else the lower the surer. Without a hint in its name its
  /// labels must be roles, or labels of speakers that come again.
  std::size_t speaker_rank(Column const& column) const {
    bool const hinted = hints_at_speaker(column.key);
    bool const type = column.key.ends_with("type");  // "participantType" may hold roles
    if ((is_remark(column.key) && !type) || (!hinted && is_counter(column.key))) return 0;
    if ((!column.texts && !column.digits) || !mostly(column.labels, [](std::string const& label) { return !label.empty(); })) return 0;
    Labels labels(column.labels.begin(), column.labels.end());
    labels.erase(std::string_view{});
    if (labels.size() < 2 || labels.size() > speakers_max) return 0;
    if (std::ranges::any_of(labels, [](std::string_view label) { return label.size() > label_bytes_max; })) return 0;
    bool const roles = std::ranges::all_of(labels, [](std::string_view label) { return role_of_label(label).has_value(); });
    bool const recur = labels.size() * 2 <= rows_;
    if (hinted) return roles || recur || labels.size() == 2 ? labels.size() : 0;
    bool const in_order = std::ranges::is_sorted(column.labels);
    return roles || (recur && !type && !in_order && are_speaker_labels(labels)) ? speakers_max + labels.size() : 0;
  }

  std::vector<Column const*> time_columns(std::vector<std::string_view> const& texts) const {
    std::vector<Column const*> found;
    bool const known_end = std::ranges::any_of(known_, [](Fields const& fields) { return fields.end.has_value(); });
    for (Column const& column : columns_) {
      bool const is_end = known_end && std::ranges::equal(column.times, known_, {}, {}, &Fields::end);
      if (!is_end && is_time(column) && leaves_time_to_speak(column, texts)) found.push_back(&column);
    }
    auto const sum = [](Column const* column) {
      std::int64_t total = 0;
      for (auto const& time : column->times) total += time ? time->value / 1'000 : 0;
      return total;
    };
    std::ranges::stable_sort(found, {}, sum);
    if (known_end && found.size() > 1) found.resize(1);
    return found;
  }

  /// Times that never fall, and do not count the rows.
  bool is_time(Column const& column) const {
    if (is_counter(column.key) || is_remark(column.key) || hints_at_speaker(column.key)) return false;
    if (!mostly(column.times, is_there)) return false;
    std::optional<LooseTime> last;
    bool rises = false;
    bool counts = true;
    for (auto const& time : column.times) {
      if (!time) continue;
      if (last && (time->value < last->value)) return false;
      rises = rises || (last && time->value > last->value);
      counts = counts && time->value % 1'000 == 0 && (!last || time->value == last->value + 1'000);
      last = time;
    }
    return rises && !counts;
  }

  /// A confidence or a place in the text rises, too, but nobody speaks so fast.
  bool leaves_time_to_speak(Column const& column, std::vector<std::string_view> const& texts) const {
    std::int64_t words = 0;
    for (std::size_t row = 0; row + 1 < rows_; ++row) words += count_words(texts[row]);
    auto const first = std::ranges::find_if(column.times, is_there);
    auto const last = std::ranges::find_if(column.times.rbegin(), column.times.rend(), is_there);
    return (*last)->value - (*first)->value >= words * 1'000 / words_per_second_max;
  }

  std::size_t rows_;
  std::vector<Fields> known_;  ///< what each row says under known names
  std::vector<Column> columns_;
};

}  // namespace

std::vector<Segment> read_by_columns(std::vector<JsonElement> const& rows) {
  if (rows.size() > rows_max) return {};
  Columns const columns(rows);
  auto const texts = columns.texts();
  if (texts.empty()) return {};
  auto const speakers = columns.speakers(texts);
  auto const times = columns.times(texts);
  if (speakers.empty() && times.empty()) return {};
  std::vector<Segment> segments;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (texts[row].empty()) continue;
    Segment& segment = segments.emplace_back();
    segment.text = texts[row];
    if (!speakers.empty()) segment.speaker = speakers[row];
    if (times.empty()) continue;
    segment.start = times[row].start;
    segment.end = times[row].end;
    segment.duration = times[row].duration;
  }
  return segments;
}

}  // namespace rapport::timeline::formats
