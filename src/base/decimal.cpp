#include "base/decimal.hpp"

#include <algorithm>

namespace rapport::base {
namespace {

constexpr std::size_t whole_digits_max = 15;
constexpr std::size_t part_digits_max = 3;

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::int64_t> parse_thousandths(std::string_view text) {
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::size_t const point = std::min(text.find('.'), text.size());
  std::string_view const whole = text.substr(0, point);
  std::string_view const part = point < text.size() ? text.substr(point + 1) : std::string_view{"0"};
  bool const good = !whole.empty() && whole.size() <= whole_digits_max && !part.empty() && part.size() <= part_digits_max &&
                    is_digits(whole) && is_digits(part);
  if (!good) return std::nullopt;
  std::int64_t value = 0;
  for (char const c : whole) value = value * 10 + (c - '0');
  for (std::size_t index = 0; index < part_digits_max; ++index) value = value * 10 + (index < part.size() ? part[index] - '0' : 0);
  return negative ? -value : value;
}

}  // namespace rapport::base
