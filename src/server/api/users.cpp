#include "server/api/users.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <utility>

#include "base/limits.hpp"
#include "people/user_import.hpp"
#include "server/api/etag.hpp"
#include "server/api/paging.hpp"
#include "server/api/people_json.hpp"
#include "server/api/problems.hpp"
#include "server/api/tell_agent.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
using people::Permission;
namespace status = http::status;

Response show(people::User const& user, int answer = status::ok) {
  return Response::json(json::serialize(render(user)), answer).with("ETag", etag(user.version));
}

Response list_users(PeopleServices const& people, Asked const& asked) {
  auto const page = page_asked(asked.request);
  if (!page) return malformed("limit, after: malformed").response();
  auto const found = people.accounts.list(page->after, page->limit);
  if (!found) return problem_of(found.error()).response();
  json::array items;
  for (people::User const& user : found->users) items.push_back(render(user));
  json::object answer{{"items", std::move(items)}, {"next", nullptr}};
  if (found->more) answer["next"] = cursor_of(found->after);
  return Response::json(json::serialize(answer));
}

Response create(Services& services, Configuration const& configuration, PeopleServices const& people, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    people::NewUser user;
    user.login = body.text("login", limits::login_bytes_max);
    user.name = body.text("name", limits::person_name_bytes_max);
    user.email = body.text_or("email", {}, limits::email_bytes_max);
    user.roles = read_roles(body);
    user.brands = read_brands(body);
    user.teams = body.texts("teams", limits::user_teams_max);
    if (auto answer = wrong(body)) return *answer;
    auto made = people.accounts.create(asked.actor(), std::move(user), asked.now);
    if (!made) return problem_of(made.error()).response();
    tell_agent(services, configuration, *made);
    return show(*made, status::created).with("Location", "/api/v1/users/" + made->id);
  });
}

Response change(Services& services, Configuration const& configuration, PeopleServices const& people, Asked const& asked) {
  auto const version = if_match(asked.request);
  if (!version) return precondition_required().response();
  return with_body(asked.request.body, [&](Body& body) {
    people::UserChange wanted;
    if (body.has("name")) wanted.name = body.text("name", limits::person_name_bytes_max);
    if (body.has("email")) wanted.email = body.text_or("email", {}, limits::email_bytes_max);
    if (body.has("roles")) wanted.roles = read_roles(body);
    if (body.has("brands")) wanted.brands = read_brands(body);
    if (body.has("teams")) wanted.teams = body.texts("teams", limits::user_teams_max);
    if (body.has("active")) wanted.active = body.flag_or("active", true);
    if (auto answer = wrong(body)) return *answer;
    auto changed = people.accounts.change(asked.actor(), asked.request.parameter("id"), wanted, *version, asked.now);
    if (!changed) return problem_of(changed.error()).response();
    tell_agent(services, configuration, *changed);
    if (wanted.roles || wanted.brands || wanted.active) end_feeds(services, changed->id);
    return show(*changed);
  });
}

Response import(Services& services, Configuration const& configuration, PeopleServices const& people, Asked const& asked) {
  bool const dry_run = asked.request.query.find("dry_run") != "false";
  auto const report = people::import_users(services.store, people.accounts, asked.actor(), asked.request.body, dry_run, asked.now);
  if (!report) {
    http::Problem problem = invalid(report.error().message);
    problem.members["line"] = report.error().place.line;
    problem.members["column"] = report.error().place.column;
    return problem.response();
  }
  json::array lines;
  for (people::ImportLine const& line : report->lines) {
    json::object one{{"line", line.place.line}, {"login", line.login}};
    if (!line.user.empty()) {
      one["user"] = line.user;
      if (auto const made = people.accounts.find(line.user)) tell_agent(services, configuration, *made);
    }
    if (line.refused) one["refused"] = json::object{{"code", people::name(line.refused->refusal)}, {"detail", line.refused->detail}};
    lines.push_back(std::move(one));
  }
  return Response::json(json::serialize(json::object{{"dry_run", report->dry_run}, {"accepted", report->accepted}, {"lines", std::move(lines)}}));
}

Response invite(PeopleServices const& people, Asked const& asked) {
  auto const mail = people.links.invite(asked.actor(), asked.request.parameter("id"), asked.now);
  if (!mail) return problem_of(mail.error()).response();
  return Response::json(json::serialize(json::object{{"secret", mail->secret}, {"expires_at", base::format_rfc3339(mail->expires_at)}}), status::created);
}

Response list_teams(PeopleServices const& people, Asked const& asked) {
  auto const page = page_asked(asked.request);
  if (!page) return malformed("limit, after: malformed").response();
  auto const found = people.teams.list(page->after);
  if (!found) return problem_of(found.error()).response();
  json::array items;
  for (people::Team const& team : *found) items.push_back(render(team));
  json::object answer{{"items", std::move(items)}, {"next", nullptr}};
  if (found->size() == limits::page_max) answer["next"] = cursor_of(found->back().id);
  return Response::json(json::serialize(answer));
}

Response show(people::Outcome<people::Team> const& team, int answer) {
  if (!team) return problem_of(team.error()).response();
  return Response::json(json::serialize(render(*team)), answer).with("ETag", etag(team->version));
}

