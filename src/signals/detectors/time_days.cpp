#include <array>
#include <string>

#include "signals/detectors/time_phrases.hpp"

namespace rapport::signals::detectors {
namespace {

using Day = TimeFrame::Day;

constexpr base::Millis noon = 12 * base::hour;
constexpr base::Millis afternoon_end = 18 * base::hour;
constexpr base::Millis evening_end = 22 * base::hour;
constexpr base::Millis midnight = base::day;
constexpr base::Millis business_end = 18 * base::hour;

/// 0 Monday to 6 Sunday; -1 for other words. The plural names a habit and is none.
int weekday_at(TokenView view, std::size_t at) {
  if (!view.has(at, Trait::weekday)) return -1;
  bool const another_word = view.is_any(at, {"sat"_w, "sun"_w, "wed"_w, "mon"_w, "fri"_w}) && !view.capitalised(at);
  if (another_word) return -1;
  if (view.is_any(at, {"monday"_w, "mon"_w})) return 0;
  if (view.is_any(at, {"tuesday"_w, "tue"_w, "tues"_w})) return 1;
  if (view.is_any(at, {"wednesday"_w, "wed"_w, "weds"_w})) return 2;
  if (view.is_any(at, {"thursday"_w, "thu"_w, "thur"_w, "thurs"_w})) return 3;
  if (view.is_any(at, {"friday"_w, "fri"_w})) return 4;
  if (view.is_any(at, {"saturday"_w, "sat"_w})) return 5;
  if (view.is_any(at, {"sunday"_w, "sun"_w})) return 6;
  return -1;
}

constexpr auto months = std::to_array<std::array<std::uint64_t, 2>>(
    {{"january"_w, "jan"_w}, {"february"_w, "feb"_w}, {"march"_w, "mar"_w}, {"april"_w, "apr"_w}, {"may"_w, "may"_w}, {"june"_w, "jun"_w}, {"july"_w, "jul"_w}, {"august"_w, "aug"_w}, {"september"_w, "sept"_w}, {"october"_w, "oct"_w}, {"november"_w, "nov"_w}, {"december"_w, "dec"_w}});

int month_at(TokenView view, std::size_t at) {
  if (!view.has(at, Trait::month)) return 0;
  if (view.is(at, "sep"_w)) return 9;
  bool const as_month = view.capitalised(at) || (at > 0 && view.is_any(at - 1, {"of"_w, "by"_w, "in"_w, "on"_w, "before"_w, "until"_w}));
  if (view.is_any(at, {"may"_w, "mar"_w, "march"_w}) && !as_month) return 0;
  for (std::size_t month = 0; month < months.size(); ++month) {
    if (view.is_any(at, {months[month][0], months[month][1]})) return static_cast<int>(month) + 1;
  }
  return 0;
}

constexpr auto ordinals = std::to_array<std::uint64_t>(
    {"first"_w, "second"_w, "third"_w, "fourth"_w, "fifth"_w, "sixth"_w, "seventh"_w, "eighth"_w, "ninth"_w, "tenth"_w,
     "eleventh"_w, "twelfth"_w, "thirteenth"_w, "fourteenth"_w, "fifteenth"_w, "sixteenth"_w, "seventeenth"_w,
     "eighteenth"_w, "nineteenth"_w, "twentieth"_w});

/// A day of the month and how many tokens say it: "24th", "twenty fourth", "24", "third".
struct Ordinal {
  std::int32_t day = 0;
  std::uint32_t tokens = 0;
  bool plain = false;  ///< a cardinal: a day only beside a month
};

std::optional<Ordinal> ordinal_at(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  auto const unit = [&](std::size_t word) -> std::int32_t {
    if (!view.has(word, Trait::ordinal)) return 0;
    for (std::size_t index = 0; index < ordinals.size(); ++index) {
      if (view.is(word, ordinals[index])) return static_cast<std::int32_t>(index) + 1;
    }
    return 0;
  };
  bool const tens = view.is_any(at, {"twenty"_w, "thirty"_w});
  if (tens && at + 1 < text.end) {
    std::int32_t const rest = unit(at + 1);
    std::int32_t const day = (view.is(at, "twenty"_w) ? 20 : 30) + rest;
    if (rest > 0 && rest < 10 && day <= 31) return Ordinal{day, 2, false};
  }
  if (view.is(at, "thirtieth"_w)) return Ordinal{30, 1, false};
  if (std::int32_t const day = unit(at); day > 0) return Ordinal{day, 1, false};
  if (!view.has_digit(at)) {
    NumberReading const* const number = text.number_at(at);
    bool const fits = number != nullptr && number->quantity && !number->paired && number->thousandths <= 31'000 && number->thousandths > 0;
    if (!fits) return std::nullopt;
    return Ordinal{static_cast<std::int32_t>(number->thousandths / 1'000), number->last + 1 - number->first, true};
  }
  std::string_view const written = view.written(at);
  std::int32_t day = 0;
  std::size_t digits = 0;
  while (digits < written.size() && written[digits] >= '0' && written[digits] <= '9' && digits < 3) {
    day = day * 10 + (written[digits++] - '0');
  }
  std::string_view const ending = written.substr(digits);
  bool const suffix = ending == "st" || ending == "nd" || ending == "rd" || ending == "th" || ending == "ST" || ending == "TH";
  if (day < 1 || day > 31 || (!ending.empty() && !suffix)) return std::nullopt;
  return Ordinal{day, 1, ending.empty()};
}

/// A year after a date: "2026", ", 2026", "twenty twenty six". 0 where none is said.
std::int32_t year_at(TimeText const& text, std::size_t at, std::uint32_t& tokens) {
  NumberReading const* const number = at < text.end ? text.number_at(at) : nullptr;
  if (number == nullptr || !number->quantity) return 0;
  std::int64_t const year = number->thousandths / 1'000;
  if (!number->paired && year > 30 && year < 100) {  // "eighth of august eighty six"
    tokens += number->last + 1 - number->first;
    return static_cast<std::int32_t>(1'900 + year);
  }
  if (year < 1'900 || year > 2'100) return 0;
  tokens += number->last + 1 - number->first;
  return static_cast<std::int32_t>(year);
}

/// "the 24th of may", "may the 24th", "24 may 2026", "24/05/2026", "the 24th".
std::optional<DayPhrase> date_at(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  std::size_t word = view.is(at, "the"_w) ? at + 1 : at;
  DayPhrase phrase;
  phrase.day = Day::date;
  if (int const month = month_at(view, word); month > 0) {
    std::size_t const day_word = view.is(word + 1, "the"_w) ? word + 2 : word + 1;
    auto const day = day_word < text.end ? ordinal_at(text, day_word) : std::nullopt;
    if (!day) return std::nullopt;
    phrase.month = month;
    phrase.count = day->day;
    phrase.tokens = static_cast<std::uint32_t>(day_word + day->tokens - at);
    phrase.year = year_at(text, at + phrase.tokens, phrase.tokens);
    return phrase;
  }
  auto const day = word < text.end ? ordinal_at(text, word) : std::nullopt;
  if (!day) return std::nullopt;
  phrase.count = day->day;
  std::size_t next = word + day->tokens;
  std::size_t const month_word = view.is(next, "of"_w) ? next + 1 : next;
  if (int const month = month_at(view, month_word); month > 0 && month_word < text.end) {
    phrase.month = month;
    phrase.tokens = static_cast<std::uint32_t>(month_word + 1 - at);
    phrase.year = year_at(text, at + phrase.tokens, phrase.tokens);
    return phrase;
  }
  bool const closed = next >= text.end || view.pause_before(next) || view.has_any(next, {Trait::preposition, Trait::conjunction, Trait::filler, Trait::subject, Trait::modal, Trait::be_form, Trait::time_word});
  bool const said_as_day = !day->plain && word > at && closed && !day_part_at(view, next) && !view.is(next, "one"_w) && !view.has(next, Trait::time_unit);
  if (!said_as_day) return std::nullopt;
  phrase.day = Day::day_of_month;
  phrase.tokens = static_cast<std::uint32_t>(next - at);
  phrase.needs_preposition = true;
  return phrase;
}

/// "24/05", "5/24/2026" as one token; the order by what fits, else as the region writes.
std::optional<DayPhrase> slashed_date(TimeText const& text, std::size_t at) {
  std::string_view const written = text.view.written(at);
  std::int32_t parts[3] = {0, 0, 0};
  std::size_t part = 0;
  for (char const c : written) {
    if (c == '/') {
      if (++part > 2) return std::nullopt;
    } else if (c >= '0' && c <= '9' && parts[part] < 1'000) {
      parts[part] = parts[part] * 10 + (c - '0');
    } else {
      return std::nullopt;
    }
  }
  if (part == 0) return std::nullopt;
  bool const month_first = parts[1] > 12 || (parts[0] <= 12 && text.month_first);
  DayPhrase phrase;
  phrase.day = Day::date;
  phrase.month = month_first ? parts[0] : parts[1];
  phrase.count = month_first ? parts[1] : parts[0];
  phrase.year = part == 2 ? parts[2] + (parts[2] < 100 ? 2'000 : 0) : 0;
  phrase.tokens = 1;
  phrase.needs_preposition = true;
  if (phrase.month < 1 || phrase.month > 12 || phrase.count < 1 || phrase.count > 31) return std::nullopt;
  return phrase;
}

DayPhrase phrase_of(std::uint32_t tokens, Day day, std::int32_t count = 0) {
  DayPhrase phrase;
  phrase.tokens = tokens;
  phrase.day = day;
  phrase.count = count;
  return phrase;
}

/// "[this|next|the coming] friday [week|the 24th]".
std::optional<DayPhrase> weekday_phrase(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  std::size_t word = at;
  bool const next = view.is(word, "next"_w);
  bool const near = view.is_any(word, {"this"_w, "coming"_w});
  if (next || near || view.is(word, "the"_w)) ++word;
  if (view.is_any(word, {"coming"_w, "following"_w})) ++word;
  int const weekday = word < text.end ? weekday_at(view, word) : -1;
  if (weekday < 0) return std::nullopt;
  auto tokens = static_cast<std::uint32_t>(word + 1 - at);
  if (view.is(word + 1, "week"_w)) return phrase_of(tokens + 1, Day::weekday_and_week, weekday);
  // "thursday the 7th": the date says more
  if (auto date = word + 1 < text.end ? date_at(text, word + 1) : std::nullopt) {
    date->tokens += tokens;
    date->needs_preposition = false;
    return date;
  }
  return phrase_of(tokens, next ? Day::weekday_next_week : near ? Day::weekday_or_today
                                                                : Day::weekday,
                   weekday);
}

/// "[the] end of [the|this|next] day|week|month", "close of business", "eod".
std::optional<DayPhrase> end_phrase(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  std::size_t word = view.is(at, "the"_w) ? at + 1 : at;
  auto const tokens = [&](std::size_t last) { return static_cast<std::uint32_t>(last + 1 - at); };
  if (view.is_any(word, {"eod"_w, "cob"_w})) {
    DayPhrase phrase = phrase_of(tokens(word), Day::today);
    if (view.is(word, "cob"_w)) phrase.clock = business_end;
    return phrase;
  }
  if (!view.is_any(word, {"end"_w, "close"_w}) || !view.is(word + 1, "of"_w)) return std::nullopt;
  std::size_t of = word + 2;
  std::int32_t ahead = 0;
  while (view.is_any(of, {"the"_w, "this"_w, "next"_w, "my"_w, "your"_w, "our"_w, "business"_w, "working"_w, "shift"_w, "play"_w, "that"_w}) && of < text.end) {
    if (view.is(of, "next"_w)) ahead = 1;
    if (view.is_any(of, {"business"_w, "play"_w, "shift"_w, "working"_w})) {
      bool const day_follows = view.is(of + 1, "day"_w);
      DayPhrase phrase = phrase_of(tokens(day_follows ? of + 1 : of), ahead == 1 ? Day::in_business_days : Day::today, ahead);
      phrase.clock = business_end;
      return phrase;
    }
    ++of;
  }
  if (view.is_any(of, {"day"_w, "today"_w})) return phrase_of(tokens(of), ahead == 1 ? Day::in_days : Day::today, ahead);
  if (view.is(of, "tomorrow"_w)) return phrase_of(tokens(of), Day::in_days, 1);
  if (view.is(of, "week"_w)) return phrase_of(tokens(of), Day::end_of_week, ahead);
  if (view.is(of, "month"_w)) return phrase_of(tokens(of), Day::month, ahead);
  if (int const month = month_at(view, of); month > 0 && of < text.end) {
    DayPhrase phrase = phrase_of(tokens(of), Day::date);
    phrase.month = month;
    phrase.count = 0;  // its last day
    return phrase;
  }
  return std::nullopt;
}

/// "a week on friday", "a week from today".
std::optional<DayPhrase> week_from(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  bool const a_week = view.is_any(at, {"a"_w, "one"_w}) && view.is(at + 1, "week"_w) && view.is_any(at + 2, {"on"_w, "from"_w});
  if (!a_week || at + 3 >= text.end) return std::nullopt;
  if (int const weekday = weekday_at(view, at + 3); weekday >= 0) return phrase_of(4, Day::weekday_and_week, weekday);
  if (view.is_any(at + 3, {"today"_w, "now"_w})) return phrase_of(4, Day::in_days, 7);
  if (view.is(at + 3, "tomorrow"_w)) return phrase_of(4, Day::in_days, 8);
  return std::nullopt;
}

std::optional<DayPhrase> relative_phrase(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  if (view.is_any(at, {"tomorrow"_w, "tmrw"_w, "tomorrows"_w})) return phrase_of(1, Day::in_days, 1);
  if (view.is(at, "day"_w) && view.is(at + 1, "after"_w) && view.is(at + 2, "tomorrow"_w)) return phrase_of(3, Day::in_days, 2);
  if (view.is(at, "today"_w)) {
    DayPhrase phrase = phrase_of(1, Day::today);
    phrase.needs_future = true;
    return phrase;
  }
  if (view.is(at, "tonight"_w)) {
    DayPhrase phrase = phrase_of(1, Day::today);
    phrase.clock = midnight;
    phrase.needs_future = true;
    return phrase;
  }
  bool const this_one = view.is(at, "this"_w);
  bool const later = view.is(at, "later"_w);
  if (later && view.is(at + 1, "today"_w)) return phrase_of(2, Day::today);
  std::size_t const word = later && view.is(at + 1, "this"_w) ? at + 2 : at + 1;
  auto const tokens = static_cast<std::uint32_t>(word + 1 - at);
  if (this_one || (later && word == at + 2)) {
    if (auto const part = word < text.end ? day_part_at(view, word) : std::nullopt) {
      DayPhrase phrase = phrase_of(tokens, Day::today);
      phrase.clock = *part;
      phrase.needs_future = !later;
      return phrase;
    }
    bool const coming = view.is(word, "week"_w) || view.is(word, "weekend"_w) || view.is(word, "month"_w);
    if (!coming) return std::nullopt;
    DayPhrase phrase = phrase_of(tokens, view.is(word, "month"_w) ? Day::month : Day::week);
    phrase.needs_future = !later;
    return phrase;
  }
  if (view.is_any(at, {"next"_w, "following"_w})) {
    if (view.is(at + 1, "week"_w)) return phrase_of(2, Day::week, 1);
    if (view.is(at + 1, "month"_w)) return phrase_of(2, Day::month, 1);
    if (view.is(at + 1, "business"_w) && view.is(at + 2, "day"_w)) return phrase_of(3, Day::in_business_days, 1);
    if (view.is(at + 1, "working"_w) && view.is(at + 2, "day"_w)) return phrase_of(3, Day::in_business_days, 1);
    if (view.is(at + 1, "day"_w)) return phrase_of(2, Day::in_days, 1);
  }
  if (view.is(at, "the"_w) && view.is(at + 1, "weekend"_w)) return phrase_of(2, Day::week);
  return std::nullopt;
}

}  // namespace

std::optional<base::Millis> day_part_at(TokenView view, std::size_t at) {
  if (view.is(at, "morning"_w)) return noon;
  if (view.is_any(at, {"afternoon"_w, "arvo"_w})) return afternoon_end;
  if (view.is(at, "evening"_w)) return evening_end;
  if (view.is(at, "night"_w)) return midnight;
  if (view.is_any(at, {"lunchtime"_w, "lunch"_w})) return noon + 2 * base::hour;
  return std::nullopt;
}

std::optional<DayPhrase> day_at(TimeText const& text, std::size_t at) {
  if (auto phrase = weekday_phrase(text, at)) return phrase;
  if (auto phrase = week_from(text, at)) return phrase;
  if (auto phrase = end_phrase(text, at)) return phrase;
  if (auto phrase = relative_phrase(text, at)) return phrase;
  if (text.view.has_digit(at)) {
    if (auto phrase = slashed_date(text, at)) return phrase;
  }
  return date_at(text, at);
}

}  // namespace rapport::signals::detectors
