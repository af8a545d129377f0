#include "app/oidc_client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <utility>

#include "base/limits.hpp"
#include "people/json_body.hpp"

namespace rapport::app {

namespace {

constexpr long provider_seconds = 10;
constexpr base::Millis keys_last_ms = base::hour;
constexpr base::Millis failure_lasts_ms = 10 * base::second;
constexpr long ok = 200;

std::size_t append(char const* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > limits::key_set_bytes_max) return 0;  // curl gives up
  body.append(bytes, size * count);
  return size * count;
}

/// The body of a 200; POST where there is a form. Error: what failed, without the form.
base::Result<std::string> ask(std::string const& url, std::string const& form = {}) {
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> const curl{curl_easy_init(), curl_easy_cleanup};
  if (!curl) return base::Error{"no memory for a request"};
  std::string body;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, provider_seconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &append);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
  if (!form.empty()) curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, form.c_str());
  CURLcode const done = curl_easy_perform(curl.get());
  if (done != CURLE_OK) return base::Error{fmt::format("{}: {}", url, curl_easy_strerror(done))};
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != ok) return base::Error{fmt::format("{}: answered {}, expected 200", url, status)};
  return body;
}

base::Result<boost::json::object> ask_object(std::string const& url, std::string const& form = {}) {
  auto const body = ask(url, form);
  if (!body) return body.error();
  auto object = people::parse_object(*body);
  if (!object) return base::Error{fmt::format("{}: expected a JSON object", url)};
  return std::move(*object);
}

}  // namespace

base::Result<OidcClient::Known> OidcClient::fetch(base::Instant now) const {
  std::string const& issuer = settings_.oidc.issuer;
  std::string const slash = issuer.ends_with('/') ? "" : "/";
  auto const discovery = ask_object(issuer + slash + ".well-known/openid-configuration");
  if (!discovery) return discovery.error();
  if (people::text_of(*discovery, "issuer") != issuer) return base::Error{fmt::format("{}: names itself \"{}\"; expected the same", issuer, people::text_of(*discovery, "issuer"))};
  Known found;
  found.provider = {.issuer = issuer,
                    .authorization_endpoint = people::text_of(*discovery, "authorization_endpoint"),
                    .token_endpoint = people::text_of(*discovery, "token_endpoint"),
                    .client_id = settings_.oidc.client_id,
                    .client_secret = std::string{settings_.oidc.client_secret.value.reveal()},
                    .redirect_uri = settings_.public_url + "/api/v1/login/oidc/callback",
                    .role_claim = settings_.oidc.role_claim};
  found.keys_url = people::text_of(*discovery, "jwks_uri");
  for (std::string const& url : {found.provider.authorization_endpoint, found.provider.token_endpoint, found.keys_url}) {
    bool const secure = url.starts_with("https://") || (issuer.starts_with("http://") && url.starts_with("http://127.0.0.1"));
    if (!secure) return base::Error{fmt::format("{}: \"{}\" is no https:// address", issuer, url)};
  }
  auto const set = ask(found.keys_url);
  if (!set) return set.error();
  auto keys = people::KeySet::read(*set);
  if (!keys) return base::Error{fmt::format("{}: {}", found.keys_url, keys.error().message)};
  found.keys = std::move(*keys);
  found.at = now;
  return found;
}

std::optional<OidcClient::Knowing> OidcClient::remembered(base::Instant now, std::shared_ptr<Known const> const& outdated) const {
  std::lock_guard const lock{mutex_};
  if (known_ && known_ != outdated && now - known_->at < keys_last_ms) return known_;
  if (failed_ && now - failed_->at < failure_lasts_ms) return failed_->why;
  return std::nullopt;
}

OidcClient::Knowing OidcClient::known(base::Instant now, std::shared_ptr<Known const> const& outdated) {
  if (auto found = remembered(now, outdated)) return *std::move(found);
  std::lock_guard const alone{fetching_};
  if (auto found = remembered(now, outdated)) return *std::move(found);  // another thread was faster
  auto fetched = fetch(now);
  std::lock_guard const lock{mutex_};
  failed_ = fetched ? std::nullopt : std::optional{Failed{fetched.error(), now}};
  if (!fetched) return fetched.error();
  known_ = std::make_shared<Known const>(std::move(*fetched));
  return known_;
}

base::Result<std::string> OidcClient::begin(people::OidcStart const& start, base::Instant now) {
  auto const at = known(now);
  if (!at) return at.error();
  return people::authorization_url((*at)->provider, start);
}

base::Result<people::OidcIdentity> OidcClient::finish(people::OidcStart const& start, std::string const& code, base::Instant now) {
  auto at = known(now);
  if (!at) return at.error();
  auto const answer = ask_object((*at)->provider.token_endpoint, people::token_request((*at)->provider, start, code));
  if (!answer) return answer.error();
  std::string const token = people::text_of(*answer, "id_token");
  auto identity = people::verify_id_token((*at)->provider, (*at)->keys, token, start.nonce, now);
  if (identity) return identity;
  auto const read = people::read_signed_token(token);
  if (!read || (*at)->keys.knows(people::text_of(read->header, "kid"))) return identity.error();
  at = known(now, *at);
  if (!at) return at.error();
  return people::verify_id_token((*at)->provider, (*at)->keys, token, start.nonce, now);
}

}  // namespace rapport::app
