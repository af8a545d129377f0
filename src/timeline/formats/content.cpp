#include "timeline/formats/content.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

namespace rapport::timeline::formats {
namespace {

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return result;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> entities{{{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&apos;", "'"}, {"&nbsp;", " "}}};

bool ends_line(std::string_view tag) {
  constexpr auto blocks = std::to_array<std::string_view>({"br", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3", "br/", "br /"});
  std::string const name = lower(tag.substr(0, tag.find_first_of(" \t>")));
  return std::ranges::find(blocks, name) != blocks.end();
}

/// Quoted-printable (RFC 2045, section 6.7).
std::string decode_quoted_printable(std::string_view text) {
  auto const hex = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string result;
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (text[index] != '=') {
      result += text[index];
    } else if (index + 1 < text.size() && text[index + 1] == '\n') {
      index += 1;
    } else if (index + 2 < text.size() && text[index + 1] == '\r' && text[index + 2] == '\n') {
      index += 2;
    } else if (index + 2 < text.size() && hex(text[index + 1]) >= 0 && hex(text[index + 2]) >= 0) {
      result += static_cast<char>(hex(text[index + 1]) * 16 + hex(text[index + 2]));
      index += 2;
    } else {
      result += '=';
    }
  }
  return result;
}

/// Length of the well-formed character at the start of the text, or 0.
std::size_t character_length(std::string_view text) {
  auto const lead = static_cast<unsigned char>(text.front());
  std::size_t const length = lead < 0x80 ? 1 : lead < 0xE0 ? 2
                                           : lead < 0xF0   ? 3
                                                           : 4;
  return length <= text.size() && simdjson::validate_utf8(text.substr(0, length)) ? length : 0;
}

struct Part {
  std::string headers;  ///< in lower case, but for boundaries see `raw_headers`
  std::string_view raw_headers;
  std::string_view body;
};

Part split_part(std::string_view content) {
  std::size_t body = content.find("\r\n\r\n");
  std::size_t gap = 4;
  if (auto const plain = content.find("\n\n"); plain < body) {
    body = plain;
    gap = 2;
  }
  if (body == std::string_view::npos) return {{}, {}, content};
  std::string_view const headers = content.substr(0, body);
  if (headers.find(':') == std::string_view::npos) return {{}, {}, content};
  return {lower(headers), headers, content.substr(body + gap)};
}

std::string_view boundary_of(Part const& part) {
  auto const at = part.headers.find("boundary=");
  if (at == std::string::npos) return {};
  std::string_view rest = part.raw_headers.substr(at + 9);
  if (rest.starts_with('"')) return rest.substr(1, rest.find('"', 1) - 1);
  return rest.substr(0, rest.find_first_of("; \r\n"));
}

std::string decode_part(Part const& part) {
  if (part.headers.find("quoted-printable") != std::string::npos) return decode_quoted_printable(part.body);
  if (part.headers.find("content-transfer-encoding: base64") != std::string::npos) return decode_base64(part.body).value_or(std::string{part.body});
  return std::string{part.body};
}

struct Found {
  std::string plain;
  std::string html;
};

void find_text(std::string_view content, int depth, Found& found) {
  constexpr int depth_max = 8;
  Part const part = split_part(content);
  std::string_view const boundary = boundary_of(part);
  if (boundary.empty() || depth > depth_max) {
    bool const html = part.headers.find("text/html") != std::string::npos;
    bool const other = part.headers.find("content-type:") != std::string::npos && part.headers.find("text/") == std::string::npos;
    std::string& target = html ? found.html : found.plain;
    if (!other && target.empty()) target = decode_part(part);
    return;
  }
  std::string const mark = "--" + std::string{boundary};
  std::size_t at = part.body.find(mark);
  while (at != std::string_view::npos) {
    std::size_t const start = part.body.find('\n', at);
    if (start == std::string_view::npos) return;
    std::size_t const next = part.body.find(mark, start);
    find_text(part.body.substr(start + 1, next == std::string_view::npos ? next : next - start - 1), depth + 1, found);
    at = next;
  }
}

std::string_view without_blank_end(std::string_view text) { return text.substr(0, text.find_last_not_of(" \r\n") + 1); }

bool begins_attribution(std::string_view line) {
  constexpr auto openers = std::to_array<std::string_view>({"On ", "Am ", "Le ", "El ", "Il "});
  return std::ranges::any_of(openers, [&](std::string_view opener) { return line.starts_with(opener); });
}

/// Whether the text names a time of day, a year or a mail address, as mail programs do.
bool names_mail(std::string_view text) {
  constexpr std::size_t year_digits = 4;
  auto const digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t digits = 0;
  for (std::size_t index = 0; index < text.size(); ++index) {
    bool const clock = text[index] == ':' && digits > 0 && index + 1 < text.size() && digit(text[index + 1]);
    if (text[index] == '@' || clock) return true;
    digits = digit(text[index]) ? digits + 1 : 0;
    if (digits == year_digits) return true;
  }
  return false;
}

/// The lines of an answer while what it quotes is left out. Looks back at no more than two lines of
/// some length, and at no line twice: mails may be made to be slow.
class MailAnswer {
 public:
  void add(std::string_view line) {
    (text_ += line) += '\n';
    auto const last = line.find_last_not_of(' ');
    if (last != std::string_view::npos) words_end_ = text_.size() - (line.size() - last);
  }

  bool has_words() const { return words_end_ > 0; }

  /// "On Friday at 10:00, Pat Brown wrote:" at the end, perhaps broken over two lines.
  void drop_attribution() {
    if (words_end_ <= asked_) return;
    std::string_view const words = std::string_view{text_}.substr(0, words_end_);
    asked_ = words_end_;
    if (auto const begin = attribution_in(words)) {
      text_.resize(*begin);
      asked_ = words_end_ = text_.size();
    }
  }

  std::string_view words() const { return without_blank_end(text_); }

 private:
  /// Where the attribution begins that ends the words. Whoever tells of a quote in words of their own
  /// ("This is what your colleague wrote:") is heard.
  static std::optional<std::size_t> attribution_in(std::string_view words) {
    constexpr auto verbs = std::to_array<std::string_view>({"wrote:", "schrieb:", "a écrit :", "a écrit:", "escribió:", "ha scritto:"});
    constexpr std::size_t attribution_bytes_max = 300;
    if (std::ranges::none_of(verbs, [&](std::string_view verb) { return words.ends_with(verb); })) return std::nullopt;
    std::size_t const skipped = words.size() - std::min(words.size(), attribution_bytes_max);
    std::string_view const near = words.substr(skipped);
    auto const line_before = [&](std::size_t end) -> std::optional<std::size_t> {
      std::size_t const newline = end == 0 ? std::string_view::npos : near.rfind('\n', end - 1);
      if (newline != std::string_view::npos) return newline + 1;
      return skipped == 0 ? std::optional<std::size_t>{0} : std::nullopt;  // else longer than an attribution is
    };
    auto const line = line_before(near.size());
    if (!line) return std::nullopt;
    if (begins_attribution(near.substr(*line))) return names_mail(near.substr(*line)) ? std::optional{skipped + *line} : std::nullopt;
    auto const above = *line == 0 ? std::nullopt : line_before(*line - 1);
    if (!above || !begins_attribution(near.substr(*above)) || !names_mail(near.substr(*above))) return std::nullopt;
    std::string_view const broken = without_blank_end(near.substr(*above, *line - *above));
    bool const sentence = broken.ends_with('.') || broken.ends_with('!') || broken.ends_with('?');
    return sentence ? std::nullopt : std::optional{skipped + *above};
  }

  std::string text_;
  std::size_t words_end_ = 0;  ///< behind the last line that is not blank
  std::size_t asked_ = 0;      ///< up to here attributions were looked for
};

}  // namespace

std::string without_mail_quotes(std::string_view text) {
  MailAnswer answer;
  bool quoting = false;
  for (std::string_view left = text; !left.empty();) {
    std::size_t const end = std::min(left.find('\n'), left.size());
    std::string_view line = left.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("-----Original Message") && answer.has_words()) break;
    bool const quoted = line.starts_with('>');
    if (quoted && !quoting) answer.drop_attribution();
    if (!quoted) answer.add(line);
    quoting = quoted;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  std::string_view const words = answer.words();
  return std::string{words.empty() ? without_blank_end(text) : words};
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  unsigned bits = 0;
  int held = 0;
  for (char const c : text) {
    if (c == '=' || c == '\n' || c == '\r' || c == ' ') continue;
    int const value = base64_value(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6U | static_cast<unsigned>(value)) & 0xFFFFFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> static_cast<unsigned>(held) & 0xFFU);
  }
  return bytes;
}

std::string valid_utf8(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) return std::string{text};
  std::string result;
  while (!text.empty()) {
    std::size_t const length = character_length(text);
    result += length == 0 ? std::string_view{"\xEF\xBF\xBD"} : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

std::string text_of_html(std::string_view html) {
  std::string text;
  for (std::size_t index = 0; index < html.size(); ++index) {
    if (html[index] == '<') {
      std::size_t const end = html.find('>', index);
      if (end == std::string_view::npos) break;
      if (ends_line(html.substr(index + 1, end - index - 1))) text += '\n';
      index = end;
      continue;
    }
    auto const entity = std::ranges::find_if(entities, [&](auto const& known) { return html.substr(index).starts_with(known.first); });
    if (entity != entities.end()) {
      text += entity->second;
      index += entity->first.size() - 1;
    } else {
      text += html[index];
    }
  }
  return text;
}

std::string text_of_mail(std::string_view content) {
  Found found;
  find_text(content, 0, found);
  return valid_utf8(without_mail_quotes(found.plain.empty() ? text_of_html(found.html) : found.plain));
}

}  // namespace rapport::timeline::formats
