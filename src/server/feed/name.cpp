#include "server/feed/name.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace rapport::server::feed {
namespace {

bool fits(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte != 0x7F && c != '"' && c != '\\';
}

/// How many parts the text has; none if it breaks the grammar.
std::size_t parts_of(std::string_view text) {
  if (text.empty() || text.size() > limits::name_bytes_max || !std::all_of(text.begin(), text.end(), fits)) return 0;
  if (text.front() == '/' || text.back() == '/' || text.find("//") != std::string_view::npos) return 0;
  std::size_t const parts = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '/'));
  return parts <= 3 ? parts : 0;
}

}  // namespace

std::optional<Name> parse_stream(std::string_view text) {
  bool known = false;
  switch (parts_of(text)) {
    case 2:
      known = keeps_numbers(text) || text.starts_with("agent/") || text.starts_with("flags/") || text.starts_with("help/");
      break;
    default:
      break;
  }
  if (!known) return std::nullopt;
  return Name{NameKind::stream, std::string{text}};
}

std::optional<Name> parse_topic(std::string_view text) {
  if (parts_of(text) == 0) return std::nullopt;
  return Name{NameKind::topic, std::string{text}};
}

bool keeps_numbers(std::string_view stream) {
  return stream.starts_with("interaction/") || stream.starts_with("conversation/");
}

}  // namespace rapport::server::feed
