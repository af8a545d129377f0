#include "server/api/people_json.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/limits.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

json::array text_list(std::vector<std::string> const& texts) {
  json::array made;
  for (std::string const& text : texts) made.emplace_back(text);
  return made;
}

json::array names_of(people::PermissionSet permissions) {
  json::array made;
  for (people::PermissionInfo const& info : people::all_permissions()) {
    if (permissions.has(info.permission)) made.emplace_back(info.name);
  }
  return made;
}

json::array names_of(people::BrandSet const& brands) { return brands.all ? json::array{"*"} : text_list(brands.names); }

}  // namespace

json::object render(people::User const& user) {
  json::array roles;
  for (people::Role const role : user.roles) roles.emplace_back(people::name(role));
  return {{"id", user.id},
          {"login", user.login},
          {"name", user.name},
          {"email", user.email},
          {"roles", std::move(roles)},
          {"brands", names_of(user.brands)},
          {"teams", text_list(user.teams)},
          {"active", user.active},
          {"created_at", base::format_rfc3339(user.created_at)},
          {"version", user.version}};
}

json::object render(people::Team const& team) { return {{"id", team.id}, {"name", team.name}, {"version", team.version}}; }

json::object render(people::Principal const& principal) {
  return {{"id", principal.id},
          {"user", principal.user},
          {"name", principal.name},
          {"permissions", names_of(principal.permissions)},
          {"brands", names_of(principal.brands)},
          {"teams", text_list(principal.teams)},
          {"takes_contacts", !principal.agent.empty()}};
}

json::object render(people::Bearer const& bearer) {
  json::object made{{"id", bearer.id},
                    {"label", bearer.label},
                    {"hint", bearer.hint},
                    {"address", bearer.address},
                    {"created_at", base::format_rfc3339(bearer.created_at)},
                    {"expires_at", base::format_rfc3339(bearer.expires_at)},
                    {"last_used", base::format_rfc3339(bearer.last_used)}};
  if (!bearer.scopes.empty()) made["scopes"] = names_of(bearer.scopes);
  if (!bearer.brand.empty()) made["brand"] = bearer.brand;
  return made;
}

std::vector<people::Role> read_roles(Body& body) {
  std::vector<people::Role> roles;
  for (std::string const& text : body.texts("roles", people::all_roles.size())) {
    if (auto const role = people::parse_role(text))
      roles.push_back(*role);
    else
      body.wrong(fmt::format("roles: found \"{}\", expected agent, supervisor, quality, trainer, analyst or administrator", text));
  }
  return roles;
}

people::BrandSet read_brands(Body& body) {
  std::vector<std::string> names = body.texts("brands", limits::user_brands_max);
  if (names.size() == 1 && names.front() == "*") return people::BrandSet::every();
  return {.all = false, .names = std::move(names)};
}

people::PermissionSet read_scopes(Body& body) {
  people::PermissionSet scopes;
  for (std::string const& text : body.texts("scopes", people::permission_count)) {
    if (auto const permission = people::parse_permission(text))
      scopes.add(*permission);
    else
      body.wrong(fmt::format("scopes: found \"{}\", expected the name of a permission", text));
  }
  return scopes;
}

}  // namespace rapport::server::api
