#include "signals/unicode.hpp"

#include "base/assert.hpp"

namespace rapport::signals::unicode {
namespace {

constexpr bool within(char32_t code, char32_t low, char32_t high) { return code >= low && code <= high; }

/// Decodes strictly (RFC 3629: no overlong forms, no surrogates); length 0 where that fails.
Glyph decode(std::string_view text) {
  auto const byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  unsigned const lead = byte(0);
  std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3
                                                             : 2;
  Glyph const broken{0, 0, Kind::separator};
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return broken;
  char32_t code = lead & (0x7FU >> length);
  for (std::size_t index = 1; index < length; ++index) {
    if ((byte(index) & 0xC0U) != 0x80U) return broken;
    code = code << 6U | (byte(index) & 0x3FU);
  }
  bool const overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (overlong || within(code, 0xD800, 0xDFFF) || code > 0x10FFFF) return broken;
  return {code, static_cast<std::uint8_t>(length), Kind::letter};
}

Kind unicode_kind(char32_t code) {
  switch (code) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
      return Kind::apostrophe;
    case 0x2026:
    case 0x3002:
    case 0xFF01:
    case 0xFF0E:
      return Kind::sentence_end;
    case 0xFF1F:
    case 0x061F:
    case 0x037E:
      return Kind::question_mark;
    case 0xAA:
    case 0xBA:
      return Kind::letter;  // ª º
    case 0xD7:
    case 0xF7:
      return Kind::separator;  // × ÷
    default:
      break;
  }
  bool const separator = within(code, 0x80, 0xBF) || within(code, 0x2000, 0x2BFF) ||
                         within(code, 0x3000, 0x3004) || within(code, 0x3008, 0x3020) ||
                         within(code, 0xFE00, 0xFE0F) || within(code, 0xFE30, 0xFE4F) ||
                         within(code, 0xFF01, 0xFF0F) || within(code, 0xFF1A, 0xFF20) ||
                         within(code, 0xFFF0, 0xFFFF) || within(code, 0xE000, 0xF8FF) || code == 0xFEFF ||
                         within(code, 0x1F000, 0x1FAFF) || within(code, 0xE0000, 0xE0FFF);
  return separator ? Kind::separator : Kind::letter;
}

/// Latin Extended-A pairs an upper and a lower case letter, the upper even in some runs, odd in others.
char32_t lower_latin_extended(char32_t code) {
  if (code == 0x130) return U'i';
  if (code == 0x178) return 0xFF;
  bool const upper_is_odd = within(code, 0x139, 0x148) || within(code, 0x179, 0x17E);
  bool const odd = (code & 1U) != 0;
  bool const cased = code != 0x131 && code != 0x138 && code != 0x149 && code != 0x17F;
  return cased && odd == upper_is_odd ? code + 1 : code;
}

char32_t lower(char32_t code) {
  if (within(code, U'A', U'Z')) return code + 0x20;
  if (within(code, 0xC0, 0xDE) && code != 0xD7) return code + 0x20;
  if (within(code, 0x100, 0x17F)) return lower_latin_extended(code);
  if (within(code, 0x391, 0x3A9)) return code + 0x20;  // Greek
  if (within(code, 0x410, 0x42F)) return code + 0x20;  // Cyrillic
  if (within(code, 0x400, 0x40F)) return code + 0x50;
  if (within(code, 0x1E00, 0x1EFF) && !within(code, 0x1E96, 0x1E9F)) return code | 1U;  // Latin Extended Additional
  return code;
}

}  // namespace

Glyph glyph_at(std::string_view text) {
  RAPPORT_ASSERT(!text.empty());
  Glyph glyph = decode(text);
  if (glyph.length == 0) return {};
  glyph.kind = unicode_kind(glyph.code);
  return glyph;
}

void append_lower(char32_t code, std::string& out) {
  char32_t const small = lower(code);
  auto const put = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (small < 0x80) {
    put(small);
  } else if (small < 0x800) {
    put(0xC0U | small >> 6U);
    put(0x80U | (small & 0x3FU));
  } else if (small < 0x10000) {
    put(0xE0U | small >> 12U);
    put(0x80U | (small >> 6U & 0x3FU));
    put(0x80U | (small & 0x3FU));
  } else {
    put(0xF0U | small >> 18U);
    put(0x80U | (small >> 12U & 0x3FU));
    put(0x80U | (small >> 6U & 0x3FU));
    put(0x80U | (small & 0x3FU));
  }
}

}  // namespace rapport::signals::unicode
