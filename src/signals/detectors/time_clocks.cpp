#include "signals/detectors/time_phrases.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr base::Millis half_day = 12 * base::hour;

/// What follows a clock's figures: am, pm, o'clock.
struct Half {
  std::uint32_t tokens = 0;
  enum class Of : std::uint8_t { unknown,
                                 morning,
                                 afternoon } of = Of::unknown;
};

Half half_at(TokenView view, std::size_t at) {
  if (view.is(at, "oclock"_w)) {
    Half const more = half_at(view, at + 1);
    return {1 + more.tokens, more.of};
  }
  if (view.is(at, "am"_w)) return {1, Half::Of::morning};
  if (view.is(at, "pm"_w)) return {1, Half::Of::afternoon};
  if (view.is_any(at, {"a"_w, "p"_w}) && view.is(at + 1, "m"_w)) return {2, view.is(at, "a"_w) ? Half::Of::morning : Half::Of::afternoon};
  if (view.is(at, "in"_w) && view.is(at + 1, "the"_w)) {
    if (view.is(at + 2, "morning"_w)) return {3, Half::Of::morning};
    if (view.is_any(at + 2, {"afternoon"_w, "evening"_w})) return {3, Half::Of::afternoon};
  }
  if (view.is(at, "at"_w) && view.is(at + 1, "night"_w)) return {2, Half::Of::afternoon};
  return {};
}

/// The moment, where hours of one to six without more are the afternoon's.
base::Millis clock_of(std::int64_t hour, std::int64_t minute, Half::Of half) {
  if (half == Half::Of::afternoon && hour < 12) hour += 12;
  if (half == Half::Of::morning && hour == 12) hour = 0;
  if (half == Half::Of::unknown && hour >= 1 && hour <= 6) hour += 12;
  return hour * base::hour + minute * base::minute;
}

struct HourMinute {
  std::int64_t hour = 0;
  std::int64_t minute = 0;
  std::uint32_t tokens = 0;
  bool written_out = false;  ///< with minutes: "10:30", "nine twenty"
  bool of_24 = false;        ///< "15:00", "09:15"
};

/// "10:30", "10.30", "15:00", "nine twenty", "10 30", "four".
std::optional<HourMinute> figures_at(TimeText const& text, std::size_t at) {
  NumberReading const* const number = at < text.end ? text.number_at(at) : nullptr;
  if (number == nullptr) {
    if (text.view.is(at, "one"_w)) return HourMinute{1, 0, 1, false, false};
    return std::nullopt;
  }
  std::string_view const written = text.view.written(at);
  std::size_t const mark = written.find_first_of(":.");
  bool const figures = text.view.has_digit(at);
  HourMinute time;
  time.tokens = number->last + 1 - number->first;
  if (figures && mark != std::string_view::npos) {
    if (mark == 0 || mark > 2 || written.size() != mark + 3) return std::nullopt;
    for (std::size_t index = 0; index < written.size(); ++index) {
      if (index == mark) continue;
      if (written[index] < '0' || written[index] > '9') return std::nullopt;
      std::int64_t& part = index < mark ? time.hour : time.minute;
      part = part * 10 + (written[index] - '0');
    }
    time.written_out = true;
    time.of_24 = time.hour > 12 || written.front() == '0';
  } else if (number->paired) {
    time.hour = number->thousandths / 100'000;
    time.minute = number->thousandths / 1'000 % 100;
    time.written_out = true;
  } else if (number->quantity && number->thousandths % 1'000 == 0) {
    time.hour = number->thousandths / 1'000;
    time.of_24 = time.hour > 12;
  } else {
    return std::nullopt;
  }
  if (time.hour > 24 || time.minute > 59) return std::nullopt;
  return time;
}

/// "half past four", "quarter to five", "ten past nine", "half three".
std::optional<ClockPhrase> spoken_clock(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  std::size_t word = view.is(at, "a"_w) ? at + 1 : at;
  std::int64_t minutes = 0;
  std::size_t next = word + 1;
  if (view.is(word, "half"_w)) {
    minutes = 30;
  } else if (view.is(word, "quarter"_w)) {
    minutes = 15;
  } else {
    NumberReading const* const number = word < text.end ? text.number_at(word) : nullptr;
    bool const fits = number != nullptr && number->quantity && !number->paired && number->thousandths < 60'000;
    if (!fits) return std::nullopt;
    minutes = number->thousandths / 1'000;
    next = std::size_t{number->last} + 1;
    if (!view.is_any(next, {"past"_w, "to"_w})) return std::nullopt;
  }
  bool const to = view.is(next, "to"_w);
  bool const named = to || view.is(next, "past"_w);
  if (!named && !view.is(word, "half"_w)) return std::nullopt;
  if (named) ++next;
  auto const hour = figures_at(text, next);
  if (!hour || hour->written_out || hour->hour < 1 || hour->hour > 12) return std::nullopt;
  if (to && minutes > 30) return std::nullopt;
  std::size_t const after = next + hour->tokens;
  if (!named && view.has(after, Trait::time_unit)) return std::nullopt;
  // "ten to twelve" may be a span of hours; only quarters and fives of minutes are clocks
  if (to && !view.is(word, "quarter"_w) && minutes % 5 != 0) return std::nullopt;
  Half const half = half_at(view, after);
  base::Millis const full = clock_of(hour->hour, 0, half.of);
  ClockPhrase clock;
  clock.tokens = static_cast<std::uint32_t>(after - at) + half.tokens;
  clock.clock = to ? full - minutes * base::minute : full + minutes * base::minute;
  clock.bare = !view.is_any(word, {"half"_w, "quarter"_w}) && half.tokens == 0;
  return clock;
}

}  // namespace

std::optional<ClockPhrase> clock_at(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  if (view.is_any(at, {"noon"_w, "midday"_w})) return ClockPhrase{1, half_day, false};
  if (view.is(at, "midnight"_w)) return ClockPhrase{1, base::day, false};
  if (auto const clock = spoken_clock(text, at)) return clock;
  auto const time = figures_at(text, at);
  if (!time) return std::nullopt;
  std::size_t const next = at + time->tokens;
  Half const half = half_at(view, next);
  bool const bare = half.tokens == 0 && !time->written_out;
  if (bare && (time->hour < 1 || time->hour > 12)) return std::nullopt;
  if (half.tokens > 0 && time->hour > 12 && !time->of_24) return std::nullopt;
  ClockPhrase clock;
  clock.tokens = time->tokens + half.tokens;
  clock.clock = time->of_24 ? time->hour * base::hour + time->minute * base::minute : clock_of(time->hour, time->minute, half.of);
  clock.bare = half.tokens == 0 && !(time->written_out && view.has_digit(at) && view.written(at).find(':') != std::string_view::npos);
  return clock;
}

}  // namespace rapport::signals::detectors
