#include "server/api/phone_passwords.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "people/directory.hpp"
#include "people/permission.hpp"
#include "people/secret.hpp"
#include "server/api/customer_change.hpp"
#include "server/api/document_body.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;

constexpr std::string_view password_kind = "phone_password";  ///< its id is the user's; encrypted by the store's key

/// The user of the path: one whom the asker may manage, since who has the password takes their calls.
base::Result<people::User, http::Problem> user_of(people::Accounts& accounts, Asked const& asked) {
  auto found = accounts.find(asked.request.parameter("id"));
  if (!found) return problem_of(found.error());
  if (!people::may_manage(asked.principal(), *found)) return forbidden("needs users.write for all brands of the user, and all rights of an administrator for one");
  return std::move(*found);
}

Response read_phone_password(Services& services, people::Accounts& accounts, Asked const& asked) {
  auto const user = user_of(accounts, asked);
  if (!user) return user.error().response();
  auto const kept = services.store.document(password_kind, user->id);
  if (!kept) return problem_of(kept.error()).response();
  json::object made{{"login", user->login}, {"set", kept->has_value()}, {"changed_at", nullptr}};
  if (*kept) made["changed_at"] = base::format_rfc3339((**kept).changed_at);
  return Response::json(json::serialize(made));
}

Response make(Services& services, people::Accounts& accounts, PhoneParts const& phone, Asked const& asked) {
  auto const user = user_of(accounts, asked);
  if (!user) return user.error().response();
  std::string const password = people::random_secret();
  json::object const body{{"login", user->login}, {"secret", phone.digest(user->login, password)}};
  records::PutDocument const kept{std::string{password_kind}, user->id, {}, {}, json::serialize(body), std::nullopt, {}, {}};
  return until_done([&] {
    return keep(services, asked, {kept}, "user.make_phone_password", "user:" + user->id, {}, [&] {
      phone.changed();
      json::object const shown{{"login", user->login}, {"realm", phone.realm}, {"password", password}};
      return Response::json(json::serialize(shown), http::status::created);
    });
  });
}

Response remove_phone_password(Services& services, people::Accounts& accounts, PhoneParts const& phone, Asked const& asked) {
  auto const user = user_of(accounts, asked);
  if (!user) return user.error().response();
  auto const kept = services.store.document(password_kind, user->id);
  if (!kept) return problem_of(kept.error()).response();
  if (!*kept) return Response::empty();
  records::RemoveDocument const gone{std::string{password_kind}, user->id, std::nullopt};
  return until_done([&] {
    return keep(services, asked, {gone}, "user.remove_phone_password", "user:" + user->id, {}, [&] {
      phone.changed();
      return Response::empty();
    });
  });
}

}  // namespace

records::Stored<PhoneLogins> phone_logins(records::Store& store, people::Accounts& accounts) {
  PhoneLogins logins;
  std::string after;
  bool more = true;
  while (more) {
    auto const page = store.documents(password_kind, std::nullopt, after, limits::page_max);
    if (!page) return page.error();
    for (records::Document const& document : page->documents) {
      after = document.id;
      auto const body = body_of(document);
      if (!body) continue;
      auto const user = accounts.find(document.id);
      bool const unsure = !user && user.error().refusal != people::Refusal::not_found;
      bool const takes_calls = user && user->active && people::permissions_of(*user).has(people::Permission::contacts_handle);
      if (unsure || takes_calls) (unsure ? logins.unsure : logins.active).push_back({document.id, text_or(*body, "login", {}), text_or(*body, "secret", {})});
    }
    more = page->more;
  }
  return logins;
}

void add_phone_passwords(Gate& gate, people::Accounts& accounts, PhoneParts parts) {
  Services& services = gate.services();
  Pass const writing{{people::Permission::users_write}};
  auto const phone = std::make_shared<PhoneParts const>(std::move(parts));
  gate.answer(Method::get, "/api/v1/users/{id}/phone", writing, [&services, &accounts](Asked const& asked) { return read_phone_password(services, accounts, asked); });
  gate.answer(Method::post, "/api/v1/users/{id}/phone", writing, [&services, &accounts, phone](Asked const& asked) { return make(services, accounts, *phone, asked); });
  gate.answer(Method::remove, "/api/v1/users/{id}/phone", writing, [&services, &accounts, phone](Asked const& asked) { return remove_phone_password(services, accounts, *phone, asked); });
}

}  // namespace rapport::server::api
