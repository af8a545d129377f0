#include "server/api/screen_pop.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

namespace rapport::server::api {

namespace {

constexpr std::array<std::string_view, 12> placeholders{
    "customer.id", "customer.own_id", "customer.account", "customer.phone", "customer.email", "customer.name",
    "case.id", "interaction.id", "brand.id", "queue.id", "agent.id", "channel"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// What may stand in a path, a query and a fragment as it is.
bool is_plain(char c) { return is_letter(c) || is_digit(c) || std::string_view{"-._~!$&'()*+,;=:@/?#"}.find(c) != std::string_view::npos; }

bool is_port(std::string_view text) {
  std::uint32_t port = 0;
  auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
  return failed == std::errc{} && end == text.data() + text.size() && port > 0 && port <= 65'535;
}

/// A name or an IPv4 address, or an IPv6 address in brackets; perhaps a port.
bool is_authority(std::string_view text) {
  bool const bracketed = text.starts_with('[');
  std::size_t const host_end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && host_end == std::string_view::npos) return false;
  std::string_view const host = bracketed ? text.substr(1, host_end - 1) : text.substr(0, host_end);
  std::string_view const rest = bracketed ? text.substr(host_end + 1) : host_end == std::string_view::npos ? std::string_view{}
                                                                                                           : text.substr(host_end);
  bool const fits = std::ranges::all_of(host, [bracketed](char c) { return bracketed ? is_hex(c) || c == ':' || c == '.' : is_letter(c) || is_digit(c) || c == '-' || c == '.'; });
  if (host.empty() || !fits) return false;
  return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

/// What stands behind the host.
base::Result<void> check_rest(std::string_view rest) {
  for (std::size_t at = 0; at < rest.size(); ++at) {
    char const c = rest[at];
    if (c == '{') {
      std::size_t const end = rest.find('}', at);
      if (end == std::string_view::npos) return base::Error{fmt::format("found \"{}\", expected a placeholder that ends with }}", rest.substr(at))};
      std::string_view const name = rest.substr(at + 1, end - at - 1);
      if (std::ranges::find(placeholders, name) == placeholders.end())
        return base::Error{fmt::format("found the unknown placeholder \"{{{}}}\", expected one of {}", name, screen_pop_placeholders())};
      at = end;
    } else if (c == '%') {
      if (at + 2 >= rest.size() || !is_hex(rest[at + 1]) || !is_hex(rest[at + 2])) return base::Error{"found \"%\", expected two hexadecimal digits behind it"};
    } else if (!is_plain(c)) {
      return base::Error{fmt::format("found \"{}\", expected it percent-encoded", c == '"' || static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~' ? fmt::format("byte {}", static_cast<unsigned char>(c)) : std::string{c})};
    }
  }
  return {};
}

}  // namespace

base::Result<void> check_screen_pop(std::string_view text) {
  if (text.empty()) return {};
  std::size_t const scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7
                                                                                            : 0;
  if (scheme == 0) return base::Error{"expected a URL that begins with https:// or http://"};
  std::size_t const host_end = std::min(text.find_first_of("/?#", scheme), text.size());
  if (!is_authority(text.substr(scheme, host_end - scheme)))
    return base::Error{fmt::format("found the host \"{}\", expected a name or an address without a user, and placeholders only behind it", text.substr(scheme, host_end - scheme))};
  return check_rest(text.substr(host_end));
}

std::string screen_pop_placeholders() {
  std::vector<std::string> written;
  for (std::string_view const name : placeholders) written.push_back(fmt::format("{{{}}}", name));
  return fmt::format("{}", fmt::join(written, ", "));
}

}  // namespace rapport::server::api
