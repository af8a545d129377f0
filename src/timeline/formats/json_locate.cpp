#include "timeline/formats/json_locate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/limits.hpp"

namespace rapport::timeline::formats {
namespace {

/// Reads JSON strictly, value by value; stops at the first thing it did not expect.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool failed() const { return !expected_.empty(); }
  std::string_view expected() const { return expected_; }
  std::size_t position() const { return position_; }
  bool at_end() const { return position_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[position_]; }

  void skip_space() {
    while (!at_end() && std::string_view{" \t\r\n"}.find(text_[position_]) != std::string_view::npos) ++position_;
  }

  bool take(char c, std::string_view expected) {
    skip_space();
    if (at_end() || text_[position_] != c) return stop(expected);
    ++position_;
    return true;
  }

  bool skip_value(std::size_t depth) {
    skip_space();
    if (depth > limits::json_depth_max) return stop("no deeper nesting than json_depth_max, 64");
    switch (peek()) {
      case '{':
        return skip_members('}', depth, true);
      case '[':
        return skip_members(']', depth, false);
      case '"':
        return skip_string();
      case 't':
        return skip_literal("true");
      case 'f':
        return skip_literal("false");
      case 'n':
        return skip_literal("null");
      default:
        return skip_number();
    }
  }

  bool skip_string() {
    if (!take('"', "a field's name in double quotes")) return false;
    while (!at_end() && text_[position_] != '"') {
      if (static_cast<unsigned char>(text_[position_]) < 0x20) return stop("no control character within a text");
      if (text_[position_] == '\\' && !skip_escape()) return false;
      ++position_;
    }
    return take('"', "the text's closing double quote");
  }

 private:
  bool stop(std::string_view expected) {
    if (!failed()) expected_ = expected;
    return false;
  }

  /// Leaves the position at the escape's last character.
  bool skip_escape() {
    ++position_;
    constexpr std::string_view expected = "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u and four hexadecimal digits";
    if (at_end()) return stop(expected);
    if (text_[position_] != 'u') {
      return std::string_view{"\"\\/bfnrt"}.find(text_[position_]) != std::string_view::npos || stop(expected);
    }
    for (int digit = 0; digit < 4; ++digit) {
      ++position_;
      if (at_end() || std::string_view{"0123456789abcdefABCDEF"}.find(text_[position_]) == std::string_view::npos) {
        return stop(expected);
      }
    }
    return true;
  }

  bool skip_members(char closing, std::size_t depth, bool named) {
    ++position_;
    skip_space();
    if (peek() == closing) return take(closing, {});
    while (true) {
      skip_space();
      if (named && (!skip_string() || !take(':', "a colon"))) return false;
      if (!skip_value(depth + 1)) return false;
      skip_space();
      if (peek() == closing) return take(closing, {});
      if (!take(',', closing == '}' ? "a comma or }" : "a comma or ]")) return false;
    }
  }

  bool skip_literal(std::string_view literal) {
    if (text_.substr(position_, literal.size()) != literal) return stop("a value");
    position_ += literal.size();
    return true;
  }

  bool skip_digits() {
    std::size_t const start = position_;
    while (!at_end() && text_[position_] >= '0' && text_[position_] <= '9') ++position_;
    return position_ > start || stop("a digit");
  }

  bool skip_number() {
    std::size_t const start = position_;
    if (!skip_number_text()) return false;
    std::string_view const number = text_.substr(start, position_ - start);
    bool const whole = number.find_first_of(".eE") == std::string_view::npos;
    if (whole ? holds<std::int64_t>(number) || holds<std::uint64_t>(number) : holds<double>(number)) return true;
    position_ = start;
    return stop("a number that 64 bits hold");
  }

  template <typename Number>
  static bool holds(std::string_view text) {
    Number number{};
    return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{};
  }

  bool skip_number_text() {
    if (peek() != '-' && !(peek() >= '0' && peek() <= '9')) return stop("a value");
    if (peek() == '-') ++position_;
    if (peek() == '0') {
      ++position_;
    } else if (!skip_digits()) {
      return false;
    }
    if (peek() == '.') {
      ++position_;
      if (!skip_digits()) return false;
    }
    if (peek() == 'e' || peek() == 'E') {
      ++position_;
      if (peek() == '+' || peek() == '-') ++position_;
      if (!skip_digits()) return false;
    }
    return true;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::string_view expected_;
};

std::size_t line_at(std::string_view text, std::size_t position) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(position, text.size())), '\n'));
}

std::string describe_character(char c) {
  if (c > ' ' && c != '\x7f') return fmt::format("\"{}\"", c);
  return c == ' ' ? std::string{"a space"} : fmt::format("byte {}", static_cast<unsigned char>(c));
}

/// The name as it stands between its quotes equals the key, unless it is written with escapes.
bool enter_field(Scanner& scanner, std::string_view text, std::string_view key) {
  scanner.take('{', "{");
  while (!scanner.failed()) {
    scanner.skip_space();
    if (scanner.peek() != '"') return false;
    std::size_t const start = scanner.position();
    scanner.skip_string();
    std::string_view const name = text.substr(start + 1, scanner.position() - start - 2);
    scanner.take(':', ":");
    scanner.skip_space();
    if (name == key) return true;
    scanner.skip_value(0);
    scanner.skip_space();
    if (scanner.peek() == ',') scanner.take(',', ",");
  }
  return false;
}

bool enter_item(Scanner& scanner, std::size_t index) {
  scanner.take('[', "[");
  for (std::size_t position = 0; position < index && !scanner.failed(); ++position) {
    scanner.skip_value(0);
    scanner.take(',', ",");
  }
  scanner.skip_space();
  return !scanner.failed();
}

}  // namespace

std::size_t line_of(std::string_view text, std::vector<PathStep> const& path) {
  Scanner scanner{text};
  scanner.skip_space();
  std::size_t found = scanner.position();
  for (PathStep const& step : path) {
    bool const entered = step.index != Where::no_index ? enter_item(scanner, step.index) : enter_field(scanner, text, step.key);
    if (!entered) break;
    found = scanner.position();
  }
  return line_at(text, found);
}

SyntaxError find_syntax_error(std::string_view text, std::string_view reason) {
  Scanner scanner{text};
  std::string_view expected;
  if (scanner.skip_value(1)) {
    scanner.skip_space();
    if (scanner.at_end()) return {1, std::string{reason}};
    expected = "nothing after the value";
  } else {
    expected = scanner.expected();
  }
  std::size_t const position = std::min(scanner.position(), text.size());
  std::size_t const line_start = text.substr(0, position).rfind('\n') + 1;  // npos + 1 is 0
  std::string const found = position == text.size() ? std::string{"the end"} : describe_character(text[position]);
  return {line_at(text, position), fmt::format("column {}: found {}; expected {}", position - line_start + 1, found, expected)};
}

std::size_t find_bad_utf8(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) return 0;
  std::size_t line = 1;
  while (true) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    if (!simdjson::validate_utf8(text.data(), end) || end == text.size()) return line;
    text.remove_prefix(end + 1);
    ++line;
  }
}

bool is_balanced(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t index = 0; index < text.size(); ++index) {
    char const c = text[index];
    if (in_string) {
      if (c == '\\') ++index;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return false;
      --depth;
    }
  }
  return depth == 0 && !in_string;
}

}  // namespace rapport::timeline::formats
