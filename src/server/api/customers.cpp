#include "server/api/customers.hpp"

#include <boost/json.hpp>
#include <cmath>
#include <utility>

#include "base/limits.hpp"
#include "centre/card_mask.hpp"
#include "people/secret.hpp"
#include "server/api/customer_access.hpp"
#include "server/api/customer_change.hpp"
#include "server/api/customer_view.hpp"
#include "server/api/learning.hpp"
#include "server/api/paging.hpp"
#include "server/api/render.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using customers::Profile;
using http::Method;
using http::Response;
using people::Permission;

/// {"type": …, "value": …, "verified": …} in one writing; what is wrong stands in the body.
domain::Identifier read_identifier(Body& body, std::string const& region) {
  domain::Identifier identifier{body.text("type", limits::identifier_type_bytes_max), body.text("value", limits::identifier_bytes_max), body.flag_or("verified", false)};
  if (body.problem()) return identifier;
  auto normal = customers::normalised(identifier, region);
  if (!normal) {
    body.wrong(normal.error().message);
    return identifier;
  }
  return std::move(*normal);
}

domain::Value value_of(json::value const& value) {
  if (value.is_bool()) return domain::Value::of_boolean(value.get_bool());
  if (value.is_string()) return domain::Value::of_text(centre::mask_cards(value.get_string()).text);
  constexpr std::int64_t whole_max = INT64_MAX / 1'000;
  if (value.is_int64() && value.get_int64() >= -whole_max && value.get_int64() <= whole_max) return domain::Value::of_thousandths(value.get_int64() * 1'000);
  double const thousandths = value.is_double() ? value.get_double() * 1'000 : 0.5;
  if (std::abs(thousandths) < 1e15 && std::round(thousandths) == thousandths) return domain::Value::of_thousandths(static_cast<std::int64_t>(thousandths));
  domain::Value nested = domain::Value::of_json(json::serialize(value));
  centre::mask_cards(nested);
  return nested;
}

/// What the body says of the customer; a field that is left out stays, a fact that is null goes.
std::optional<customers::ProfileRefusal> take(Body& body, Profile& profile, base::Instant now) {
  if (body.has("name")) profile.name = body.words_or("name", {}, limits::customer_name_bytes_max);
  if (body.has("given_name")) profile.given_name = body.words_or("given_name", {}, limits::customer_name_bytes_max);
  if (body.has("preferred_channel")) profile.preferred_channel = body.one_of("preferred_channel", {"voice", "chat", "email", "message"});
  if (body.has("language")) profile.language = body.text_or("language", {}, 35);
  for (char const* const field : {"name", "given_name", "preferred_channel", "language"}) body.ignore(field);
  json::object const* const facts = body.object("facts");
  if (facts == nullptr) return std::nullopt;
  for (json::key_value_pair const& fact : *facts) {
    std::string const name{fact.key().data(), fact.key().size()};
    if (name.empty() || name.size() > limits::name_bytes_max) {
      body.wrong("facts: a name of 1 to 100 bytes was expected");
      return std::nullopt;
    }
    if (fact.value().is_null()) {
      customers::forget_fact(profile, name);
    } else if (auto const refused = customers::learn(profile, {name, value_of(fact.value()), {}, {}, now}, nullptr)) {
      return refused;
    }
  }
  return std::nullopt;
}

/// Exact identifiers only, in the body: an address or a number has no place in a URL.
Response find_customers(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    std::string const brand = body.text("brand", 64);
    domain::Identifier const identifier = read_identifier(body, services.brands.region(brand));
    if (auto answer = wrong(body)) return std::move(*answer);
    auto const found = services.book.matching(brand, {&identifier, 1});
    if (!found) return problem_of(found.error()).response();
    json::array items;
    for (KeptCustomer const& one : *found) {
      auto const may = reaches(services, asked.principal(), Permission::customers_read, one.value);
      if (!may) return may.error().response();
      if (*may) items.push_back(shown(one, services.brands.region(brand)));
    }
    return Response::json(json::serialize(json::object{{"items", std::move(items)}}));
  });
}

