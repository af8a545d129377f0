#include "server/api/oidc_login.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <utility>

#include "base/limits.hpp"
#include "server/api/body.hpp"
#include "server/api/problems.hpp"
#include "server/api/session_cookie.hpp"
#include "server/api/tell_agent.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Request;
using http::Response;
namespace status = http::status;

constexpr std::string_view start_cookie = "rapport_oidc";
constexpr base::Millis start_lasts_ms = 10 * base::minute;

/// Lax: the provider's page leads back here, from another site. The parts are base64url, without ".".
std::string start_cookie_of(people::OidcStart const* start, bool secure) {
  std::string const value = start == nullptr ? std::string{} : fmt::format("{}.{}.{}", start->state, start->nonce, start->verifier);
  return fmt::format("{}={}; Path=/api/v1/login/oidc; HttpOnly; SameSite=Lax; Max-Age={}{}", start_cookie, value,
                     start == nullptr ? 0 : start_lasts_ms / base::second, secure ? "; Secure" : "");
}

std::optional<people::OidcStart> start_of(Request const& request) {
  auto const value = http::cookie(request, start_cookie);
  if (!value) return std::nullopt;
  std::size_t const first = value->find('.');
  std::size_t const second = first == std::string_view::npos ? first : value->find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  return people::OidcStart{std::string{value->substr(0, first)}, std::string{value->substr(first + 1, second - first - 1)}, std::string{value->substr(second + 1)}};
}

Response to(std::string location) { return Response::empty(status::see_other).with("Location", std::move(location)); }

Response refused(OidcParts const& parts, std::string_view code, std::string const& why, bool secure) {
  parts.report(why);
  return to(fmt::format("/?login_refused={}", code)).with("Set-Cookie", start_cookie_of(nullptr, secure));
}

Response begin(OidcParts const& parts, bool secure) {
  people::OidcStart const start = people::start_oidc();
  auto const url = parts.provider.begin(start);
  if (!url) return refused(parts, "provider_unavailable", url.error().message, secure);
  return to(*url).with("Set-Cookie", start_cookie_of(&start, secure));
}

/// The provider may have made a user, or changed what one may: the centre and their feeds are told, as when an administrator does.
Response finish(OidcParts const& parts, Services& services, Configuration const& configuration, Request const& request) {
  bool const secure = services.cookies_secure;
  auto const start = start_of(request);
  if (!start || !people::state_fits(*start, request.query.find("state").value_or(""))) return refused(parts, "login_expired", "state: not the one sent", secure);
  auto const code = request.query.find("code");
  if (!code) return refused(parts, "provider_refused", fmt::format("the provider answered {:?}", request.query.find("error").value_or("nothing")), secure);
  auto const identity = parts.provider.finish(*start, std::string{*code});
  if (!identity) return refused(parts, "provider_unavailable", identity.error().message, secure);
  base::Instant const now = services.clock();
  auto const tell = [&](people::User const& user, bool changed) {
    tell_agent(services, configuration, user);
    if (changed) end_feeds(services, user.id);
  };
  auto const session = parts.login->log_in(*identity, request.remote_address, request.header("user-agent").value_or(""), now, tell);
  if (!session) return refused(parts, people::name(session.error().refusal), session.error().detail, secure);
  return to("/").with("Set-Cookie", session_cookie_of(session->secret, secure, session->expires_at - now)).with("Set-Cookie", start_cookie_of(nullptr, secure));
}

}  // namespace

void add_oidc_login(Gate& gate, OidcParts parts, Configuration const& configuration) {
  gate.open(Method::get, "/api/v1/login", gate.services().readers, [parts](Request const&) {
    json::object ways{{"oidc", nullptr}};
    if (parts.login != nullptr) ways["oidc"] = json::object{{"name", parts.name}};
    return Response::json(json::serialize(ways));
  });
  gate.open(Method::get, "/api/v1/login/oidc", *parts.callers, [&gate, parts](Request const&) {
    return parts.login == nullptr ? not_found().response() : begin(parts, gate.services().cookies_secure);
  });
  gate.open(Method::get, "/api/v1/login/oidc/callback", *parts.callers, [&gate, parts, &configuration](Request const& request) {
    return parts.login == nullptr ? not_found().response() : finish(parts, gate.services(), configuration, request);
  });
}

}  // namespace rapport::server::api
