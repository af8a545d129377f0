#include "evaluation/terminal.hpp"

#include <algorithm>
#include <cstdint>

namespace rapport::evaluation::terminal {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Length of the well-formed character that begins the text; 0 if none does.
std::size_t character_length(std::string_view text) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned const lead = byte(0);
  std::size_t const length = lead < 0x80 ? 1 : lead < 0xC2 ? 0
                                           : lead < 0xE0   ? 2
                                           : lead < 0xF0   ? 3
                                           : lead < 0xF5   ? 4
                                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[i])) return 0;
  }
  bool const overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  bool const impossible = (lead == 0xED && byte(1) > 0x9F) || (lead == 0xF4 && byte(1) > 0x8F);
  return overlong || impossible ? 0 : length;
}

/// C0, DEL, C1 (U+0080 to U+009F), spaces, line and paragraph separator, and what turns the
/// direction of the text after it (U+202A to U+202E, U+2066 to U+2069).
bool is_blank(std::string_view character) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  unsigned const lead = byte(0);
  if (character.size() == 1) return lead <= 0x20 || lead == 0x7F;
  if (character.size() == 2) return lead == 0xC2 && byte(1) < 0xA0;
  if (character.size() != 3 || lead != 0xE2) return false;
  return (byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) || (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
}

/// Bytes of the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (continues(text[at])) continue;
    if (count-- == 0) break;
  }
  return at;
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  bool blank = false;
  while (!text.empty()) {
    std::size_t const length = character_length(text);
    std::string_view const character = length == 0 ? replacement : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
    if (is_blank(character)) {
      blank = !line.empty();
      continue;
    }
    if (blank) line += ' ';
    blank = false;
    line += character;
  }
  return line;
}

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !continues(c); }));
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::string cut(text.substr(0, bytes_of(text, columns - 1)));
  cut.erase(cut.find_last_not_of(' ') + 1);
  return cut + "…";
}

std::string padded(std::string_view text, std::size_t columns) {
  std::string line(text);
  std::size_t const used = width(text);
  if (used < columns) line.append(columns - used, ' ');
  return line;
}

std::string wrapped(std::string_view text, std::size_t columns, std::string_view indent) {
  std::string lines;
  std::string line(indent);
  bool empty = true;
  while (!text.empty()) {
    std::size_t const end = std::min(text.find(' '), text.size());
    std::string_view const word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (!empty && width(line) + 1 + width(word) > columns) {
      lines += line + '\n';
      line = indent;
      empty = true;
    }
    if (!empty) line += ' ';
    line += word;
    empty = false;
  }
  return empty ? lines : lines + line + '\n';
}

}  // namespace rapport::evaluation::terminal
