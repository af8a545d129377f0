#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text for a terminal: characters are counted, not bytes, and nothing in it commands the terminal.
namespace rapport::evaluation::terminal {

/// The text on one line: control characters, line breaks and changes of the direction of writing
/// become spaces, runs of spaces one.
/// Bytes that are no UTF-8 become U+FFFD, so that every character can be counted.
std::string one_line(std::string_view text);

/// Number of characters. REQUIRES: well-formed UTF-8.
std::size_t width(std::string_view text);

/// The text, or as much of it as leaves room for "…" within that many characters.
std::string shortened(std::string_view text, std::size_t columns);

/// The text with spaces up to that many characters.
std::string padded(std::string_view text, std::size_t columns);

/// The words wrapped to lines of that many characters, each line begun by `indent`.
std::string wrapped(std::string_view text, std::size_t columns, std::string_view indent);

}  // namespace rapport::evaluation::terminal
