#include <algorithm>
#include <boost/json.hpp>
#include <set>
#include <span>
#include <utility>

#include "base/limits.hpp"
#include "server/api/calling_desk.hpp"
#include "server/api/customer_access.hpp"
#include "server/api/customer_book.hpp"
#include "server/api/customer_change.hpp"
#include "server/api/customers.hpp"
#include "server/api/etag.hpp"
#include "server/api/learning.hpp"
#include "server/api/with_body.hpp"

/// Two customers who are one, one who are two, and one who wants to be forgotten. Whoever may do this need
/// not be one who may read customers: the answers hold ids.
namespace rapport::server::api {
namespace json = boost::json;

namespace {

using customers::Profile;
using http::Method;
using http::Response;
using people::Permission;

constexpr std::size_t removed_at_once = 1'000;

std::string const& id_of(Asked const& asked) { return asked.request.parameter("id"); }
std::string subject_of(Profile const& profile) { return "customer:" + profile.id; }

/// Puts the customer `other` whole into that of the path.
Response merge(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    std::string const wanted = body.text("customer", 64);
    if (auto answer = wrong(body)) return std::move(*answer);
    return until_done([&]() -> std::optional<Response> {
      auto const survivor = find_customer(services, asked, Permission::customers_merge, id_of(asked));
      if (!survivor) return survivor.error().response();
      if (!owns(asked.principal(), (*survivor).value)) return not_found().response();
      if (auto answer = wrong_version(asked, (*survivor).version, false)) return answer;
      auto const other = find_customer(services, asked, Permission::customers_merge, wanted);
      if (!other && other.error().status != http::status::not_found) return other.error().response();
      if (!other || !owns(asked.principal(), (*other).value)) return invalid("customer: found \"" + wanted + "\", expected the id of a customer").response();
      auto merged = customers::merge((*survivor).value, (*other).value, *services.brands.links(), asked.now, asked.principal().user);
      if (!merged) return problem_of(merged.error()).response();
      KeptCustomer const made{std::move(*merged), (*survivor).version + 1, asked.now};
      std::vector<records::Change> changes{records::RemoveDocument{std::string{customers::customer_kind}, (*other).value.id, (*other).version},
                                           customers::to_document(made.value, (*survivor).version)};
      return keep(services, asked, std::move(changes), "customer.merge", subject_of(made.value), made.value.brand,
                  [&] { return Response::json(json::serialize(json::object{{"customer", made.value.id}, {"version", made.version}})).with("ETag", etag(made.version)); },
                  {{"merged", (*other).value.id}});
    });
  });
}

/// Takes a part out again, with all that had been merged into it.
Response unmerge(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    std::string const part = body.text("part", 64);
    if (auto answer = wrong(body)) return std::move(*answer);
    return until_done([&]() -> std::optional<Response> {
      auto const found = find_customer(services, asked, Permission::customers_merge, id_of(asked));
      if (!found) return found.error().response();
      if (!owns(asked.principal(), (*found).value)) return not_found().response();
      if (auto answer = wrong_version(asked, (*found).version, false)) return answer;
      auto apart = customers::unmerge((*found).value, part);
      if (!apart) return problem_of(apart.error()).response();
      Profile const& taken = apart->taken_out;
      std::vector<records::Change> changes{customers::to_document(apart->remaining, (*found).version), customers::to_document(taken, 0)};
      return keep(services, asked, std::move(changes), "customer.unmerge", subject_of(apart->remaining), apart->remaining.brand, [&] {
        return Response::json(json::serialize(json::object{{"remaining", apart->remaining.id}, {"taken_out", taken.id}}));
      },
                  {{"taken_out", taken.id}});
    });
  });
}

/// Removal of the customer's documents; their content is gone by now.
records::Stored<std::vector<records::Change>> removals(CustomerBook const& book, Profile const& profile) {
  auto const cases = book.every_case(profile);
  if (!cases) return cases.error();
  auto const promises = book.every_promise(profile);
  if (!promises) return promises.error();
  std::vector<records::Change> changes;
  for (KeptCase const& one : *cases) changes.emplace_back(records::RemoveDocument{std::string{customers::case_kind}, one.value.id, std::nullopt});
  for (KeptPromise const& one : *promises) changes.emplace_back(records::RemoveDocument{std::string{customers::promise_kind}, one.value.id, std::nullopt});
  return changes;
}

std::vector<std::string> numbers_of(Profile const& profile) {
  std::vector<std::string> numbers;
  for (domain::Identifier const& one : customers::identifiers(profile)) {
    if (one.type == "tel") numbers.push_back(one.value);
  }
  return numbers;
}

http::Problem is_live() {
  http::Problem problem;
  problem.status = http::status::conflict;
  problem.code = "interaction_live";
  problem.detail = "a conversation with this customer is not closed yet";
  return problem;
}

/// Takes them off calling lists, so that nobody is called who is half erased; then destroys the keys, the
/// parts' before the customer's own, so that what was left half done can be done again; then what is empty now
/// goes. The audit log says so before it begins.
Response erase(Services& services, CallingDesk& calling, Asked const& asked) {
  auto const found = find_customer(services, asked, Permission::customers_erase, id_of(asked));
  if (!found) return found.error().response();
  Profile const& profile = (*found).value;
  if (!owns(asked.principal(), profile)) return not_found().response();
  std::vector<std::string> people = ids_of(profile);
  if (services.live.is_live(people)) return is_live().response();
  auto changes = removals(services.book, profile);
  if (!changes) return problem_of(changes.error()).response();
  auto const noted = keep(services, asked, {}, "customer.erase", subject_of(profile), profile.brand, [] { return Response::empty(); });
  if (!noted || noted->status != http::status::no_content) return noted.value_or(problem_of(records::StoreError::busy).response());
  std::set<std::string> brands;
  for (Profile const* const part : customers::parts(profile)) brands.insert(part->brand);
  for (std::string const& brand : brands) {
    for (std::string const& number : numbers_of(profile)) {
      if (auto const forgotten = calling.forget(brand, number); !forgotten) return problem_of(forgotten.error()).response();
    }
  }
  std::ranges::reverse(people);
  for (std::string const& person : people) {
    if (auto const erased = services.store.erase_person(person); !erased) return problem_of(erased.error()).response();
  }
  changes->emplace_back(records::RemoveDocument{std::string{customers::customer_kind}, profile.id, std::nullopt});
  for (std::size_t begin = 0; begin < changes->size(); begin += removed_at_once) {
    auto const some = std::span{*changes}.subspan(begin, std::min(removed_at_once, changes->size() - begin));
    if (auto const done = services.store.commit({{some.begin(), some.end()}, asked.now, false}); !done) return problem_of(done.error()).response();
  }
  return Response::empty();
}

}  // namespace

void add_customer_merging(Gate& gate, CallingDesk& calling) {
  Services& services = gate.services();
  Pass const merging{{Permission::customers_merge}};
  gate.answer(Method::post, "/api/v1/customers/{id}/merge", merging, [&services](Asked const& asked) { return merge(services, asked); });
  gate.answer(Method::post, "/api/v1/customers/{id}/unmerge", merging, [&services](Asked const& asked) { return unmerge(services, asked); });
  gate.answer(Method::remove, "/api/v1/customers/{id}", Pass{{Permission::customers_erase}}, [&services, &calling](Asked const& asked) { return erase(services, calling, asked); });
}

}  // namespace rapport::server::api
