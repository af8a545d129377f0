#include "server/http/security_headers.hpp"

#include <array>
#include <utility>

#include "server/http/text.hpp"

namespace rapport::server::http {

namespace {

using Header = std::pair<std::string_view, std::string_view>;

constexpr std::array<Header, 4> always{{
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"},
    {"Cache-Control", "no-store"},
}};
constexpr Header when_secure{"Strict-Transport-Security", "max-age=31536000"};

void append_unless_set(std::string& head, Response const& response, Header const& header) {
  if (!response.headers.empty() && response.header(header.first)) return;
  head.append(header.first).append(": ").append(header.second).append("\r\n");
}

}  // namespace

void append_security_headers(std::string& head, Response const& response, bool secure) {
  for (Header const& header : always) append_unless_set(head, response, header);
  if (secure) append_unless_set(head, response, when_secure);
}

bool same_origin(Request const& request) {
  if (request.headers.count("origin") > 1) return false;
  auto const origin = request.header("origin");
  if (!origin) return true;
  auto const host = request.header("host");
  if (!host || host->empty()) return false;
  std::string_view const scheme = request.secure ? "https://" : "http://";
  return origin->starts_with(scheme) && same_token(origin->substr(scheme.size()), *host);
}

}  // namespace rapport::server::http
