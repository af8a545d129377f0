#include "server/api/identity_keys.hpp"

#include <boost/json.hpp>
#include <utility>

#include "server/api/customer_change.hpp"
#include "server/api/document_body.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;

constexpr std::string_view key_kind = "brand_identity_key";  ///< its id is the brand's; encrypted by the store's key
constexpr std::size_t secret_bytes_min = 32;
constexpr std::size_t secret_bytes_max = 200;

/// The brand of the path, if the asker may change it; nothing: not there, or not theirs to know of.
base::Result<std::string, http::Problem> brand_of(Services& services, Asked const& asked) {
  std::string const& brand = asked.request.parameter("id");
  auto const found = services.store.document("brand", brand);
  if (!found) return problem_of(found.error());
  if (!*found || !asked.principal().brands.has(brand)) return not_found();
  return brand;
}

Response read_keys(Services& services, Asked const& asked) {
  auto const brand = brand_of(services, asked);
  if (!brand) return brand.error().response();
  auto const key = services.store.document(key_kind, *brand);
  if (!key) return problem_of(key.error()).response();
  json::object made{{"set", key->has_value()}, {"changed_at", nullptr}};
  if (*key) made["changed_at"] = base::format_rfc3339((**key).changed_at);
  return Response::json(json::serialize(made));
}

Response set(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    std::string const secret = body.text("secret", secret_bytes_max);
    if (!body.problem() && secret.size() < secret_bytes_min) body.wrong("secret: expected at least 32 bytes");
    if (auto answer = wrong(body)) return std::move(*answer);
    auto const brand = brand_of(services, asked);
    if (!brand) return brand.error().response();
    records::PutDocument const key{std::string{key_kind}, *brand, *brand, {}, json::serialize(json::object{{"secret", secret}}), std::nullopt, {}, {}};
    return until_done([&] { return keep(services, asked, {key}, "brand.set_identity_key", "brand:" + *brand, *brand, [] { return Response::empty(); }); });
  });
}

Response remove_key(Services& services, Asked const& asked) {
  auto const brand = brand_of(services, asked);
  if (!brand) return brand.error().response();
  auto const key = services.store.document(key_kind, *brand);
  if (!key) return problem_of(key.error()).response();
  if (!*key) return Response::empty();
  records::RemoveDocument const gone{std::string{key_kind}, *brand, std::nullopt};
  return until_done([&] { return keep(services, asked, {gone}, "brand.remove_identity_key", "brand:" + *brand, *brand, [] { return Response::empty(); }); });
}

}  // namespace

records::Stored<std::string> identity_secret(records::Store& store, std::string_view brand) {
  auto const key = store.document(key_kind, brand);
  if (!key) return key.error();
  auto const body = *key ? body_of(**key) : std::nullopt;
  return body ? text_or(*body, "secret", {}) : std::string{};
}

void add_identity_keys(Gate& gate) {
  Services& services = gate.services();
  Pass const writing{{people::Permission::brands_write}};
  gate.answer(Method::get, "/api/v1/brands/{id}/identity-key", writing, [&services](Asked const& asked) { return read_keys(services, asked); });
  gate.answer(Method::put, "/api/v1/brands/{id}/identity-key", writing, [&services](Asked const& asked) { return set(services, asked); });
  gate.answer(Method::remove, "/api/v1/brands/{id}/identity-key", writing, [&services](Asked const& asked) { return remove_key(services, asked); });
}

}  // namespace rapport::server::api
