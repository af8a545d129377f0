#include "app/setting_checks.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "server/http/client_address.hpp"

namespace rapport::app {
namespace {

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

template <typename Number>
std::optional<Number> whole_number(std::string_view text, Number high) {
  Number number = 0;
  auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool const good = error == std::errc() && stop == text.data() + text.size() && number <= high;
  return good ? std::optional(number) : std::nullopt;
}

bool is_address(std::string_view text, int family) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(family, std::string(text).c_str(), bytes.data()) == 1 && text.find('\0') == std::string_view::npos;
}

bool is_host_name(std::string_view text) {
  return !text.empty() && text.size() <= 253 && text.front() != '.' && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; });
}

/// A host with perhaps a port.
bool is_authority(std::string_view text) {
  if (text.starts_with('[')) {
    std::size_t const close = text.find(']');
    if (close == std::string_view::npos || !is_address(text.substr(1, close - 1), AF_INET6)) return false;
    std::string_view const rest = text.substr(close + 1);
    return rest.empty() || (rest.front() == ':' && whole_number<std::uint16_t>(rest.substr(1), 65'535));
  }
  std::size_t const colon = text.find(':');
  if (colon == std::string_view::npos) return is_host_name(text);
  return is_host_name(text.substr(0, colon)) && whole_number<std::uint16_t>(text.substr(colon + 1), 65'535);
}

/// What follows the scheme; nothing if the text does not begin with it.
std::optional<std::string_view> after(std::string_view scheme, std::string_view text) {
  return text.starts_with(scheme) ? std::optional(text.substr(scheme.size())) : std::nullopt;
}

bool is_authority_and_path(std::string_view text) {
  std::size_t const slash = std::min(text.find('/'), text.size());
  std::string_view const path = text.substr(slash);
  bool const plain = std::all_of(path.begin(), path.end(), [](char c) { return is_alphanumeric(c) || std::string_view("/-._~%").find(c) != std::string_view::npos; });
  return plain && is_authority(text.substr(0, slash));
}

}  // namespace

bool is_plain_text(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_secure_url(std::string_view text) {
  auto const rest = after("https://", text);
  return rest && is_authority_and_path(*rest);
}

bool is_web_url(std::string_view text) {
  auto const rest = after("http://", text);
  return is_secure_url(text) || (rest && is_authority_and_path(*rest));
}

bool is_provider_url(std::string_view text) {
  auto const local = after("http://127.0.0.1", text);
  return is_secure_url(text) || (local && (local->empty() || local->starts_with(':') || local->starts_with('/')) && is_web_url(text));
}

bool is_smtp_url(std::string_view text) {
  auto rest = after("smtps://", text);
  if (!rest) rest = after("smtp://", text);
  return rest && is_authority(*rest);
}

bool is_store_url(std::string_view text) {
  if (text == "sqlite") return true;
  auto rest = after("postgresql://", text);
  if (!rest) rest = after("postgres://", text);
  return rest && is_plain_text(text);
}

bool is_network(std::string_view text) {
  std::size_t const slash = text.find('/');
  std::string_view const address = text.substr(0, slash);
  bool const four = is_address(address, AF_INET);
  if (!four && !is_address(address, AF_INET6)) return false;
  return slash == std::string_view::npos || whole_number<unsigned>(text.substr(slash + 1), four ? 32U : 128U);
}

bool is_ip_address(std::string_view text) { return is_address(text, AF_INET) || is_address(text, AF_INET6); }

bool is_address_and_port(std::string_view text) {
  std::size_t const colon = std::min(text.find(':'), text.size());
  auto const port = colon < text.size() ? whole_number<std::uint16_t>(text.substr(colon + 1), 65'535) : std::nullopt;
  return is_address(text.substr(0, colon), AF_INET) && port.value_or(0) != 0;
}

bool is_sip_address(std::string_view text) {
  bool const known = text.starts_with("udp:") || text.starts_with("tcp:") || text.starts_with("tls:");
  return known && parse_endpoint(text.substr(4)).has_value();
}

bool is_slug(std::string_view text) {
  constexpr std::size_t bytes_max = 64;
  return !text.empty() && text.size() <= bytes_max && std::all_of(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
}

bool is_zone_name(std::string_view text) {
  if (text.empty() || text.size() > 64 || !is_alphanumeric(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == '/' || c == '_' || c == '-' || c == '+'; });
}

bool is_mail_address(std::string_view text) {
  std::size_t const at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || !is_host_name(text.substr(at + 1))) return false;
  std::string_view const user = text.substr(0, at);
  return is_plain_text(user) && user.find_first_of(" <>,;\"@") == std::string_view::npos;
}

bool is_host_and_port(std::string_view text) { return is_authority(text); }

bool is_e164(std::string_view text) {
  return text.size() >= 4 && text.size() <= 16 && text[0] == '+' && std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_country(std::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_span_of_day(std::string_view text) {
  constexpr std::size_t length = std::string_view{"08:00-20:00"}.size();
  if (text.size() != length || text[5] != '-') return false;
  auto const minute = [](std::string_view clock) -> std::optional<unsigned> {
    auto const hours = whole_number<unsigned>(clock.substr(0, 2), 24U);
    auto const minutes = whole_number<unsigned>(clock.substr(3), 59U);
    if (clock[2] != ':' || !hours || !minutes || *hours * 60 + *minutes > 24 * 60) return std::nullopt;
    return *hours * 60 + *minutes;
  };
  auto const from = minute(text.substr(0, 5));
  auto const to = minute(text.substr(6));
  return from && to && *from < *to;
}

bool is_country_zone(std::string_view text) { return text.size() > 3 && text[2] == '=' && is_country(text.substr(0, 2)) && is_zone_name(text.substr(3)); }

std::optional<Endpoint> parse_endpoint(std::string_view text) {
  std::size_t const colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto const port = whole_number<std::uint16_t>(text.substr(colon + 1), 65'535);
  std::string_view host = text.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  bool const bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!port || !is_address(host, bracketed ? AF_INET6 : AF_INET)) return std::nullopt;
  return Endpoint{std::string(host), *port};
}

std::string Endpoint::text() const {
  bool const six = address.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", six ? "[" : "", address, six ? "]" : "", port);
}

bool Endpoint::is_loopback() const { return server::http::is_loopback(address); }

}  // namespace rapport::app
