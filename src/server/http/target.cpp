#include "server/http/target.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "server/http/utf8.hpp"

namespace rapport::server::http {

namespace {

std::optional<unsigned> hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a') + 10U;
  if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A') + 10U;
  return std::nullopt;
}

bool unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
         c == '~';
}

/// RFC 3986's pchar, with "%" and the separators of paths and queries. Browsers leave brackets and
/// bars of a query as they are; they can be mistaken for nothing.
bool may_stand(char c, bool in_query) {
  constexpr std::string_view path_marks = "!$&'()*+,;=:@%/";
  constexpr std::string_view query_marks = "?[]|{}^`\\";
  return unreserved(c) || path_marks.find(c) != std::string_view::npos ||
         (in_query && query_marks.find(c) != std::string_view::npos);
}

/// Cuts "http://host" from an absolute form; the path begins at the first slash behind the host.
base::Result<std::string_view, TargetError> without_authority(std::string_view text) {
  if (text.starts_with('/')) return text;
  std::size_t scheme = 0;
  if (text.starts_with("http://")) scheme = 7;
  if (text.starts_with("https://")) scheme = 8;
  if (scheme == 0) return TargetError::bad_form;
  std::size_t const end = text.find_first_of("/?#", scheme);
  if (end == scheme) return TargetError::bad_form;
  if (end == std::string_view::npos) return std::string_view{"/"};
  if (text[end] != '/') return TargetError::bad_form;
  return text.substr(end);
}

std::optional<TargetError> read_path(std::string_view path, Target& target) {
  path.remove_prefix(1);
  while (true) {
    std::size_t const end = std::min(path.find('/'), path.size());
    auto segment = percent_decode(path.substr(0, end), false);
    if (!segment) return segment.error();
    if (*segment == "." || *segment == "..") return TargetError::dot_segment;
    if (target.segments.size() == limits::http_path_segments_max) return TargetError::too_many;
    target.segments.push_back(*std::move(segment));
    if (end == path.size()) return std::nullopt;
    path.remove_prefix(end + 1);
  }
}

std::optional<TargetError> read_query(std::string_view query, Target& target) {
  while (!query.empty()) {
    std::size_t const end = std::min(query.find('&'), query.size());
    std::string_view const pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    std::size_t const equals = std::min(pair.find('='), pair.size());
    auto key = percent_decode(pair.substr(0, equals), true);
    if (!key) return key.error();
    auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!value) return value.error();
    if (target.query.entries().size() == limits::http_query_parameters_max) return TargetError::too_many;
    target.query.add(*std::move(key), *std::move(value));
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(TargetError error) {
  switch (error) {
    case TargetError::bad_form:
      return "bad_form";
    case TargetError::bad_character:
      return "bad_character";
    case TargetError::bad_escape:
      return "bad_escape";
    case TargetError::bad_text:
      return "bad_text";
    case TargetError::dot_segment:
      return "dot_segment";
    case TargetError::too_many:
      return "too_many";
  }
  return "unknown";
}

std::string Target::path() const {
  if (asterisk) return "*";
  std::string path;
  for (std::string const& segment : segments) path.append("/").append(segment);
  return path;
}

base::Result<std::string, TargetError> percent_decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus_is_space) {
      decoded.push_back(' ');
    } else if (text[at] != '%') {
      decoded.push_back(text[at]);
    } else {
      if (text.size() - at < 3) return TargetError::bad_escape;
      auto const high = hex_digit(text[at + 1]);
      auto const low = hex_digit(text[at + 2]);
      if (!high || !low) return TargetError::bad_escape;
      decoded.push_back(static_cast<char>(static_cast<unsigned char>(*high * 16U + *low)));
      at += 2;
    }
  }
  auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  // A text to search for may hold tabs and line breaks; a name in a path never does.
  auto const blank = [plus_is_space](char c) { return plus_is_space && (c == '\t' || c == '\n' || c == '\r'); };
  if (std::any_of(decoded.begin(), decoded.end(), [&](char c) { return control(c) && !blank(c); }))
    return TargetError::bad_text;
  if (!valid_utf8(decoded)) return TargetError::bad_text;
  return decoded;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (char const c : text) {
    if (unreserved(c)) {
      encoded.push_back(c);
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    encoded.push_back('%');
    encoded.push_back(digits[byte >> 4U]);
    encoded.push_back(digits[byte & 0xFU]);
  }
  return encoded;
}

base::Result<Target, TargetError> parse_target(std::string_view text) {
  Target target;
  if (text == "*") {
    target.asterisk = true;
    return target;
  }
  auto const origin = without_authority(text);
  if (!origin) return origin.error();
  std::size_t const mark = std::min(origin->find('?'), origin->size());
  std::string_view const path = origin->substr(0, mark);
  std::string_view const query = origin->substr(std::min(mark + 1, origin->size()));
  if (!std::all_of(path.begin(), path.end(), [](char c) { return may_stand(c, false); })) return TargetError::bad_character;
  if (!std::all_of(query.begin(), query.end(), [](char c) { return may_stand(c, true); })) return TargetError::bad_character;
  if (auto const error = read_path(path, target)) return *error;
  if (auto const error = read_query(query, target)) return *error;
  return target;
}

}  // namespace rapport::server::http