void add_teams(Gate& gate, PeopleServices people) {
  Pass const read{{Permission::users_read, Permission::teams_write}};
  Pass const write{{Permission::teams_write}};
  gate.answer(Method::get, "/api/v1/teams", read, [people](Asked const& asked) { return list_teams(people, asked); });
  gate.answer(Method::get, "/api/v1/teams/{id}", read, [people](Asked const& asked) { return show(people.teams.find(asked.request.parameter("id")), status::ok); });
  gate.answer(Method::post, "/api/v1/teams", write, [people](Asked const& asked) {
    return with_body(asked.request.body, [&](Body& body) {
      std::string const name = body.text("name", limits::person_name_bytes_max);
      if (auto answer = wrong(body)) return *answer;
      return show(people.teams.create(asked.actor(), name, asked.now), status::created);
    });
  });
  gate.answer(Method::put, "/api/v1/teams/{id}", write, [people](Asked const& asked) {
    auto const version = if_match(asked.request);
    if (!version) return precondition_required().response();
    return with_body(asked.request.body, [&](Body& body) {
      std::string const name = body.text("name", limits::person_name_bytes_max);
      if (auto answer = wrong(body)) return *answer;
      return show(people.teams.rename(asked.actor(), asked.request.parameter("id"), name, *version, asked.now), status::ok);
    });
  });
  gate.answer(Method::remove, "/api/v1/teams/{id}", write, [people](Asked const& asked) {
    auto const version = if_match(asked.request);
    if (!version) return precondition_required().response();
    auto const done = people.teams.remove(asked.actor(), asked.request.parameter("id"), *version, asked.now);
    return done ? Response::empty() : problem_of(done.error()).response();
  });
}

Response audit_user(Services& services, Asked const& asked) {
  auto const page = page_asked(asked.request);
  if (!page) return malformed("limit, after: malformed").response();
  records::AuditQuery query;
  query.who = query_text(asked.request, "who");
  query.action = query_text(asked.request, "action");
  query.subject = query_text(asked.request, "subject");
  query.brand = query_text(asked.request, "brand");
  people::BrandSet const& brands = asked.principal().brands;
  if (!brands.all) {  // only what belongs to one of theirs
    if (!query.brand && brands.names.size() == 1) query.brand = brands.names.front();
    if (!query.brand || !brands.has(*query.brand)) return invalid("brand: expected one of yours").response();
  }
  query.limit = page->limit;
  if (!page->after.empty()) {
    std::int64_t number = 0;
    auto const [end, failed] = std::from_chars(page->after.data(), page->after.data() + page->after.size(), number);
    if (failed != std::errc{} || end != page->after.data() + page->after.size()) return malformed("after: malformed").response();
    query.before = number;
  }
  auto const found = services.store.audit(query);
  if (!found) return problem_of(found.error()).response();
  json::array items;
  for (records::AuditRow const& row : *found) {
    json::object one{{"number", row.number}, {"at", base::format_rfc3339(row.entry.at)}, {"who", row.entry.who}, {"action", row.entry.action}, {"subject", row.entry.subject}, {"brand", row.entry.brand}, {"address", row.entry.address}, {"detail", row.entry.detail}};
    items.push_back(std::move(one));
  }
  json::object answer{{"items", std::move(items)}, {"next", nullptr}};
  if (found->size() == query.limit) answer["next"] = cursor_of(std::to_string(found->back().number));
  return Response::json(json::serialize(answer));
}

}  // namespace

void add_users(Gate& gate, PeopleServices people, Configuration const& configuration) {
  Pass const read{{Permission::users_read, Permission::users_write}};
  Pass const write{{Permission::users_write}};
  gate.answer(Method::get, "/api/v1/users", read, [people](Asked const& asked) { return list_users(people, asked); });
  gate.answer(Method::get, "/api/v1/users/{id}", read, [people](Asked const& asked) {
    auto const found = people.accounts.find(asked.request.parameter("id"));
    return found ? show(*found) : problem_of(found.error()).response();
  });
  gate.answer(Method::post, "/api/v1/users", write, [&gate, people, &configuration](Asked const& asked) { return create(gate.services(), configuration, people, asked); });
  gate.answer(Method::patch, "/api/v1/users/{id}", write, [&gate, people, &configuration](Asked const& asked) { return change(gate.services(), configuration, people, asked); });
  gate.answer(Method::post, "/api/v1/users/{id}/invitation", write, [people](Asked const& asked) { return invite(people, asked); });
  gate.answer(Method::post, "/api/v1/users/{id}/second-factor/remove", write, [people](Asked const& asked) {
    auto const done = people.second_factor.remove(asked.actor(), asked.request.parameter("id"), {}, asked.now);
    return done ? Response::empty() : problem_of(done.error()).response();
  });
  http::RouteOptions import_options;
  import_options.body_bytes_max = limits::import_bytes_max;
  import_options.handler_ms = 5 * base::minute;
  gate.answer(Method::post, "/api/v1/users/import", write, [&gate, people, &configuration](Asked const& asked) { return import(gate.services(), configuration, people, asked); }, import_options);
  add_teams(gate, people);
  gate.answer(Method::get, "/api/v1/audit", {{Permission::audit_read}}, [&gate](Asked const& asked) { return audit_user(gate.services(), asked); });
}

}  // namespace rapport::server::api