http::Problem identifier_taken() {
  http::Problem problem;
  problem.status = http::status::conflict;
  problem.code = "identifier_taken";
  problem.detail = "a customer of the brand has this identifier";
  return problem;
}

std::vector<domain::Identifier> read_identifiers(Body& body, std::string const& region) {
  std::vector<domain::Identifier> identifiers;
  json::array const* const given = body.array("identifiers");
  if (given == nullptr) return identifiers;
  if (given->size() > limits::identifiers_max) body.wrong("identifiers: too many, identifiers_max is 80");
  for (json::value const& one : *given) {
    if (body.problem()) break;
    if (!one.is_object()) {
      body.wrong("identifiers: expected objects of type and value");
      break;
    }
    Body item{one.get_object()};
    identifiers.push_back(read_identifier(item, region));
    item.expect_no_more();
    if (item.problem()) body.wrong("identifiers: " + *item.problem());
  }
  return identifiers;
}

Response create(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    KeptCustomer made{{}, 1, asked.now};
    Profile& profile = made.value;
    profile.id = people::make_id(asked.now);
    profile.brand = body.text("brand", 64);
    profile.created_at = asked.now;
    auto refused = take(body, profile, asked.now);
    auto const identifiers = read_identifiers(body, services.brands.region(profile.brand));
    for (domain::Identifier const& identifier : identifiers) {
      if (!refused) refused = customers::add_identifier(profile, identifier, nullptr);
    }
    if (auto answer = wrong(body)) return std::move(*answer);
    if (refused) return problem_of(*refused).response();
    if (!asked.principal().brands.has(profile.brand)) return forbidden("brand: not one of yours").response();
    auto const brand = services.store.document("brand", profile.brand);
    if (!brand) return problem_of(brand.error()).response();
    if (!*brand) return problem_of(centre::Refused{centre::refused::unknown_brand, profile.brand}).response();
    auto const held = services.book.alone(profile.brand, identifiers);
    auto const others = services.book.matching(profile.brand, identifiers);
    if (!others) return problem_of(others.error()).response();
    if (!others->empty()) return identifier_taken().response();
    auto const kept = [&] { return show_customer(services.book, made, asked.now, http::status::created).with("Location", "/api/v1/customers/" + profile.id); };
    return until_done([&] { return keep(services, asked, {customers::to_document(profile, 0)}, "customer.create", "customer:" + profile.id, profile.brand, kept); });
  });
}

Response read_customer(Services& services, Asked const& asked) {
  auto const found = find_customer(services, asked, Permission::customers_read, asked.request.parameter("id"));
  if (!found) return found.error().response();
  return show_customer(services.book, *found, asked.now);
}

/// A change of one customer: `change` does it, or says why not.
Response change(Services& services, Asked const& asked, std::string_view action, bool version_needed, std::function<std::optional<http::Problem>(Profile&)> const& make) {
  return until_done([&]() -> std::optional<Response> {
    auto found = find_customer(services, asked, Permission::customers_write, asked.request.parameter("id"));
    if (!found) return found.error().response();
    KeptCustomer& customer = *found;
    if (auto answer = wrong_version(asked, customer.version, version_needed)) return answer;
    Profile const before = customer.value;
    if (auto const problem = make(customer.value)) return problem->response();
    if (customer.value == before) return show_customer(services.book, customer, asked.now);
    auto const document = customers::to_document(customer.value, customer.version);
    ++customer.version;
    customer.changed_at = asked.now;
    return keep(services, asked, {document}, std::string{action}, "customer:" + customer.value.id, customer.value.brand,
                [&] { return show_customer(services.book, customer, asked.now); });
  });
}

Response update(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& given) {
    return change(services, asked, "customer.update", true, [&](Profile& profile) -> std::optional<http::Problem> {
      Body body = given;
      auto const refused = take(body, profile, asked.now);
      body.expect_no_more();
      if (body.problem()) return invalid(*body.problem());
      if (refused) return problem_of(*refused);
      return std::nullopt;
    });
  });
}

