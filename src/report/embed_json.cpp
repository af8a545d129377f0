#include "report/embed_json.hpp"

#include <algorithm>

namespace rapport::report {
namespace {

constexpr std::string_view separators = "\xE2\x80";  // U+2028 and U+2029 are E2 80 A8 and E2 80 A9

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::string seal(std::string_view json) {
  std::string sealed;
  sealed.reserve(json.size() + json.size() / 64);
  for (std::size_t at = 0; at < json.size(); ++at) {
    bool const separator = json.substr(at, 2) == separators && at + 2 < json.size() &&
                           (json[at + 2] == '\xA8' || json[at + 2] == '\xA9');
    if (json[at] == '<') {
      sealed += "\\u003c";
    } else if (separator) {
      sealed += json[at + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      at += 2;
    } else {
      sealed += json[at];
    }
  }
  return sealed;
}

std::uint32_t utf16_offset(std::string_view text, std::uint32_t offset) {
  std::uint32_t units = 0;
  for (char const byte : text.substr(0, offset)) {
    if (continues_character(byte)) continue;
    units += static_cast<unsigned char>(byte) >= 0xF0 ? 2 : 1;  // beyond the basic plane: a surrogate pair
  }
  return units;
}

std::string shortened(std::string_view text, std::size_t characters) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (continues_character(text[at])) continue;
    if (seen == characters) return std::string(text.substr(0, at)) + "…";
    ++seen;
  }
  return std::string(text);
}

}  // namespace rapport::report
