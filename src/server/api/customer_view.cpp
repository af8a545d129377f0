#include "server/api/customer_view.hpp"

#include <boost/json.hpp>
#include <utility>

#include "customers/phone_number.hpp"
#include "server/api/etag.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

json::value view_moment(base::Instant at) { return json::string{base::format_rfc3339(at)}; }
json::value view_moment_or_null(std::optional<base::Instant> at) { return at ? view_moment(*at) : json::value(nullptr); }

json::value shown_part(domain::Value const& value) {
  switch (value.kind) {
    case domain::Value::Kind::text:
      return json::string{value.text};
    case domain::Value::Kind::boolean:
      return json::value(value.number != 0);
    case domain::Value::Kind::number:
      if (value.number % 1'000 == 0) return json::value(value.number / 1'000);
      return json::value(static_cast<double>(value.number) / 1'000.0);
    case domain::Value::Kind::json:
      break;
  }
  boost::system::error_code failed;
  json::value nested = json::parse(value.text, failed);
  return failed ? json::value(nullptr) : nested;
}

json::object shown_part(domain::Identifier const& identifier, std::string_view home) {
  json::object made{{"type", identifier.type}, {"value", identifier.value}, {"verified", identifier.verified}, {"display", identifier.value}};
  if (identifier.type != "tel") return made;
  if (auto const number = customers::PhoneNumber::parse(identifier.value, home)) made["display"] = number->display(home);
  return made;
}

json::object shown_part(customers::Fact const& fact) {
  return {{"name", fact.name}, {"value", shown_part(fact.value)}, {"interaction", fact.interaction}, {"event", fact.event}, {"at", view_moment(fact.at)}};
}

/// What was merged into it, at whatever depth.
void show_parts(customers::Profile const& profile, json::array& into) {
  for (customers::Absorbed const& absorbed : profile.absorbed) {
    into.push_back(json::object{{"id", absorbed.profile.id}, {"into", profile.id}, {"brand", absorbed.profile.brand}, {"name", absorbed.profile.name}, {"merged_at", view_moment(absorbed.at)}, {"merged_by", absorbed.by}});
    show_parts(absorbed.profile, into);
  }
}

template <typename Kept>
json::array shown_all(std::vector<Kept> const& all, auto&&... more) {
  json::array made;
  for (Kept const& one : all) made.push_back(shown(one, more...));
  return made;
}

http::Response answer(json::object const& body, std::int64_t version, int status = http::status::ok) {
  return http::Response::json(json::serialize(body), status).with("ETag", etag(version));
}

}  // namespace

json::object shown(KeptCustomer const& customer, std::string_view home) {
  customers::Profile const& profile = customer.value;
  json::array identifiers, facts, parts;
  for (domain::Identifier const& identifier : customers::identifiers(profile)) identifiers.push_back(shown_part(identifier, home));
  for (customers::Fact const& fact : customers::facts(profile)) facts.push_back(shown_part(fact));
  show_parts(profile, parts);
  return {{"id", profile.id},
          {"brand", profile.brand},
          {"name", customers::full_name(profile)},
          {"given_name", customers::given_name(profile)},
          {"preferred_channel", customers::preferred_channel(profile)},
          {"language", customers::language(profile)},
          {"identifiers", std::move(identifiers)},
          {"facts", std::move(facts)},
          {"parts", std::move(parts)},
          {"created_at", view_moment(profile.created_at)},
          {"version", customer.version},
          {"changed_at", view_moment(customer.changed_at)}};
}

json::object shown(KeptCase const& matter) {
  customers::Case const& one = matter.value;
  json::array interactions;
  for (std::string const& interaction : one.interactions) interactions.emplace_back(interaction);
  return {{"id", one.id},
          {"brand", one.brand},
          {"customer", one.customer},
          {"title", one.title},
          {"reason", one.reason},
          {"owner", one.owner},
          {"state", customers::name(one.state)},
          {"opened_at", view_moment(one.opened_at)},
          {"changed_at", view_moment(one.changed_at)},
          {"closed_at", view_moment_or_null(one.closed_at)},
          {"reopened", one.reopened},
          {"interactions", std::move(interactions)},
          {"version", matter.version}};
}

json::object shown(KeptPromise const& promise, base::Instant now) {
  customers::Promise const& one = promise.value;
  return {{"id", one.id},
          {"brand", one.brand},
          {"customer", one.customer},
          {"case", one.case_id},
          {"interaction", one.interaction},
          {"event", one.event},
          {"text", one.text},
          {"owner", one.owner},
          {"made_at", view_moment(one.made_at)},
          {"due", view_moment_or_null(one.due)},
          {"state", customers::name(one.state_at(now))},
          {"owed", customers::is_owed(one)},
          {"settled_at", view_moment_or_null(one.settled_at)},
          {"done_at", view_moment_or_null(one.done_at)},
          {"why", one.why},
          {"version", promise.version}};
}

http::Response show_customer(CustomerBook const& book, KeptCustomer const& customer, base::Instant now, int status) {
  auto const active = book.active_cases(customer.value);
  if (!active) return problem_of(active.error()).response();
  auto const owed = book.owed_promises(customer.value);
  if (!owed) return problem_of(owed.error()).response();
  json::object made = shown(customer, book.rules().region(customer.value.brand));
  made["cases"] = shown_all(*active);
  made["promises"] = shown_all(*owed, now);
  return answer(made, customer.version, status);
}

http::Response show_case(CustomerBook const& book, KeptCase const& matter, base::Instant now, int status) {
  auto const promises = book.promises_of(matter.value.id, false);
  if (!promises) return problem_of(promises.error()).response();
  json::object made = shown(matter);
  made["promises"] = shown_all(*promises, now);
  return answer(made, matter.version, status);
}

http::Response show_promise(KeptPromise const& promise, base::Instant now) { return answer(shown(promise, now), promise.version); }

}  // namespace rapport::server::api
