#include "timeline/formats/clock_text.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

#include "base/limits.hpp"

namespace rapport::timeline::formats {
namespace {

using base::Millis;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes digits from the front; nothing where there is none or more than nine.
std::optional<Millis> take_number(std::string_view& text) {
  constexpr std::size_t digits_max = 9;
  std::size_t length = 0;
  Millis value = 0;
  while (length < text.size() && is_digit(text[length])) {
    if (length == digits_max) return std::nullopt;
    value = value * 10 + (text[length++] - '0');
  }
  if (length == 0) return std::nullopt;
  text.remove_prefix(length);
  return value;
}

/// Takes a fraction after its point or comma, in milliseconds; 0 where there is none.
Millis take_fraction(std::string_view& text) {
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !is_digit(text[1])) return 0;
  text.remove_prefix(1);
  Millis millis = 0;
  Millis unit = base::second / 10;
  while (!text.empty() && is_digit(text.front())) {
    millis += unit * (text.front() - '0');
    unit /= 10;
    text.remove_prefix(1);
  }
  return millis;
}

/// Two digits, less than sixty.
std::optional<Millis> take_sixtieth(std::string_view& text) {
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
  Millis const value = (text[0] - '0') * 10 + (text[1] - '0');
  text.remove_prefix(2);
  return value < 60 ? std::optional{value} : std::nullopt;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// Takes AM or PM, "9:15 pm"; tells the milliseconds to add.
std::optional<Millis> take_half_day(std::string_view& text, Millis hours) {
  std::string_view rest = text;
  take(rest, ' ');
  if (rest.size() < 2 || (rest[1] != 'M' && rest[1] != 'm')) return std::nullopt;
  bool const afternoon = rest[0] == 'P' || rest[0] == 'p';
  if (!afternoon && rest[0] != 'A' && rest[0] != 'a') return std::nullopt;
  if (rest.size() > 2 && ((rest[2] >= 'a' && rest[2] <= 'z') || (rest[2] >= 'A' && rest[2] <= 'Z'))) return std::nullopt;
  if (hours < 1 || hours > 12) return std::nullopt;
  text = rest.substr(2);
  return (afternoon ? 12 : 0) * base::hour - (hours == 12 ? 12 * base::hour : 0);
}

/// A time of day as milliseconds since midnight, in the words' own time zone.
struct DayTime {
  Millis since_midnight = 0;
  std::size_t length = 0;
  bool to_the_minute = false;  ///< "09:15"
};

std::optional<DayTime> read_day_time(std::string_view text) {
  auto const clock = read_clock(text);
  if (!clock) return std::nullopt;
  std::string_view const read = text.substr(0, clock->length);
  bool const to_the_minute = !clock->time_of_day && read.find(':') == read.rfind(':');
  Millis const since_midnight = to_the_minute ? clock->millis * (base::hour / base::minute) : clock->millis;
  return since_midnight < base::day ? std::optional{DayTime{since_midnight, clock->length, to_the_minute}} : std::nullopt;
}

/// Takes "Z", or "+01:00" or "-0800" perhaps after a blank; 0 where there is none. Offsets are whole
/// quarters of an hour, up to 14 hours; nor is it one if it may as well end a range, "09:15-09:30".
Millis take_offset(std::string_view& text, std::optional<Millis> range_from) {
  constexpr Millis offset_max = 14 * base::hour;
  if (take(text, 'Z')) return 0;
  std::string_view rest = text;
  take(rest, ' ');
  bool const behind = !rest.empty() && rest.front() == '-';
  if (!behind && (rest.empty() || rest.front() != '+')) return 0;
  rest.remove_prefix(1);
  auto const hours = take_sixtieth(rest);
  bool const colon = take(rest, ':');
  auto const minutes = take_sixtieth(rest);
  if (!hours || !minutes || (!rest.empty() && (is_digit(rest.front()) || rest.front() == ':'))) return 0;
  Millis const offset = *hours * base::hour + *minutes * base::minute;
  bool const range = behind && colon && range_from && offset >= *range_from;
  if (range || offset > offset_max || offset % (base::hour / 4) != 0) return 0;
  text = rest;
  return behind ? -offset : offset;
}

std::optional<unsigned> month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (unsigned index = 0; index < months.size(); ++index) {
    if (months[index] == name) return index + 1;
  }
  return std::nullopt;
}

/// "Mon, 23 May 2022 20:09:01 +0000" as RFC 3339; empty where the text is none.
std::string from_mail_date(std::string_view text) {
  if (auto const comma = text.find(','); comma != std::string_view::npos) text.remove_prefix(comma + 1);
  while (take(text, ' ')) continue;
  auto const day = take_number(text);
  if (!day || *day > 31 || !take(text, ' ') || text.size() < 3) return {};
  auto const month = month_of(text.substr(0, 3));
  text.remove_prefix(3);
  if (!month || !take(text, ' ')) return {};
  auto const year = take_number(text);
  if (!year || *year > 9999 || !take(text, ' ') || text.size() < 8) return {};
  std::string_view const time = text.substr(0, 8);
  text.remove_prefix(8);
  while (take(text, ' ')) continue;
  std::string const offset = text.empty() || text == "GMT" || text == "UTC" ? std::string{"Z"} : std::string{text};
  return fmt::format("{:04}-{:02}-{:02}T{}{}", *year, *month, *day, time, offset);
}

/// "+0000" as "+00:00".
std::string with_colon_in_offset(std::string text) {
  if (text.size() > 5) {
    char const sign = text[text.size() - 5];
    if ((sign == '+' || sign == '-') && text.find(':', text.size() - 5) == std::string::npos) text.insert(text.size() - 2, ":");
  }
  return text;
}

}  // namespace

