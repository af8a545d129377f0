#include "signals/detectors/time_frames.hpp"

#include <algorithm>

#include "signals/detectors/time_phrases.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr std::size_t context_words = 6;  ///< how far back a tense or a preposition is looked for

/// Reads one sentence.
class FrameReader {
 public:
  FrameReader(TimeText text, std::vector<TimeFrame>& out) : text_(text), view_(text.view), out_(out) {}

  /// Frames that begin at `last` or before it.
  void run(std::size_t last) {
    for (std::size_t at = text_.first; at <= last;) {
      TimeFrame frame;
      std::size_t const next = read(at, frame);
      if (next == at) {
        ++at;
        continue;
      }
      frame.first = static_cast<std::uint32_t>(at);
      frame.last = static_cast<std::uint32_t>(next) - 1;
      out_.push_back(frame);
      at = next;
    }
  }

 private:
  /// The token after the frame that begins at `at`, or `at` if none does.
  std::size_t read(std::size_t at, TimeFrame& frame) const {
    if (!view_.has(at, Trait::time_word) && !view_.has_any(at, {Trait::number, Trait::ordinal, Trait::stop}) && !view_.has_digit(at)) return at;
    if (std::size_t const next = read_day(at, frame); next != at) return next;
    if (std::size_t const next = read_length(at, frame); next != at) return next;
    return read_clock(at, frame);
  }

  // Lengths.

  std::size_t read_length(std::size_t at, TimeFrame& frame) const {
    std::size_t word = at;
    bool const led = length_preposition(word);
    if (word == at && at > text_.first && text_.number_at(at - 1) != nullptr) return at;  // inside a number
    while (view_.is_any(word, {"about"_w, "around"_w, "roughly"_w, "approximately"_w, "approx"_w, "another"_w, "only"_w,
                               "maybe"_w, "the"_w, "next"_w, "like"_w, "just"_w, "up"_w, "less"_w, "than"_w, "under"_w,
                               "most"_w, "maximum"_w, "max"_w, "over"_w, "to"_w, "say"_w, "probably"_w, "usually"_w,
                               "or"_w, "so"_w}) &&
           led && word < text_.end) {
      ++word;
    }
    auto const length = word < text_.end ? length_at(text_, word) : std::nullopt;
    if (!length) return at;
    std::size_t next = word + length->tokens;
    bool const from_now = view_.is(next, "from"_w) && view_.is_any(next + 1, {"now"_w, "today"_w, "then"_w, "tomorrow"_w});
    if (!led && !length->range && !from_now && !takes_time_before(word)) return at;
    if (tells_of_the_past(at) || view_.is_any(next, {"ago"_w, "old"_w, "late"_w, "earlier"_w, "before"_w, "early"_w,
                                                     "running"_w, "straight"_w, "now"_w, "already"_w, "notice"_w})) {
      return at;
    }
    if (from_now) next += 2;
    if (view_.is(next, "time"_w)) ++next;  // "two weeks' time"
    apply(*length, frame);
    return next;
  }

  static void apply(Length const& length, TimeFrame& frame) {
    using Unit = Length::Unit;
    switch (length.unit) {
      case Unit::second:
      case Unit::minute:
      case Unit::hour:
        frame.span = length.span;
        return;
      case Unit::day:
        frame.day = TimeFrame::Day::in_days;
        break;
      case Unit::business_day:
        frame.day = TimeFrame::Day::in_business_days;
        break;
      case Unit::week:
        frame.day = TimeFrame::Day::in_days;
        break;
      case Unit::month:
        frame.day = TimeFrame::Day::in_months;
        break;
      case Unit::year:
        frame.day = TimeFrame::Day::in_months;
        break;
    }
    std::int64_t const factor = length.unit == Unit::week ? 7 : length.unit == Unit::year ? 12
                                                                                          : 1;
    frame.count = static_cast<std::int32_t>(length.count * factor);
  }

  /// Steps over "within", "in", "up to", "over the next", "takes", "allow", "hold for".
  bool length_preposition(std::size_t& word) const {
    if (view_.is_any(word, {"within"_w, "in"_w, "takes"_w, "take"_w, "taking"_w, "allow"_w})) {
      ++word;
      while (view_.is_any(word, {"you"_w, "me"_w, "us"_w, "it"_w, "between"_w, "anywhere"_w, "from"_w, "at"_w, "a"_w}) &&
             !length_at(text_, word)) {
        ++word;
      }
      return true;
    }
    bool const up_to = view_.is(word, "up"_w) && view_.is(word + 1, "to"_w);
    bool const less_than = view_.is(word, "less"_w) && view_.is(word + 1, "than"_w);
    bool const at_most = view_.is(word, "at"_w) && view_.is(word + 1, "most"_w);
    bool const the_next = view_.is(word, "the"_w) && view_.is_any(word + 1, {"next"_w, "coming"_w});
    if (up_to || less_than || at_most || the_next) {
      word += 2;
      return true;
    }
    if (view_.is_any(word, {"over"_w, "during"_w, "for"_w}) && view_.is(word + 1, "the"_w) && view_.is(word + 2, "next"_w)) {
      word += 3;
      return true;
    }
    if (view_.is(word, "for"_w) && word > text_.first && view_.is_any(word - 1, {"hold"_w, "away"_w})) {
      ++word;
      return true;
    }
    if (view_.is_any(word, {"give"_w, "another"_w}) && !view_.has(word - 1, Trait::subject)) {
      ++word;
      if (view_.is_any(word, {"me"_w, "us"_w, "it"_w, "them"_w})) ++word;
      return true;
    }
    return false;
  }

