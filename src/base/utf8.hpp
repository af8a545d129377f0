#pragma once

#include <cstddef>
#include <string_view>

namespace rapport::base {

/// The beginning of a text in UTF-8, at most so many bytes, without a part of a character at its end.
constexpr std::string_view cut_utf8(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xC0U) == 0x80U) --bytes_max;
  return text.substr(0, bytes_max);
}

}  // namespace rapport::base
