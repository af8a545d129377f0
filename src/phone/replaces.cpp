#include "phone/replaces.hpp"

#include <algorithm>
#include <charconv>

#include "base/phone_limits.hpp"
#include "phone/sip_names.hpp"

namespace rapport::phone {
namespace {

/// Up to the separator, which goes too.
std::string_view cut_off(std::string_view& text, char separator) {
  std::size_t const end = std::min(text.find(separator), text.size());
  std::string_view const part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

/// Nothing where an escape is broken, or something stands there that no header field holds.
std::optional<std::string> unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      if (text.size() - at < 3) return std::nullopt;
      unsigned value = 0;
      char const* const end = text.data() + at + 3;
      if (std::from_chars(text.data() + at + 1, end, value, 16).ptr != end) return std::nullopt;
      c = static_cast<char>(value);
      at += 2;
    }
    bool const printable = c > ' ' && c < 0x7f;
    if (!printable) return std::nullopt;
    plain += c;
  }
  return plain;
}

std::optional<Replaces> read_value(std::string_view value) {
  Replaces read;
  read.call_id = cut_off(value, ';');
  while (!value.empty()) {
    std::string_view parameter = cut_off(value, ';');
    std::string_view const name = cut_off(parameter, '=');
    if (same_name(name, "early-only")) return std::nullopt;
    std::string* const tag = same_name(name, "to-tag") ? &read.to_tag : same_name(name, "from-tag") ? &read.from_tag
                                                                                                    : nullptr;
    if (tag == nullptr) continue;
    if (!tag->empty()) return std::nullopt;
    *tag = parameter;
  }
  bool const whole = !read.call_id.empty() && !read.to_tag.empty() && !read.from_tag.empty();
  return whole ? std::optional{read} : std::nullopt;
}

}  // namespace

std::optional<Replaces> read_replaces(std::string_view headers) {
  if (headers.size() > limits::refer_headers_bytes_max) return std::nullopt;
  if (headers.starts_with('?')) headers.remove_prefix(1);
  std::optional<Replaces> found;
  while (!headers.empty()) {
    std::string_view field = cut_off(headers, '&');
    if (!same_name(cut_off(field, '='), "replaces")) continue;
    auto const value = unescaped(field);
    auto const read = value ? read_value(*value) : std::nullopt;
    if (!read || found) return std::nullopt;
    found = read;
  }
  return found;
}

}  // namespace rapport::phone
