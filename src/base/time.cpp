#include "base/time.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace rapport::base {
namespace {

/// Days from 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms", days_from_civil).
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  std::int64_t const era = (year >= 0 ? year : year - 399) / 400;
  auto const year_of_era = static_cast<unsigned>(year - era * 400);
  unsigned const day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  unsigned const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + static_cast<std::int64_t>(day_of_era) - 719'468;
}

struct CivilDate {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

/// The inverse of days_from_civil (same source, civil_from_days).
CivilDate civil_from_days(std::int64_t days) {
  days += 719'468;
  std::int64_t const era = (days >= 0 ? days : days - 146'096) / 146'097;
  auto const day_of_era = static_cast<unsigned>(days - era * 146'097);
  unsigned const year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  unsigned const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  unsigned const shifted_month = (5 * day_of_year + 2) / 153;
  unsigned const day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  unsigned const month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2), month, day_of_month};
}

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

unsigned days_in_month(std::int64_t year, unsigned month) {
  constexpr std::array<unsigned, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/// `highest`: the power of ten of the first digit. REQUIRES: no more digits than that.
void append_digits(std::string& to, std::int64_t number, std::int64_t highest) {
  for (; highest > 0; highest /= 10) to += static_cast<char>('0' + number / highest % 10);
}

/// A cursor over the text; every step fails softly.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  std::optional<unsigned> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    unsigned value = 0;
    for (char const c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  bool any_of(std::string_view accepted) {
    if (rest_.empty() || accepted.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// The fraction of a second in milliseconds, digits past the third dropped.
  std::optional<unsigned> fraction() {
    unsigned value = 0;
    std::size_t count = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (count < 3) value = value * 10 + static_cast<unsigned>(rest_.front() - '0');
      ++count;
      rest_.remove_prefix(1);
    }
    if (count == 0) return std::nullopt;
    for (; count < 3; ++count) value *= 10;
    return value;
  }

  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// The offset from UTC in minutes, or nothing where neither `Z` nor ±hh:mm stands.
std::optional<Millis> parse_offset(Cursor& cursor) {
  if (cursor.any_of("Zz")) return 0;
  Millis const sign = cursor.peek() == '-' ? -1 : 1;
  if (!cursor.any_of("+-")) return std::nullopt;
  auto const hours = cursor.digits(2);
  if (!hours || *hours > 23 || !cursor.any_of(":")) return std::nullopt;
  auto const minutes = cursor.digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * static_cast<Millis>(*hours * 60 + *minutes);
}

std::optional<Instant> parse(std::string_view text) {
  Cursor cursor{text};
  auto const year = cursor.digits(4);
  if (!year || *year == 0 || !cursor.any_of("-")) return std::nullopt;
  auto const month = cursor.digits(2);
  if (!month || *month < 1 || *month > 12 || !cursor.any_of("-")) return std::nullopt;
  auto const day_of_month = cursor.digits(2);
  if (!day_of_month || *day_of_month < 1 || *day_of_month > days_in_month(*year, *month)) return std::nullopt;
  if (!cursor.any_of("Tt ")) return std::nullopt;
  auto const hours = cursor.digits(2);
  if (!hours || *hours > 23 || !cursor.any_of(":")) return std::nullopt;
  auto const minutes = cursor.digits(2);
  if (!minutes || *minutes > 59 || !cursor.any_of(":")) return std::nullopt;
  auto const seconds = cursor.digits(2);
  if (!seconds || *seconds > 60) return std::nullopt;
  unsigned fraction = 0;
  if (cursor.any_of(".")) {
    auto const parsed = cursor.fraction();
    if (!parsed) return std::nullopt;
    fraction = *parsed;
  }
  auto const offset = parse_offset(cursor);
  if (!offset || !cursor.done()) return std::nullopt;
  Millis const days = days_from_civil(*year, *month, *day_of_month);
  return Instant{days * day + *hours * hour + *minutes * minute + *seconds * second + fraction -
                 *offset * minute};
}

}  // namespace

Result<Instant> parse_rfc3339(std::string_view text) {
  if (auto const instant = parse(text)) return *instant;
  return Error{fmt::format("\"{}\" is no date and time; expected RFC 3339, e.g. 2026-03-02T09:15:00Z",
                           text.substr(0, 40))};
}

std::string format_rfc3339(Instant instant) {
  Millis days = instant.since_epoch / day;
  Millis rest = instant.since_epoch % day;
  if (rest < 0) {
    rest += day;
    --days;
  }
  CivilDate const date = civil_from_days(days);
  // By hand: half of what a formatting library takes for it, and every event has some.
  std::string text;
  text.reserve(sizeof "2026-01-01T00:00:00.000Z");
  bool const four_digits = date.year >= 0 && date.year <= 9'999;
  if (four_digits)
    append_digits(text, date.year, 1'000);
  else
    text += fmt::format("{:04}", date.year);
  append_digits(text += '-', date.month, 10);
  append_digits(text += '-', date.day, 10);
  append_digits(text += 'T', rest / hour, 10);
  append_digits(text += ':', rest % hour / minute, 10);
  append_digits(text += ':', rest % minute / second, 10);
  if (rest % second != 0) append_digits(text += '.', rest % second, 100);
  return text += 'Z';
}

std::string format_clock(Millis at_ms) {
  Millis const seconds = at_ms < 0 ? 0 : at_ms / second;
  return fmt::format("{:02}:{:02}", seconds / 60, seconds % 60);
}

}  // namespace rapport::base