  /// "it will be ten minutes", "should only be two days", "give it about a week".
  bool takes_time_before(std::size_t word) const {
    bool be = false;
    for (std::size_t back = 1; back <= 4 && word >= text_.first + back; ++back) {
      std::size_t const at = word - back;
      if (view_.is_any(at, {"be"_w, "wait"_w, "expect"_w, "turnaround"_w})) be = true;
      if (be && view_.has(at, Trait::future)) return true;
      if (view_.is(at, "expect"_w)) return true;
    }
    return false;
  }

  // Days and times of the day.

  std::size_t read_day(std::size_t at, TimeFrame& frame) const {
    bool const led = view_.is_any(at, {"by"_w, "on"_w, "before"_w, "until"_w, "till"_w, "for"_w, "in"_w, "at"_w, "over"_w,
                                       "from"_w, "after"_w, "during"_w, "around"_w});
    std::size_t const word = led ? at + 1 : at;
    if (!led && before_excludes(at)) return at;
    if (led && (view_.is(at, "from"_w) || view_.is(at, "after"_w))) return at;
    auto const day = word < text_.end ? day_at(text_, word) : std::nullopt;
    if (!day || (day->needs_preposition && !led)) return at;
    if (day->needs_future && !deadline(at) && !tells_of_the_future(at)) return at;
    if (tells_of_the_past(at) || before_excludes(word)) return at;
    frame.day = day->day;
    frame.count = day->count;
    frame.month = day->month;
    frame.year = day->year;
    frame.clock = day->clock;
    std::size_t const next = word + day->tokens;
    bool const end_of_some_day = day->day == TimeFrame::Day::today && !day->needs_future;
    auto const named = end_of_some_day && next < text_.end ? day_at(text_, view_.is(next, "on"_w) ? next + 1 : next) : std::nullopt;
    if (named && !named->clock && !named->needs_preposition) {  // "close of business tomorrow"
      frame.day = named->day;
      frame.count = named->count;
      frame.month = named->month;
      frame.year = named->year;
      return next + (view_.is(next, "on"_w) ? 1 : 0) + named->tokens;
    }
    return read_time_of_day(next, frame);
  }

  /// What follows a day: "morning", "at three", "between nine and twelve", "by noon".
  std::size_t read_time_of_day(std::size_t next, TimeFrame& frame) const {
    if (view_.is(next, "in"_w) && view_.is(next + 1, "the"_w) && day_part_at(view_, next + 2)) next += 2;
    if (next >= text_.end) return next;
    if (auto const part = day_part_at(view_, next)) {
      frame.clock = *part;
      ++next;
    }
    std::size_t word = next;
    bool between = false;
    while (view_.is_any(word, {"at"_w, "by"_w, "before"_w, "between"_w, "around"_w, "about"_w, "from"_w, "after"_w, "until"_w,
                               "sometime"_w, "some"_w, "time"_w}) &&
           word < text_.end) {
      between = between || view_.is_any(word, {"between"_w, "from"_w});
      ++word;
    }
    if (word == next || word >= text_.end) return next;
    std::optional<base::Millis> const part = frame.clock;
    std::size_t const stop = read_clock_range(word, between, frame);
    if (stop == word) return next;
    if (part) move_into(*part, frame);
    return stop;
  }

  /// An hour of twelve goes into the half of the day that is named: "tomorrow morning at six".
  static void move_into(base::Millis part_end, TimeFrame& frame) {
    constexpr base::Millis half_day = 12 * base::hour;
    if (!frame.clock) return;
    if (part_end <= half_day && *frame.clock > half_day) *frame.clock -= half_day;
    if (part_end > half_day && *frame.clock < half_day) *frame.clock += half_day;
  }

  /// A clock, or the later of two ("between nine and twelve"). `at` if there is none.
  std::size_t read_clock_range(std::size_t at, bool between, TimeFrame& frame) const {
    auto const clock = clock_at(text_, at);
    if (!clock) return at;
    std::size_t const next = at + clock->tokens;
    bool const joined = view_.is_any(next, {"and"_w, "to"_w, "till"_w, "until"_w});
    auto const second = joined && between && next + 1 < text_.end ? clock_at(text_, next + 1) : std::nullopt;
    if (second) {
      frame.clock = second->clock;
      return next + 1 + second->tokens;
    }
    if (clock->bare && !ends_number(next)) return at;
    frame.clock = clock->clock;
    return next;
  }

