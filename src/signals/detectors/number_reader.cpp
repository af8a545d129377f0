#include "signals/detectors/number_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace rapport::signals::detectors {
namespace {

constexpr std::int64_t thousand = 1'000;
constexpr std::size_t quantity_digits_max = 15;

struct NumberWord {
  std::uint64_t word;
  std::int64_t value;
};
constexpr auto small_numbers = std::to_array<NumberWord>(
    {{"zero"_w, 0}, {"nought"_w, 0}, {"naught"_w, 0}, {"one"_w, 1}, {"two"_w, 2}, {"three"_w, 3}, {"four"_w, 4}, {"five"_w, 5}, {"six"_w, 6}, {"seven"_w, 7}, {"eight"_w, 8}, {"nine"_w, 9}, {"ten"_w, 10}, {"eleven"_w, 11}, {"twelve"_w, 12}, {"thirteen"_w, 13}, {"fourteen"_w, 14}, {"fifteen"_w, 15}, {"sixteen"_w, 16}, {"seventeen"_w, 17}, {"eighteen"_w, 18}, {"nineteen"_w, 19}, {"twenty"_w, 20}, {"thirty"_w, 30}, {"forty"_w, 40}, {"fifty"_w, 50}, {"sixty"_w, 60}, {"seventy"_w, 70}, {"eighty"_w, 80}, {"ninety"_w, 90}});

/// 0 to 90 by a word of its own.
std::optional<std::int64_t> small_number(TokenView view, std::size_t at) {
  if (!view.has(at, Trait::number)) return std::nullopt;
  auto const found = std::ranges::find(small_numbers, view.hash(at), &NumberWord::word);
  if (found == small_numbers.end()) return std::nullopt;
  return found->value;
}

std::int64_t scale(TokenView view, std::size_t at) {
  if (view.is(at, "hundred"_w)) return 100;
  if (view.is(at, "thousand"_w)) return thousand;
  if (view.is(at, "million"_w)) return thousand * thousand;
  if (view.is(at, "billion"_w)) return thousand * thousand * thousand;
  return 0;
}

/// Reads what was said in words from one position on.
class SpokenReader {
 public:
  SpokenReader(TokenView view, std::size_t at, std::size_t end) : view_(view), at_(at), end_(end) {}

  /// The number in words that begins here; nothing if none does.
  std::optional<NumberReading> read() {
    std::size_t const first = at_;
    NumberReading reading;
    if (digit_by_digit(reading)) {
      reading.first = static_cast<std::uint32_t>(first);
      reading.last = static_cast<std::uint32_t>(at_) - 1;
      return reading;
    }
    at_ = first;
    auto const whole = cardinal();
    if (!whole) return std::nullopt;
    std::int64_t value = *whole;
    reading.digits = std::to_string(value);
    reading.thousandths = value * thousand;
    reading.quantity = true;
    if (view_.is(at_, "point"_w) && at_ + 1 < end_ && small_number(view_, at_ + 1)) {
      read_decimals(reading);
    } else {
      read_pair(reading, value);
    }
    reading.first = static_cast<std::uint32_t>(first);
    reading.last = static_cast<std::uint32_t>(at_) - 1;
    return reading;
  }

 private:
  /// "four four oh one", "double seven two": at least two figures, each said alone.
  bool digit_by_digit(NumberReading& reading) {
    std::size_t said = 0;
    while (at_ < end_) {
      std::size_t times = 1;
      std::size_t word = at_;
      if (view_.is(word, "double"_w)) times = 2;
      if (view_.is_any(word, {"triple"_w, "treble"_w})) times = 3;
      if (times > 1) ++word;
      auto digit = small_number(view_, word);
      bool const oh = view_.is_any(word, {"oh"_w, "o"_w}) && (said > 0 || times > 1);
      if (oh) digit = 0;
      if (!digit || *digit > 9) break;
      bool const part_of_larger = scale(view_, word + 1) > 0;
      if (part_of_larger) break;
      reading.digits.append(times, static_cast<char>('0' + *digit));
      said += times;
      at_ = word + 1;
    }
    if (said < 2) return false;
    return !small_number(view_, at_) || said > 2;  // "two twenty" is no pair of figures
  }

