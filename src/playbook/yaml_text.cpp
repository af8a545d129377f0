#include "playbook/yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"

namespace rapport::playbook {
namespace {

/// Length of the well-formed UTF-8 sequence at `at` (RFC 3629), 0 if it is none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
  auto const byte = [&](std::size_t index) -> unsigned {
    return at + index < text.size() ? static_cast<unsigned char>(text[at + index]) : 0U;
  };
  auto const continues = [&](std::size_t index) { return (byte(index) & 0xC0U) == 0x80U; };
  unsigned const first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    bool const overlong = first == 0xE0 && byte(1) < 0xA0;
    bool const surrogate = first == 0xED && byte(1) > 0x9F;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    bool const overlong = first == 0xF0 && byte(1) < 0x90;
    bool const too_large = first == 0xF4 && byte(1) > 0x8F;
    return continues(1) && continues(2) && continues(3) && !overlong && !too_large ? 4 : 0;
  }
  return 0;
}

/// What is wrong with the character of `length` bytes at `at`; empty if nothing.
std::string fault_at(std::string_view text, std::size_t at, std::size_t length) {
  auto const byte = static_cast<unsigned char>(text[at]);
  if (length == 0) return fmt::format("byte 0x{:02x} is no UTF-8; expected a text file in UTF-8", byte);
  if (byte == '\r') {
    bool const line_break = at + 1 < text.size() && text[at + 1] == '\n';
    return line_break ? "" : "a carriage return without a line feed; expected line ends of one kind";
  }
  bool const control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
  if (control) return fmt::format("control character 0x{:02x}; expected text", byte);
  return {};
}

bool check_characters(SourceFile const& file, Problems& problems) {
  std::string_view const text = file.text;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const length = utf8_length(text, at);
    std::string fault = fault_at(text, at, length);
    if (!fault.empty()) {
      problems.add(place_of(file, at), std::move(fault));
      return false;  // what follows is likely the same again, or no text at all
    }
    at += length;
  }
  return true;
}

bool check_indentation(SourceFile const& file, Problems& problems) {
  bool good = true;
  for (std::size_t start = 0; start < file.text.size();) {
    std::string_view const line = line_at(file.text, start);
    std::size_t const indent = std::min(line.find_first_not_of(" \t"), line.size());
    std::size_t const tab = line.substr(0, indent).find('\t');
    if (tab != std::string_view::npos && indent < line.size()) {
      problems.add(place_of(file, start + tab), "a tab in the indentation; expected spaces");
      good = false;
    }
    start += line.size() + 1;
    if (start < file.text.size() && file.text[start - 1] == '\r') ++start;
  }
  return good;
}

}  // namespace

int count_characters(std::string_view bytes) {
  return static_cast<int>(std::count_if(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Place place_of(SourceFile const& file, std::size_t offset) {
  std::string_view const before = std::string_view(file.text).substr(0, offset);
  std::size_t const line_break = before.rfind('\n');
  std::string_view const line = line_break == std::string_view::npos ? before : before.substr(line_break + 1);
  auto const lines = std::count(before.begin(), before.end(), '\n');
  return {file.path, static_cast<int>(lines) + 1, count_characters(line) + 1};
}

std::string_view line_at(std::string_view text, std::size_t offset) {
  if (offset > text.size()) return {};
  std::size_t const before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  std::size_t const start = before == std::string_view::npos ? 0 : before + 1;
  std::size_t end = std::min(text.find('\n', offset), text.size());
  if (end > start && text[end - 1] == '\r') --end;
  return text.substr(start, end - start);
}

bool check_text(SourceFile const& file, Problems& problems) {
  if (file.text.size() > limits::playbook_file_bytes_max) {
    problems.add({file.path, 0, 0}, fmt::format("the file has {} bytes; expected at most {} (playbook_file_bytes_max)",
                                                file.text.size(), limits::playbook_file_bytes_max));
    return false;
  }
  return check_characters(file, problems) && check_indentation(file, problems);
}

std::string hint_for(std::string_view complaint, std::string_view line, std::size_t column) {
  if (complaint.find("flow") != std::string_view::npos) {
    return "inside [ ] or { } a text that holds one of [ ] { } , : must stand in quotes";
  }
  if (complaint.find("map value") != std::string_view::npos) {
    return line.find(": ") < column ? "a text with a colon in it must stand in quotes" : "expected the line as deep in as the ones beside it";
  }
  std::size_t start = line.find_first_not_of(" -");
  if (start == std::string_view::npos) return {};
  std::size_t const colon = line.find(": ", start);
  if (line[start] != '[' && line[start] != '{' && colon != std::string_view::npos) {
    start = std::min(line.find_first_not_of(' ', colon + 1), line.size() - 1);
  }
  constexpr std::string_view special = "[{*&!%@`|>";
  if (special.find(line[start]) != std::string_view::npos) {
    return fmt::format("a text that begins with {} must stand in quotes", line[start]);
  }
  return {};
}

std::optional<std::size_t> closing_quote(std::string_view text, std::size_t offset) {
  char const quote = text[offset];
  for (std::size_t at = offset + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      bool const doubled = quote == '\'' && at + 1 < text.size() && text[at + 1] == quote;
      if (!doubled) return at;
      ++at;
    }
  }
  return std::nullopt;
}

}  // namespace rapport::playbook
