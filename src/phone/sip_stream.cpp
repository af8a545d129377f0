#include "phone/sip_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/phone_limits.hpp"
#include "phone/sip_names.hpp"

namespace rapport::phone {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view head_end = "\r\n\r\n";
constexpr std::string_view version = "SIP/2.0";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

struct Header {
  std::string_view name;
  std::string_view value;
};

/// Nothing where the line has no name, goes on from the line before, or has an end of a line in it that
/// others may take for one.
std::optional<Header> header_of(std::string_view line) {
  std::size_t const colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' || line.front() == '\t') return std::nullopt;
  if (line.find_first_of(line_end) != std::string_view::npos) return std::nullopt;
  return Header{trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1))};
}

bool is_length(Header const& header) { return same_name(header.name, "Content-Length") || same_name(header.name, "l"); }
bool is_contact(Header const& header) { return same_name(header.name, "Contact") || same_name(header.name, "m"); }

bool is_start_line(std::string_view line) {
  if (line.find_first_of(line_end) != std::string_view::npos) return false;
  return line.starts_with(fmt::format("{} ", version)) || line.ends_with(fmt::format(" {}", version));
}

/// The first line of `rest`, which begins behind it afterwards; nothing without an end.
std::optional<std::string_view> next_line(std::string_view& rest) {
  std::size_t const end = rest.find(line_end);
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view const line = rest.substr(0, end);
  rest.remove_prefix(end + line_end.size());
  return line;
}

/// `<sip:USER@HOST…>…` with another host and nothing behind it but what stands outside of the brackets.
std::string with_host(std::string_view value, std::string_view host) {
  std::size_t const open = value.find('<');
  std::size_t const close = value.find('>');
  std::size_t const at = value.find('@');
  bool const usual = open != std::string_view::npos && close != std::string_view::npos && at != std::string_view::npos && open < at && at < close;
  if (!usual) return std::string{value};
  return fmt::format("{}@{}{}", value.substr(0, at), host, value.substr(close));
}

/// The body's length by the head's Content-Length; 0 without one; nothing where it is no number. The first line is
/// no header, whatever it looks like.
std::optional<std::size_t> body_size(std::string_view head) {
  next_line(head);
  while (auto const line = next_line(head)) {
    auto const header = header_of(*line);
    if (!header || !is_length(*header)) continue;
    std::size_t size = 0;
    auto const [end, error] = std::from_chars(header->value.data(), header->value.data() + header->value.size(), size);
    bool const number = error == std::errc{} && end == header->value.data() + header->value.size() && !header->value.empty();
    return number ? std::optional{size} : std::nullopt;
  }
  return 0;
}

}  // namespace

bool is_keep_alive(std::string_view message) { return message == head_end; }

std::optional<std::string> for_stream(std::string_view message, std::string_view contact) {
  std::size_t const end = message.find(head_end);
  bool const possible = end != std::string_view::npos && message.size() <= limits::sip_message_bytes_max && message.find('\0') == std::string_view::npos;
  if (!possible) return std::nullopt;
  std::string_view const body = message.substr(end + head_end.size());
  std::string_view head = message.substr(0, end + line_end.size());
  auto const start = next_line(head);
  if (!start || !is_start_line(*start)) return std::nullopt;
  std::string whole = fmt::format("{}\r\n", *start);
  while (auto const line = next_line(head)) {
    auto const header = header_of(*line);
    if (!header) return std::nullopt;
    if (is_length(*header)) continue;
    if (is_contact(*header))
      whole += fmt::format("Contact: {}\r\n", with_host(header->value, contact));
    else
      whole += fmt::format("{}\r\n", *line);
  }
  return whole + fmt::format("Content-Length: {}\r\n\r\n", body.size()) + std::string{body};
}

bool SipStream::put(std::string_view bytes) {
  bytes_ += bytes;
  broken_ = broken_ || bytes_.size() > 2 * limits::sip_message_bytes_max;
  return !broken_;
}

std::optional<std::string> SipStream::next() {
  while (bytes_.starts_with(line_end)) bytes_.erase(0, line_end.size());  // a peer's keep-alive
  std::size_t const end = bytes_.find(head_end);
  if (broken_ || end == std::string::npos) return std::nullopt;
  auto const size = body_size(std::string_view{bytes_}.substr(0, end + line_end.size()));
  std::size_t const begin = end + head_end.size();
  broken_ = !size || *size > limits::sip_message_bytes_max || begin > limits::sip_message_bytes_max;
  if (broken_ || bytes_.size() - begin < *size) return std::nullopt;
  std::string message = bytes_.substr(0, begin + *size);
  bytes_.erase(0, begin + *size);
  return message;
}

}  // namespace rapport::phone