  /// Twenty-one hundred, three thousand and five: the longest reading.
  std::optional<std::int64_t> cardinal() {
    std::int64_t total = 0;
    std::int64_t group = 0;
    bool any = false;
    bool tens_open = false;  // a unit may follow: "twenty" … "one"
    bool below_hundred_done = false;
    while (at_ < end_) {
      std::int64_t const factor = scale(view_, at_);
      if (factor > 0) {
        bool const article = !any && at_ > 0 && view_.is(at_ - 1, "a"_w);
        if (!any && !article) break;
        if (factor == 100) {
          if (group >= 100) break;
          group = std::max<std::int64_t>(group, 1) * 100;
        } else {
          total += std::max<std::int64_t>(group, 1) * factor;
          group = 0;
        }
        any = true;
        tens_open = below_hundred_done = false;
        ++at_;
        bool const goes_on = view_.is(at_, "and"_w) && small_number(view_, at_ + 1);
        if (goes_on) ++at_;
        continue;
      }
      auto const small = small_number(view_, at_);
      if (!small) break;
      bool const unit_after_tens = tens_open && *small > 0 && *small < 10;
      if (below_hundred_done && !unit_after_tens) break;
      group += *small;
      any = true;
      tens_open = *small >= 20;
      below_hundred_done = true;
      ++at_;
    }
    if (!any) return std::nullopt;
    return total + group;
  }

  void read_decimals(NumberReading& reading) {
    ++at_;
    reading.digits += '.';
    std::int64_t unit = 100;
    while (at_ < end_) {
      auto const digit = small_number(view_, at_);
      if (!digit || *digit > 9) break;
      reading.digits += static_cast<char>('0' + *digit);
      reading.thousandths += *digit * unit;
      unit /= 10;
      ++at_;
    }
  }

  /// "nineteen eighty", "twenty four ninety nine", "six oh five": two numbers run together.
  void read_pair(NumberReading& reading, std::int64_t value) {
    bool const oh = view_.is_any(at_, {"oh"_w, "o"_w}) && small_number(view_, at_ + 1);
    if (value < 1 || value > 99 || (!oh && !small_number(view_, at_))) return;
    if (oh) ++at_;
    std::size_t const before = at_;
    auto const second = cardinal();
    if (!second || *second > 99 || (!oh && *second < 10)) {
      at_ = oh ? before - 1 : before;
      return;
    }
    reading.digits += oh ? "0" + std::to_string(*second) : std::to_string(*second);
    reading.thousandths = (value * 100 + *second) * thousand;
    reading.paired = true;
  }

  TokenView view_;
  std::size_t at_;
  std::size_t end_;
};

/// The value of figures with a decimal point; nothing for times, dates and codes.
std::optional<std::int64_t> value_of_figures(std::string_view text) {
  constexpr int decimals_kept = 3;
  std::int64_t whole = 0;
  std::int64_t fraction = 0;
  std::size_t figures = 0;
  int decimals = -1;  // before the point
  for (char const c : text) {
    if (c == ',') continue;
    if (c == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9' || ++figures > quantity_digits_max) return std::nullopt;
    if (decimals < 0) {
      whole = whole * 10 + (c - '0');
    } else if (decimals < decimals_kept) {
      fraction = fraction * 10 + (c - '0');
      ++decimals;
    }
  }
  for (; decimals >= 0 && decimals < decimals_kept; ++decimals) fraction *= 10;
  return whole * thousand + fraction;
}

NumberReading read_figures(TokenView view, std::size_t at) {
  NumberReading reading;
  reading.first = reading.last = static_cast<std::uint32_t>(at);
  std::string_view const written = view.written(at);
  for (char const c : written) {
    bool const keep = (c >= '0' && c <= '9') || c == '.' || (c >= 'a' && c <= 'z');
    if (keep) reading.digits += c;
    if (c >= 'A' && c <= 'Z') reading.digits += static_cast<char>(c - 'A' + 'a');
  }
  if (auto const value = value_of_figures(written)) {
    reading.quantity = true;
    reading.thousandths = *value;
  }
  return reading;
}

}  // namespace

void find_numbers(TokenView view, std::vector<NumberReading>& numbers) {
  std::size_t sentence_end = 0;
  std::size_t sentence = 0;
  constexpr Traits told{Trait::number, Trait::digit};
  for (std::size_t at = 0; at < view.size();) {
    if (!view.has_any(at, told) && !view.has_any(at + 1, told)) {  // "a" may begin "a hundred"
      ++at;
      continue;
    }
    while (at >= sentence_end && sentence < view.words().sentences.size()) {
      Sentence const& next = view.words().sentences[sentence++];
      sentence_end = next.first_token + next.token_count;
    }
    bool const article = view.is(at, "a"_w) && scale(view, at + 1) > 0;
    if (view.has(at, Trait::number) || article) {
      std::size_t const from = article ? at + 1 : at;
      auto reading = SpokenReader{view, from, sentence_end}.read();
      bool const pronoun = reading && reading->digits == "1" && view.is(at, "one"_w);
      if (reading && !pronoun) {
        if (article) reading->first = static_cast<std::uint32_t>(at);
        at = reading->last + std::size_t{1};
        numbers.push_back(std::move(*reading));
        continue;
      }
    } else if (view.has_digit(at)) {
      numbers.push_back(read_figures(view, at));
    }
    ++at;
  }
}

}  // namespace rapport::signals::detectors
