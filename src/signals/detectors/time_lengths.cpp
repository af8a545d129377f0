#include <algorithm>

#include "signals/detectors/time_phrases.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr std::int64_t thousands = 1'000;
constexpr std::int64_t few = 4;  ///< the upper end of "a few"
constexpr std::int64_t several = 7;

struct UnitWord {
  Length::Unit unit;
  bool plural;
  bool abbreviated;
};

std::optional<UnitWord> unit_at(TokenView view, std::size_t at) {
  using enum Length::Unit;
  if (!view.has(at, Trait::time_unit)) return std::nullopt;
  if (view.is_any(at, {"second"_w, "sec"_w})) return UnitWord{second, false, view.is(at, "sec"_w)};
  if (view.is_any(at, {"seconds"_w, "secs"_w})) return UnitWord{second, true, false};
  if (view.is_any(at, {"minute"_w, "min"_w})) return UnitWord{minute, false, view.is(at, "min"_w)};
  if (view.is_any(at, {"minutes"_w, "mins"_w})) return UnitWord{minute, true, false};
  if (view.is_any(at, {"hour"_w, "hr"_w})) return UnitWord{hour, false, view.is(at, "hr"_w)};
  if (view.is_any(at, {"hours"_w, "hrs"_w})) return UnitWord{hour, true, false};
  if (view.is(at, "day"_w)) return UnitWord{day, false, false};
  if (view.is(at, "days"_w)) return UnitWord{day, true, false};
  if (view.is_any(at, {"week"_w, "wk"_w})) return UnitWord{week, false, view.is(at, "wk"_w)};
  if (view.is_any(at, {"weeks"_w, "wks"_w})) return UnitWord{week, true, false};
  if (view.is(at, "month"_w)) return UnitWord{month, false, false};
  if (view.is(at, "months"_w)) return UnitWord{month, true, false};
  if (view.is_any(at, {"year"_w, "yr"_w})) return UnitWord{year, false, view.is(at, "yr"_w)};
  if (view.is_any(at, {"years"_w, "yrs"_w})) return UnitWord{year, true, false};
  return std::nullopt;
}

base::Millis millis_of(Length::Unit unit) {
  switch (unit) {
    case Length::Unit::second:
      return base::second;
    case Length::Unit::minute:
      return base::minute;
    case Length::Unit::hour:
      return base::hour;
    default:
      return 0;
  }
}

/// How many, before the unit's word.
struct Amount {
  std::size_t next = 0;  ///< the token after it
  std::int64_t thousandths = 0;
  bool range = false;
  bool article = false;  ///< "a", "an", "one"
};

