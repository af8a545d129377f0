#include "people/signed_token.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/limits.hpp"
#include "people/json_body.hpp"
#include "people/secret.hpp"

namespace rapport::people {

namespace {

/// Seconds since 1970 that a claim gives: whole and of this age of the world. Nothing: it does not.
std::optional<base::Instant> numeric_date(boost::json::object const& claims, std::string_view name) {
  constexpr std::int64_t year_9999 = 253'402'300'799;
  auto const seconds = number_of(claims, name);
  if (!seconds || *seconds < 0 || *seconds > year_9999) return std::nullopt;
  return base::Instant{*seconds * base::second};
}

}  // namespace

base::Result<SignedToken> read_signed_token(std::string_view text) {
  if (text.size() > limits::signed_token_bytes_max) {
    return base::Error{fmt::format("token: more than {} bytes", limits::signed_token_bytes_max)};
  }
  auto const first = text.find('.');
  auto const second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos || text.find('.', second + 1) != std::string_view::npos) {
    return base::Error{"token: not three parts"};
  }
  auto const header = from_base64url(text.substr(0, first));
  auto const claims = from_base64url(text.substr(first + 1, second - first - 1));
  auto signature = from_base64url(text.substr(second + 1));
  if (!header || !claims || !signature) return base::Error{"token: not base64url"};
  auto header_object = parse_object(*header);
  auto claims_object = parse_object(*claims);
  if (!header_object || !claims_object) return base::Error{"token: header or claims are no JSON object"};
  if (header_object->contains("crit")) return base::Error{"token: critical extensions are not supported"};
  return SignedToken{*std::move(header_object), *std::move(claims_object), std::string{text.substr(0, second)}, *std::move(signature)};
}

base::Result<void> check_times(boost::json::object const& claims, base::Instant now) {
  auto const expires = numeric_date(claims, "exp");
  if (!expires) return base::Error{"exp: missing, or not a whole number of seconds"};
  if (now >= *expires + limits::token_clock_leeway) return base::Error{"exp: has passed"};
  for (std::string_view const name : {"nbf", "iat"}) {
    if (!claims.contains(name)) continue;
    auto const from = numeric_date(claims, name);
    if (!from) return base::Error{fmt::format("{}: not a whole number of seconds", name)};
    if (*from > now + limits::token_clock_leeway) return base::Error{fmt::format("{}: lies ahead", name)};
  }
  return {};
}

bool is_for(boost::json::object const& claims, std::string_view audience) {
  if (text_of(claims, "aud") == audience) return !audience.empty();
  auto const all = texts_of(claims, "aud");
  return !audience.empty() && std::find(all.begin(), all.end(), audience) != all.end();
}

}  // namespace rapport::people
