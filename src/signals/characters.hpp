#pragma once

#include <array>
#include <cstdint>

/// What an ASCII byte is to the tokeniser.
namespace rapport::signals {

enum class CharKind : std::uint8_t {
  // After a word, these end it and no more need be asked.
  separator,
  stop,
  opener,
  symbol,
  letter,
  // After a word, these may go on with it.
  digit,
  apostrophe,
  dot,
  joiner,
  beyond_ascii,
};

inline constexpr std::array<CharKind, 256> char_kinds = [] {
  std::array<CharKind, 256> kinds{};
  for (unsigned c = 0; c < 256; ++c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) kinds[c] = CharKind::letter;
    if (c >= '0' && c <= '9') kinds[c] = CharKind::digit;
    if (c >= 0x80) kinds[c] = CharKind::beyond_ascii;
  }
  for (char const c : {'!', '?', ';', '\n', '\r'}) kinds[static_cast<unsigned char>(c)] = CharKind::stop;
  for (char const c : {'[', '<'}) kinds[static_cast<unsigned char>(c)] = CharKind::opener;
  for (char const c : {'%', '&'}) kinds[static_cast<unsigned char>(c)] = CharKind::symbol;
  for (char const c : {'-', '@', '_', '+', ':', '/'}) kinds[static_cast<unsigned char>(c)] = CharKind::joiner;
  kinds['\''] = CharKind::apostrophe;
  kinds['.'] = CharKind::dot;
  return kinds;
}();

constexpr CharKind kind_of(char c) { return char_kinds[static_cast<unsigned char>(c)]; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return kind_of(c) == CharKind::letter; }
constexpr bool is_alnum(char c) { return is_digit(c) || is_letter(c); }
constexpr char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace rapport::signals
