#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Where a text names digits, in figures or in English words; for card_mask alone.
namespace rapport::centre {

/// Figures that stand together ("4111"), or one number word ("four", "double five"). Byte offsets.
struct DigitGroup {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string digits;
  bool follows = false;  ///< nothing but separators stands between it and the group before

  bool operator==(DigitGroup const&) const = default;
};

/// Every group of the text, in order.
std::vector<DigitGroup> digit_groups(std::string_view text);

/// Whether nothing but separators stands between `at` and a `*` before it.
bool stands_behind_star(std::string_view text, std::size_t at);

bool is_ascii_letter(char c);
bool is_ascii_digit(char c);

}  // namespace rapport::centre
