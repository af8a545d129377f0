#include "playbook/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <utility>

#include "base/decimal.hpp"
#include "base/limits.hpp"

namespace rapport::playbook {
namespace {

constexpr std::int64_t quantity_max = 1'000'000'000'000;  // thousandths; hours of it in milliseconds fit 64 bits

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trim(std::string_view text) {
  std::size_t const first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// Milliseconds of one unit of time, 0 if it is none.
base::Millis millis_of(std::string_view unit) {
  constexpr std::array<std::pair<std::string_view, base::Millis>, 4> units{
      {{"ms", 1}, {"s", base::second}, {"min", base::minute}, {"h", base::hour}}};
  for (auto const& [name, millis] : units) {
    if (name == unit) return millis;
  }
  return 0;
}

/// A band's end in thousandths of its measure; nothing for a unit that no measure has.
std::optional<std::int64_t> to_measure(Quantity quantity) {
  if (quantity.unit.empty() || quantity.unit == "words" || quantity.unit == "wpm") return quantity.thousandths;
  if (quantity.unit == "%") return quantity.thousandths % 100 == 0 ? std::optional(quantity.thousandths / 100) : std::nullopt;
  base::Millis const unit = millis_of(quantity.unit);
  if (unit == 0 || quantity.thousandths * unit % 1'000 != 0) return std::nullopt;
  return quantity.thousandths * unit / 1'000;
}

struct Ends {
  std::string_view low;
  std::string_view high;
};

std::optional<Ends> split_ends(std::string_view text) {
  std::size_t const dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  return Ends{trim(text.substr(0, dots)), trim(text.substr(dots + 2))};
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) {
  text = trim(text);
  std::size_t length = text.starts_with('-') ? 1 : 0;
  while (length < text.size() && (is_digit(text[length]) || text[length] == '.')) ++length;
  auto const number = base::parse_thousandths(text.substr(0, length));
  if (!number || std::abs(*number) > quantity_max) return std::nullopt;
  return Quantity{*number, trim(text.substr(length))};
}

bool is_time_unit(std::string_view unit) { return millis_of(unit) != 0; }

std::optional<base::Millis> to_millis(Quantity quantity) {
  base::Millis const unit = millis_of(quantity.unit);
  if (unit == 0 || quantity.thousandths < 0 || quantity.thousandths * unit % 1'000 != 0) return std::nullopt;
  base::Millis const span = quantity.thousandths * unit / 1'000;
  return span <= limits::interaction_span_max ? std::optional(span) : std::nullopt;
}

std::optional<base::Millis> parse_millis(std::string_view text) {
  auto const quantity = parse_quantity(text);
  return quantity ? to_millis(*quantity) : std::nullopt;
}

std::optional<Band> parse_band(std::string_view text) {
  auto const ends = split_ends(text);
  if (!ends || (ends->low.empty() && ends->high.empty())) return std::nullopt;
  Band band;
  std::string_view unit;
  if (!ends->high.empty()) {
    auto const high = parse_quantity(ends->high);
    if (!high) return std::nullopt;
    unit = high->unit;
    band.high = to_measure(*high);
    if (!band.high) return std::nullopt;
  }
  if (!ends->low.empty()) {
    auto low = parse_quantity(ends->low);
    if (!low) return std::nullopt;
    if (low->unit.empty()) low->unit = unit;
    band.low = to_measure(*low);
    if (!band.low) return std::nullopt;
  }
  bool const upside_down = band.low && band.high && *band.low > *band.high;
  return upside_down ? std::nullopt : std::optional(band);
}

std::optional<Band> parse_count_band(std::string_view text) {
  auto const count = [](std::string_view end) -> std::optional<std::int64_t> {
    auto const quantity = parse_quantity(end);
    bool const good = quantity && quantity->unit.empty() && quantity->thousandths >= 0 && quantity->thousandths % 1'000 == 0 &&
                      quantity->thousandths <= 1'000'000'000;
    return good ? std::optional(quantity->thousandths / 1'000) : std::nullopt;
  };
  auto const ends = split_ends(text);
  if (!ends) {
    auto const exact = count(text);
    return exact ? std::optional(Band{exact, exact}) : std::nullopt;
  }
  Band const band{count(ends->low), count(ends->high)};
  bool const bad_end = (!band.low && !ends->low.empty()) || (!band.high && !ends->high.empty());
  bool const open = !band.low && !band.high;
  bool const upside_down = band.low && band.high && *band.low > *band.high;
  return bad_end || open || upside_down ? std::nullopt : std::optional(band);
}

std::string write_thousandths(std::int64_t thousandths) {
  std::string text = fmt::format("{}{}", thousandths < 0 ? "-" : "", std::abs(thousandths) / 1'000);
  std::int64_t const fraction = std::abs(thousandths) % 1'000;
  if (fraction == 0) return text;
  text += fmt::format(".{:03}", fraction);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string write_millis(base::Millis span) {
  if (span != 0 && span % base::hour == 0) return fmt::format("{} h", span / base::hour);
  if (span >= 10 * base::minute && span % base::minute == 0) return fmt::format("{} min", span / base::minute);
  if (span >= base::second) return fmt::format("{} s", write_thousandths(span));
  return fmt::format("{} ms", span);
}

}  // namespace rapport::playbook