/// Two numbers read as one: "24/48", and as recognisers write "twenty four forty eight", "five seven".
std::optional<std::int64_t> upper_of_two(TokenView view, NumberReading const& number) {
  if (number.paired) return number.thousandths / thousands % 100;
  std::string_view const written = view.written(number.first);
  std::size_t const slash = written.find('/');
  if (slash == std::string_view::npos) {
    bool const two_words = number.last == number.first + 1 && number.digits.size() == 2;
    if (!two_words || number.digits[1] <= number.digits[0]) return std::nullopt;
    return number.digits[1] - '0';
  }
  std::int64_t upper = 0;
  for (char const c : written.substr(slash + 1)) {
    if (c < '0' || c > '9' || upper > 1'000) return std::nullopt;
    upper = upper * 10 + (c - '0');
  }
  return upper;
}

std::optional<Amount> number_amount(TimeText const& text, std::size_t at) {
  NumberReading const* const number = text.number_at(at);
  if (number == nullptr) return std::nullopt;
  if (number->paired || !number->quantity) {
    auto const upper = upper_of_two(text.view, *number);
    if (!upper) return std::nullopt;
    return Amount{std::size_t{number->last} + 1, *upper * thousands, true, false};
  }
  Amount amount{std::size_t{number->last} + 1, number->thousandths, false, false};
  bool const joined = text.view.is_any(amount.next, {"to"_w, "or"_w, "and"_w, "till"_w});
  std::size_t const second_at = joined ? amount.next + 1 : amount.next;
  NumberReading const* const second = second_at < text.end ? text.number_at(second_at) : nullptr;
  std::string_view const gap = joined ? std::string_view{"-"} : text.view.gap_before(second_at);
  bool const dashed = gap.find('-') != std::string_view::npos || gap.find("\xE2\x80\x93") != std::string_view::npos;
  if (second != nullptr && second->quantity && !second->paired && dashed && second->thousandths > amount.thousandths) {
    amount = {std::size_t{second->last} + 1, second->thousandths, true, false};
  }
  return amount;
}

std::optional<Amount> amount_at(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  if (view.is(at, "half"_w) && view.is_any(at + 1, {"a"_w, "an"_w})) return Amount{at + 2, thousands / 2, false, false};
  if (view.is_any(at, {"couple"_w, "few"_w, "several"_w}) || (view.is(at, "a"_w) && view.is_any(at + 1, {"couple"_w, "few"_w}))) {
    std::size_t const word = view.is(at, "a"_w) ? at + 1 : at;
    std::int64_t const count = view.is(word, "couple"_w) ? 2 : view.is(word, "few"_w) ? few
                                                                                      : several;
    std::size_t next = word + 1;
    while (view.is_any(next, {"of"_w, "more"_w, "short"_w})) ++next;
    return Amount{next, count * thousands, false, false};
  }
  bool const one = view.is_any(at, {"a"_w, "an"_w, "one"_w}) && text.number_at(at) == nullptr;
  if (view.is(at, "one"_w) && view.is_any(at + 1, {"or"_w, "to"_w})) {  // "one or two days": a lone "one" is no number reading
    NumberReading const* const second = text.number_at(at + 2);
    if (second != nullptr && second->quantity) return Amount{std::size_t{second->last} + 1, second->thousandths, true, false};
  }
  if (one) return Amount{at + 1, thousands, false, true};
  return number_amount(text, at);
}

}  // namespace

std::optional<Length> length_at(TimeText const& text, std::size_t at) {
  TokenView const& view = text.view;
  if (view.is_any(at, {"fortnight"_w})) return Length{1, 2, Length::Unit::week, 0, false};
  auto amount = amount_at(text, at);
  if (!amount || amount->next >= text.end || amount->thousandths <= 0 || amount->thousandths > 1'000'000) return std::nullopt;
  std::size_t word = amount->next;
  bool business = false;
  while (view.is_any(word, {"business"_w, "working"_w, "calendar"_w, "full"_w, "more"_w, "short"_w, "whole"_w, "further"_w})) {
    business = business || view.is_any(word, {"business"_w, "working"_w});
    ++word;
  }
  if (view.is_any(word, {"fortnight"_w})) return Length{static_cast<std::uint32_t>(word + 1 - at), 2, Length::Unit::week, 0, false};
  auto const unit = word < text.end ? unit_at(view, word) : std::nullopt;
  if (!unit) return std::nullopt;
  bool const many = amount->thousandths > thousands;
  if (many && !unit->plural && !unit->abbreviated) return std::nullopt;  // "a thirty day guarantee"
  std::size_t next = word + 1;
  if (amount->article && view.is(next, "or"_w) && view.is_any(next + 1, {"two"_w, "so"_w})) {  // "a day or two"
    if (view.is(next + 1, "two"_w)) amount->thousandths = 2 * thousands;
    amount->range = true;
    next += 2;
  } else if (view.is(next, "and"_w) && view.is(next + 1, "a"_w) && view.is(next + 2, "half"_w)) {
    amount->thousandths += thousands / 2;
    next += 3;
  }
  bool const no_length = amount->article && !amount->range && amount->thousandths == thousands &&
                         (unit->unit == Length::Unit::second || unit->unit == Length::Unit::minute);
  if (no_length) return std::nullopt;  // "one second", "in a minute"
  Length length;
  length.tokens = static_cast<std::uint32_t>(next - at);
  length.unit = business && unit->unit == Length::Unit::day ? Length::Unit::business_day : unit->unit;
  length.count = std::max<std::int64_t>((amount->thousandths + thousands / 2) / thousands, 1);
  length.span = millis_of(unit->unit) * amount->thousandths / thousands;
  length.range = amount->range || business;
  return length;
}

}  // namespace rapport::signals::detectors