std::optional<ClockText> read_clock(std::string_view text) {
  std::string_view rest = text;
  auto const first = take_number(rest);
  if (!first || *first > 99'999 || !take(rest, ':')) return std::nullopt;
  auto const second = take_sixtieth(rest);
  if (!second) return std::nullopt;
  Millis millis = *first * base::minute + *second * base::second;
  bool hours = false;
  std::string_view after = rest;
  if (take(after, ':')) {
    if (auto const third = take_sixtieth(after)) {
      millis = *first * base::hour + *second * base::minute + *third * base::second;
      hours = true;
      rest = after;
    }
  }
  bool time_of_day = false;
  if (auto const half = take_half_day(rest, *first)) {
    if (!hours) millis = *first * base::hour + *second * base::minute;
    millis += *half;
    time_of_day = true;
  } else {
    millis += take_fraction(rest);
  }
  return ClockText{millis, text.size() - rest.size(), time_of_day};
}

std::optional<DatedClockText> read_dated_clock(std::string_view text) {
  std::string_view rest = text;
  auto const first = take_number(rest);
  char const mark = rest.empty() ? '\0' : rest.front();
  if (!first || (mark != '-' && mark != '/' && mark != '.')) return std::nullopt;
  rest.remove_prefix(1);
  auto const month = take_number(rest);
  if (!month || *month > 12 || !take(rest, mark)) return std::nullopt;
  auto const last = take_number(rest);
  bool const day_first = mark == '.';
  if (!last || (day_first ? *last : *first) < 1'970 || (day_first ? *last : *first) > 9'999) return std::nullopt;
  auto const date = base::parse_rfc3339(fmt::format("{:04}-{:02}-{:02}T00:00:00Z", day_first ? *last : *first, *month, day_first ? *first : *last));
  take(rest, ',');
  bool const of_machines = take(rest, 'T');
  if (!date || (!of_machines && !take(rest, ' '))) return std::nullopt;
  auto const time = read_day_time(rest);
  if (!time) return std::nullopt;
  rest.remove_prefix(time->length);
  auto const range_from = time->to_the_minute && !of_machines ? std::optional{time->since_midnight} : std::nullopt;
  Millis const midnight = date->since_epoch - take_offset(rest, range_from);
  return DatedClockText{midnight + time->since_midnight, text.size() - rest.size(), midnight};
}

std::optional<DatedClockText> read_clock_after(DatedClockText const& start, std::string_view text) {
  auto const time = read_day_time(text);
  if (!time) return std::nullopt;
  Millis const same_day = start.midnight + time->since_midnight;
  bool const over_midnight = same_day + base::day / 2 < start.millis;
  return DatedClockText{same_day + (over_midnight ? base::day : 0), time->length, start.midnight};
}

std::optional<Millis> parse_duration(std::string_view text) {
  if (!take(text, 'P')) return std::nullopt;
  Millis total = 0;
  bool in_time = false;
  bool any = false;
  while (!text.empty()) {
    if (!in_time && take(text, 'T')) {
      in_time = true;
      continue;
    }
    auto const number = take_number(text);
    if (!number) return std::nullopt;
    Millis const fraction = take_fraction(text);
    if (!in_time && take(text, 'D')) {
      total += *number * base::day;
    } else if (in_time && take(text, 'H')) {
      total += *number * base::hour;
    } else if (in_time && take(text, 'M')) {
      total += *number * base::minute;
    } else if (in_time && take(text, 'S')) {
      total += *number * base::second + fraction;
    } else {
      return std::nullopt;
    }
    if (total > limits::interaction_span_max) return std::nullopt;
    any = true;
  }
  return any ? std::optional{total} : std::nullopt;
}

std::optional<base::Instant> parse_moment(std::string_view text) {
  constexpr std::size_t moment_bytes_max = 64;
  if (text.empty() || text.size() > moment_bytes_max) return std::nullopt;
  std::string const mail = from_mail_date(text);
  for (std::string const& form : {std::string{text}, std::string{text} + "Z", with_colon_in_offset(std::string{text}), with_colon_in_offset(mail)}) {
    if (auto const instant = base::parse_rfc3339(form)) return *instant;
  }
  return std::nullopt;
}

}  // namespace rapport::timeline::formats