/// `work` adds the identifier or takes it away.
Response with_identifier(Services& services, Asked const& asked, std::string_view action, std::function<std::optional<http::Problem>(Profile&, domain::Identifier const&)> const& work) {
  return with_body(asked.request.body, [&](Body& given) {
    return change(services, asked, action, false, [&](Profile& profile) -> std::optional<http::Problem> {
      Body body = given;
      domain::Identifier const identifier = read_identifier(body, services.brands.region(profile.brand));
      body.expect_no_more();
      if (body.problem()) return invalid(*body.problem());
      return work(profile, identifier);
    });
  });
}

Response add_identifier(Services& services, Asked const& asked) {
  CustomerBook::Alone held;  // until it is kept
  return with_identifier(services, asked, "customer.add_identifier", [&](Profile& profile, domain::Identifier const& identifier) -> std::optional<http::Problem> {
    held.clear();
    held = services.book.alone(profile.brand, {&identifier, 1});
    auto const holders = services.book.matching(profile.brand, {&identifier, 1});
    if (!holders) return problem_of(holders.error());
    for (KeptCustomer const& holder : *holders) {
      if (holder.value.id != profile.id) return identifier_taken();
    }
    if (auto const refused = customers::add_identifier(profile, identifier, nullptr)) return problem_of(*refused);
    return std::nullopt;
  });
}

Response remove_identifier(Services& services, Asked const& asked) {
  return with_identifier(services, asked, "customer.remove_identifier", [](Profile& profile, domain::Identifier const& identifier) -> std::optional<http::Problem> {
    customers::remove_identifier(profile, identifier);
    return std::nullopt;
  });
}

Response interactions(Services& services, Asked const& asked) {
  auto const found = find_customer(services, asked, Permission::customers_read, asked.request.parameter("id"));
  if (!found) return found.error().response();
  Profile const& profile = (*found).value;
  auto const page = page_asked(asked.request);
  records::InteractionQuery query;
  if (!page || !begin_behind(page->after, query)) return malformed("a query parameter is malformed").response();
  query.limit = page->limit;
  people::Principal const& who = asked.principal();
  bool const in_hand = services.live.customer_in_hand(who.user, ids_of(profile));
  for (std::string const& brand : services.brands.links()->within_reach(profile.brand)) {
    if (in_hand || who.brands.has(brand)) query.brands.push_back(brand);
  }
  json::array items;
  json::object answer{{"next", nullptr}};
  if (!query.brands.empty()) {
    auto const rows = services.book.interactions(profile, query);
    if (!rows) return problem_of(rows.error()).response();
    for (records::InteractionRow const& row : rows->rows) items.push_back(render(row));
    if (rows->more) answer["next"] = cursor_of(rows->rows.back());
  }
  answer["items"] = std::move(items);
  return Response::json(json::serialize(answer));
}

}  // namespace

void add_customers(Gate& gate) {
  Services& services = gate.services();
  Pass const reading{{Permission::customers_read}};
  Pass const writing{{Permission::customers_write}};
  gate.answer(Method::post, "/api/v1/customers/find", reading, [&services](Asked const& asked) { return find_customers(services, asked); });
  gate.answer(Method::post, "/api/v1/customers", writing, [&services](Asked const& asked) { return create(services, asked); });
  gate.answer(Method::get, "/api/v1/customers/{id}", reading, [&services](Asked const& asked) { return read_customer(services, asked); });
  gate.answer(Method::patch, "/api/v1/customers/{id}", writing, [&services](Asked const& asked) { return update(services, asked); });
  gate.answer(Method::post, "/api/v1/customers/{id}/identifiers", writing, [&services](Asked const& asked) { return add_identifier(services, asked); });
  gate.answer(Method::post, "/api/v1/customers/{id}/identifiers/remove", writing, [&services](Asked const& asked) { return remove_identifier(services, asked); });
  gate.answer(Method::get, "/api/v1/customers/{id}/interactions", reading, [&services](Asked const& asked) { return interactions(services, asked); });
}

}  // namespace rapport::server::api
