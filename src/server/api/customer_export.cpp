#include <boost/json.hpp>

#include "base/limits.hpp"
#include "people/principal.hpp"
#include "server/api/customer_access.hpp"
#include "server/api/customer_view.hpp"
#include "server/api/customers.hpp"
#include "server/api/paging.hpp"
#include "server/api/problems.hpp"
#include "server/api/render.hpp"
#include "server/api/stored.hpp"
#include "timeline/formats/writer.hpp"

/// All that is kept of one customer, for whoever asks what is: the record with every case and promise, and the
/// interactions in the interaction format, page by page.
namespace rapport::server::api {
namespace json = boost::json;

namespace {

using customers::Profile;
using http::Response;
using people::Permission;

/// The record: what is known of them, over all parts, with cases and promises in whatever state.
records::Stored<json::object> record_of(Services& services, Asked const& asked, KeptCustomer const& customer) {
  auto const cases = services.book.every_case(customer.value);
  if (!cases) return cases.error();
  auto const promises = services.book.every_promise(customer.value);
  if (!promises) return promises.error();
  json::array shown_cases, shown_promises;
  for (KeptCase const& one : *cases) shown_cases.push_back(shown(one));
  for (KeptPromise const& one : *promises) shown_promises.push_back(shown(one, asked.now));
  json::object made = shown(customer, services.brands.region(customer.value.brand));
  made["cases"] = std::move(shown_cases);
  made["promises"] = std::move(shown_promises);
  return made;
}

/// A comma-separated list of interactions in the interaction format, and where the next page begins.
struct Interactions {
  std::string text;
  std::string next;  ///< a cursor; empty: these are the last
};

/// Of this page as many as `limits::customer_export_bytes` takes, at least one. What cannot be read is named and
/// holds up nobody else.
records::Stored<Interactions> interactions_of(Services& services, Profile const& profile, records::InteractionQuery const& query) {
  auto const page = services.book.interactions(profile, query);
  if (!page) return page.error();
  Interactions made;
  for (records::InteractionRow const& row : page->rows) {
    if (made.text.size() > limits::customer_export_bytes) return made;
    auto const kept = services.store.interaction(row.id);
    if (!kept) return kept.error();
    made.next = cursor_of(row);
    if (!*kept) continue;  // closed for good meanwhile
    auto const timeline = read_back(**kept);
    if (!made.text.empty()) made.text += ',';
    made.text += timeline ? timeline::formats::write_interaction(timeline->head, timeline->events) : json::serialize(json::object{{"id", row.id}, {"unreadable", true}});
  }
  if (!page->more) made.next.clear();
  return made;
}

Response exported(Services& services, Asked const& asked) {
  auto const found = find_customer(services, asked, Permission::customers_export, asked.request.parameter("id"));
  if (!found) return found.error().response();
  KeptCustomer const& customer = *found;
  if (!owns(asked.principal(), customer.value)) return not_found().response();
  auto const page = page_asked(asked.request);
  records::InteractionQuery query;
  if (!page || !begin_behind(page->after, query)) return malformed("a query parameter is malformed").response();
  query.limit = page->limit;
  for (std::string const& brand : services.brands.links()->within_reach(customer.value.brand)) {
    if (asked.principal().brands.has(brand)) query.brands.push_back(brand);
  }
  records::AuditEntry const audit{asked.now, people::who(asked.principal()), "customer.export", "customer:" + customer.value.id, customer.value.brand, asked.request.remote_address, {}};
  if (auto const done = services.store.commit({{audit}, asked.now, false}); !done) return problem_of(done.error()).response();
  std::string body = "{";
  if (page->after.empty()) {
    auto const record = record_of(services, asked, customer);
    if (!record) return problem_of(record.error()).response();
    body += "\"customer\":" + json::serialize(*record) + ',';
  }
  auto const interactions = interactions_of(services, customer.value, query);
  if (!interactions) return problem_of(interactions.error()).response();
  body += "\"interactions\":[" + interactions->text + "],\"next\":" + (interactions->next.empty() ? "null" : json::serialize(json::value(interactions->next))) + '}';
  return Response::json(std::move(body));
}

}  // namespace

void add_customer_export(Gate& gate) {
  gate.answer(http::Method::get, "/api/v1/customers/{id}/export", Pass{{Permission::customers_export}}, [&gate](Asked const& asked) { return exported(gate.services(), asked); });
}

}  // namespace rapport::server::api
