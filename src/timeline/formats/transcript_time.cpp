#include "timeline/formats/transcript_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/limits.hpp"
#include "timeline/formats/clock_text.hpp"

namespace rapport::timeline::formats {
namespace {

using simdjson::SUCCESS;
using simdjson::dom::element_type;

constexpr double value_max = 1e15;                       // keeps thousandths within 64 bits
constexpr std::int64_t epoch_seconds_min = 100'000'000;  // 1973; no recording is that long
constexpr std::int64_t epoch_millis_min = 100'000'000'000;

/// The factor from the key's unit to milliseconds; 0 where it names none.
double unit_of_key(std::string_view key) {
  struct Ending {
    std::string_view text;
    double millis;
  };
  constexpr std::array<Ending, 9> endings{{{"ms", 1}, {"msec", 1}, {"millis", 1}, {"milliseconds", 1}, {"ticks", 1e-4}, {"seconds", 1e3}, {"secs", 1e3}, {"sec", 1e3}, {"nanos", 1e-6}}};
  for (Ending const& ending : endings) {
    if (key.ends_with(ending.text) && key.size() > ending.text.size()) return ending.millis;
  }
  return 0;
}

std::optional<LooseTime> of_number(std::string_view key, double number, bool whole) {
  if (!(std::fabs(number) < value_max) || number < 0) return std::nullopt;
  if (double const factor = unit_of_key(key); factor > 0 && number * factor < static_cast<double>(epoch_millis_min)) {
    return LooseTime{LooseTime::Unit::millis, std::llround(number * factor)};
  }
  if (number >= static_cast<double>(epoch_millis_min)) return LooseTime{LooseTime::Unit::moment, std::llround(number)};
  if (number >= static_cast<double>(epoch_seconds_min)) return LooseTime{LooseTime::Unit::moment, std::llround(number * 1e3)};
  if (!whole) return LooseTime{LooseTime::Unit::millis, std::llround(number * 1e3)};  // a fraction is of a second
  return LooseTime{LooseTime::Unit::bare, std::llround(number) * 1'000};
}

std::optional<LooseTime> of_text(std::string_view key, std::string_view text) {
  double number = 0;
  auto const parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view const rest = text.substr(static_cast<std::size_t>(parsed.ptr - text.data()));
  if (parsed.ec == std::errc{} && (rest.empty() || rest == "s" || rest == "ms")) {
    if (rest == "s") return of_number("seconds of s", number, false);
    if (rest == "ms") return of_number("in ms", number, false);
    return of_number(key, number, text.find('.') == std::string_view::npos);
  }
  if (auto const clock = read_clock(text); clock && clock->length == text.size()) return LooseTime{LooseTime::Unit::millis, clock->millis};
  if (auto const duration = parse_duration(text)) return LooseTime{LooseTime::Unit::millis, *duration};
  if (auto const moment = parse_moment(text)) return LooseTime{LooseTime::Unit::moment, moment->since_epoch};
  return std::nullopt;
}

std::int64_t whole_of(JsonElement element) {
  std::int64_t whole = 0;
  if (element.get(whole) == SUCCESS) return whole;
  std::string_view text;
  if (element.get(text) == SUCCESS) std::from_chars(text.data(), text.data() + text.size(), whole);
  return whole;
}

std::optional<LooseTime> of_object(JsonElement element) {
  JsonElement part;
  std::int64_t millis = 0;
  bool const has_seconds = element["seconds"].get(part) == SUCCESS;
  if (has_seconds) {
    std::int64_t const seconds = whole_of(part);
    if (seconds < 0 || seconds > limits::interaction_span_max) return std::nullopt;
    millis += seconds * base::second;
  }
  bool const has_millis = element["milliseconds"].get(part) == SUCCESS;
  if (has_millis) millis += std::clamp<std::int64_t>(whole_of(part), 0, limits::interaction_span_max);
  if (element["nanos"].get(part) == SUCCESS) millis += std::clamp<std::int64_t>(whole_of(part) / 1'000'000, 0, base::second);
  return has_seconds || has_millis ? std::optional{LooseTime{LooseTime::Unit::millis, millis}} : std::nullopt;
}

}  // namespace

std::string plain_key(std::string_view key) {
  std::string plain;
  for (char const c : key) {
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c + ('a' - 'A'));
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  }
  return plain;
}

std::optional<LooseTime> read_loose_time(std::string_view key, JsonElement element) {
  switch (element.type()) {
    case element_type::STRING:
      return of_text(key, element.get_string().value_unsafe());
    case element_type::INT64:
    case element_type::UINT64:
      return of_number(key, element.get_double().value_unsafe(), true);
    case element_type::DOUBLE:
      return of_number(key, element.get_double().value_unsafe(), false);
    case element_type::OBJECT:
      return of_object(element);
    default:
      return std::nullopt;
  }
}

base::Millis to_millis(LooseTime time, BareUnit bare, base::Instant origin) {
  switch (time.unit) {
    case LooseTime::Unit::millis:
      return time.value;
    case LooseTime::Unit::moment:
      return std::max<base::Millis>(time.value - origin.since_epoch, 0);
    case LooseTime::Unit::bare:
      return bare == BareUnit::seconds ? time.value : time.value / 1'000;
  }
  return 0;
}

}  // namespace rapport::timeline::formats
