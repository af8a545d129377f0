#include <fmt/format.h>

#include <array>

#include "app/log.hpp"
#include "base/limits.hpp"

namespace rapport::app {
namespace {

constexpr std::array<std::string_view, log_field_count> field_names{
    "address", "attempt", "bytes", "component", "count", "file", "format", "interaction", "key", "limit", "method", "milliseconds",
    "pid", "problem", "queue", "request", "route", "signal", "status", "store", "user", "version", "webhook"};
constexpr std::array<std::string_view, 4> level_names{"debug", "info", "warning", "error"};

/// Length of the well-formed UTF-8 sequence that begins the text (RFC 3629, table 3-7 of Unicode), 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  auto const byte = [&](std::size_t index) { return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U; };
  auto const continues = [&](std::size_t index, unsigned low = 0x80, unsigned high = 0xBF) { return byte(index) >= low && byte(index) <= high; };
  unsigned const first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    bool const second = continues(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
    return second && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    bool const second = continues(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
    return second && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

/// The text between quotes as JSON has it (RFC 8259), cut after limits::log_value_bytes_max.
void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const length = sequence_length(text.substr(at));
    if (at + length > limits::log_value_bytes_max) {
      out += "…";
      return;
    }
    char const c = text[at];
    if (length == 0) {
      out += "\xEF\xBF\xBD";  // replacement character
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += text.substr(at, length);
    }
    at += length == 0 ? 1 : length;
  }
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text);
  out += '"';
}

bool is_one_word(std::string_view text) {
  if (text.empty() || text.size() > limits::log_value_bytes_max) return false;
  for (char const c : text) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == '"' || c == '\\' || c == '=') return false;
  }
  return true;
}

void append_value(std::string& out, LogFormat format, LogValue const& value) {
  if (auto const* const number = std::get_if<std::int64_t>(&value.value)) {
    out += fmt::format("{}", *number);
  } else if (auto const* const flag = std::get_if<bool>(&value.value)) {
    out += *flag ? "true" : "false";
  } else {
    auto const text = std::get<std::string_view>(value.value);
    if (format == LogFormat::text && is_one_word(text)) {
      out += text;
    } else {
      append_quoted(out, text);
    }
  }
}

}  // namespace

std::string_view name(LogField field) { return field_names[static_cast<std::size_t>(field)]; }

std::string log_line(LogFormat format, LogLevel level, base::Instant at, std::string_view event, std::span<LogValue const> values) {
  std::string_view const level_name = level_names[static_cast<std::size_t>(level)];
  if (format == LogFormat::text) {
    std::string line = fmt::format("{} {} {}", base::format_rfc3339(at), level_name, event);
    for (LogValue const& value : values) {
      line += fmt::format(" {}=", name(value.field));
      append_value(line, format, value);
    }
    return line;
  }
  std::string line = fmt::format("{{\"at\":\"{}\",\"level\":\"{}\",\"event\":", base::format_rfc3339(at), level_name);
  append_quoted(line, event);
  for (LogValue const& value : values) {
    line += fmt::format(",\"{}\":", name(value.field));
    append_value(line, format, value);
  }
  return line + '}';
}

}  // namespace rapport::app