  std::size_t read_clock(std::size_t at, TimeFrame& frame) const {
    bool const between = view_.is(at, "between"_w);
    if (!between && !view_.is_any(at, {"at"_w, "by"_w, "before"_w, "until"_w, "till"_w, "around"_w})) return at;
    if (tells_of_the_past(at)) return at;
    std::size_t word = at + 1;
    while (view_.is_any(word, {"about"_w, "around"_w, "latest"_w})) ++word;
    std::size_t const next = word < text_.end ? read_clock_range(word, between, frame) : word;
    if (next == word || (between && !frame.clock)) return at;
    bool const approximate = view_.is(at, "around"_w);
    if (approximate && !clock_at(text_, word)->bare) {
      // "around 3 pm" names a time
    } else if (approximate) {
      return at;
    }
    frame.day = TimeFrame::Day::none;
    // "at 3 pm tomorrow", "by ten on friday"
    std::size_t const day_word = view_.is(next, "on"_w) ? next + 1 : next;
    auto const day = day_word < text_.end ? day_at(text_, day_word) : std::nullopt;
    if (!day || day->clock) return next;
    frame.day = day->day;
    frame.count = day->count;
    frame.month = day->month;
    frame.year = day->year;
    std::size_t const after = day_word + day->tokens;
    auto const part = after < text_.end ? day_part_at(view_, after) : std::nullopt;
    if (!part) return after;
    move_into(*part, frame);  // "at 6:15 tomorrow morning"
    return after + 1;
  }

  /// After a bare hour nothing follows that it could count: "at four", "by five or so".
  bool ends_number(std::size_t next) const {
    if (next >= text_.end || view_.pause_before(next)) return true;
    if (view_.has(next, Trait::time_unit) || view_.is_any(next, {"of"_w, "percent"_w, "different"_w, "more"_w, "other"_w, "point"_w, "one"_w})) {
      return false;
    }
    return view_.has_any(next, {Trait::stop, Trait::time_word});
  }

  // Context.

  bool deadline(std::size_t at) const {
    return view_.is_any(at, {"by"_w, "before"_w, "until"_w, "till"_w}) || (at > text_.first && view_.is_any(at - 1, {"later"_w, "sometime"_w, "still"_w}));
  }

  /// Right before the phrase: "last", "since", "every".
  bool before_excludes(std::size_t at) const {
    return at > text_.first && view_.is_any(at - 1, {"last"_w, "since"_w, "every"_w, "each"_w, "past"_w, "previous"_w, "from"_w, "after"_w, "of"_w});
  }

  /// A past form in the clause before, and nothing of the future after it: "was due on monday".
  bool tells_of_the_past(std::size_t at) const {
    for (std::size_t back = 1; back <= context_words && at >= text_.first + back; ++back) {
      std::size_t const word = at - back;
      if (view_.has(word, Trait::future) || view_.is(word, "be"_w)) return false;
      if (view_.is_any(word, {"since"_w, "last"_w, "past"_w, "ago"_w, "every"_w})) return true;
      if (view_.has(word, Trait::past)) return true;
      if (told_in_past_form(word)) return true;
      if (view_.pause_before(word) && back > 1) return false;
    }
    return false;
  }

  /// "i ordered", "he passed"; not "have it posted", "is delivered".
  bool told_in_past_form(std::size_t word) const {
    if (word < text_.first + 1 || view_.written(word).size() < 5 || !view_.written(word).ends_with("ed")) return false;
    if (!view_.has(word - 1, Trait::subject) && !view_.is_any(word - 1, {"have"_w, "has"_w})) return false;
    return word < text_.first + 2 || !view_.is_any(word - 2, {"have"_w, "get"_w, "want"_w, "need"_w, "like"_w, "once"_w, "if"_w, "be"_w});
  }

  bool tells_of_the_future(std::size_t at) const {
    for (std::size_t word = text_.first; word < at; ++word) {
      if (view_.is_any(word, {"will"_w, "shall"_w, "going"_w, "goes"_w, "expect"_w}) && word + 12 >= at) return true;
    }
    return false;
  }

  TimeText text_;
  TokenView view_;
  std::vector<TimeFrame>& out_;
};

/// Without one of these a sentence names no time.
constexpr Traits time_names{Trait::time_name, Trait::digit};
/// No frame begins after the last of these: "nought" in "at nought am" is a number and names no time.
constexpr Traits frame_words{Trait::time_name, Trait::digit, Trait::number};

}  // namespace

NumberReading const* TimeText::number_at(std::size_t at) const {
  auto const found = std::ranges::lower_bound(numbers, at, {}, &NumberReading::first);
  return found != numbers.end() && found->first == at ? &*found : nullptr;
}

void find_time_frames(TokenView view, std::vector<NumberReading> const& numbers, bool month_first,
                      std::vector<TimeFrame>& frames) {
  for (Sentence const& sentence : view.words().sentences) {
    std::size_t const end = std::size_t{sentence.first_token} + sentence.token_count;
    if (!view.any_has(sentence.first_token, end, time_names) || !view.any_has(sentence.first_token, end, {Trait::time_word})) continue;
    std::size_t last = end - 1;
    while (!view.has_any(last, frame_words)) --last;
    TimeText const text{view, numbers, sentence.first_token, end, month_first};
    FrameReader{text, frames}.run(last);
  }
}

}  // namespace rapport::signals::detectors
