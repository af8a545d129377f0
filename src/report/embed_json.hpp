#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// JSON inside an HTML page, and places in texts as JavaScript counts them.
namespace rapport::report {

/// Makes JSON safe inside a <script> element and one line: `<` (which could end the element or open
/// a comment), U+2028 and U+2029 become escapes. In JSON they can only stand within strings, where
/// the escape means the same.
std::string seal(std::string_view json);

/// Where byte `offset` of a UTF-8 text stands when the text is UTF-16, which JavaScript counts in.
std::uint32_t utf16_offset(std::string_view text, std::uint32_t offset);

/// At most `characters` of the text, not cut within one; "…" at the end where something is left out.
std::string shortened(std::string_view text, std::size_t characters);

}  // namespace rapport::report
