#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/formats/json_field.hpp"

/// The second, slow pass over a JSON text in which something was wrong: where does it stand?
namespace rapport::timeline::formats {

/// Line (from 1) of the value at that path; where the path leads nowhere, of the innermost value
/// that exists. The text must be valid JSON.
std::size_t line_of(std::string_view text, std::vector<PathStep> const& path);

/// The first thing that keeps the text from being one JSON value.
struct SyntaxError {
  std::size_t line = 1;
  std::string message;  ///< "column 7: found "}"; expected a value"
};

/// REQUIRES: a JSON parser refused the text. `reason` is told where we find nothing to object to.
SyntaxError find_syntax_error(std::string_view text, std::string_view reason);

/// The line of the first byte that is no UTF-8; 0 where all is.
std::size_t find_bad_utf8(std::string_view text);

/// Whether every bracket outside of strings is opened and closed in the text.
bool is_balanced(std::string_view text);

}  // namespace rapport::timeline::formats
