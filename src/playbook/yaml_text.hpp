#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "playbook/source.hpp"

namespace rapport::playbook {

/// How many characters begin in the bytes.
int count_characters(std::string_view bytes);

/// The place of a byte of a file.
Place place_of(SourceFile const& file, std::size_t offset);

/// The line that holds the byte, without its line break.
std::string_view line_at(std::string_view text, std::size_t offset);

/// Checks the bytes before YAML sees them: size, UTF-8, control characters, lone carriage returns,
/// tabs in the indentation. Adds every problem; false if YAML should not see the text.
bool check_text(SourceFile const& file, Problems& problems);

/// What usually lies behind a YAML parser's complaint about the byte `column` of this line; empty if
/// nothing does.
std::string hint_for(std::string_view complaint, std::string_view line, std::size_t column);

/// Where a quoted scalar that begins at the byte `offset` (with ' or ") has its closing quote;
/// nothing if it never comes.
std::optional<std::size_t> closing_quote(std::string_view text, std::size_t offset);

}  // namespace rapport::playbook
