#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// As much of Unicode as finding words needs: what a character is, and its lower case in the
/// Latin, Greek and Cyrillic blocks. Not normalised: text is taken as precomposed.
namespace rapport::signals::unicode {

enum class Kind : std::uint8_t {
  separator,      ///< space, dash, quotation mark, symbol, emoji, a byte that is no UTF-8
  letter,         ///< everything else beyond ASCII, ideographs and combining marks included
  apostrophe,     ///< ’ ‘ ʼ
  sentence_end,   ///< … 。 ！
  question_mark,  ///< ？ ؟
};

/// One character beyond ASCII, or one byte that begins none.
struct Glyph {
  char32_t code = 0;
  std::uint8_t length = 1;
  Kind kind = Kind::separator;
};

/// The character at the start of `text`. REQUIRES: text is not empty and its first byte is no ASCII.
Glyph glyph_at(std::string_view text);

/// Appends the lower case of a letter in UTF-8.
void append_lower(char32_t code, std::string& out);

}  // namespace rapport::signals::unicode
