#include "people/user.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/limits.hpp"
#include "people/json_body.hpp"
#include "records/check.hpp"

namespace rapport::people {

namespace {

/// Control signs, or not UTF-8 at all.
bool has_control(std::string_view text) {
  return !records::is_plain_text(text) || std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

PermissionSet permissions_of(User const& user) {
  PermissionSet all;
  for (Role const role : user.roles) all = all | permissions(role);
  return all;
}

bool is_administrator(User const& user) {
  return std::find(user.roles.begin(), user.roles.end(), Role::administrator) != user.roles.end();
}

Principal principal_of(User const& user) {
  Principal principal{.kind = Principal::Kind::user,
                      .id = user.id,
                      .user = user.id,
                      .name = user.name,
                      .permissions = permissions_of(user),
                      .brands = user.brands,
                      .teams = user.teams};
  if (may(principal, Permission::contacts_handle)) principal.agent = user.id;
  return principal;
}

std::string normal_login(std::string_view login) {
  std::string normal{login};
  for (char& c : normal) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return normal;
}

std::optional<std::string> login_problem(std::string_view login) {
  if (login.empty()) return "login: missing";
  if (login.size() > limits::login_bytes_max) return fmt::format("login: longer than {} bytes", limits::login_bytes_max);
  if (has_control(login) || login.find(' ') != std::string_view::npos) return "login: has a space or control sign";
  return std::nullopt;
}

std::optional<std::string> name_problem(std::string_view name) {
  if (name.empty()) return "name: missing";
  if (name.size() > limits::person_name_bytes_max) {
    return fmt::format("name: longer than {} bytes", limits::person_name_bytes_max);
  }
  if (has_control(name)) return "name: has a control sign";
  return std::nullopt;
}

std::optional<std::string> email_problem(std::string_view email) {
  if (email.empty()) return std::nullopt;
  if (email.size() > limits::email_bytes_max) return fmt::format("email: longer than {} bytes", limits::email_bytes_max);
  auto const at = email.find('@');
  bool const one_at = at != std::string_view::npos && email.find('@', at + 1) == std::string_view::npos;
  if (!one_at || at == 0 || at + 1 == email.size() || has_control(email) ||
      email.find_first_of(" ,;<>\"") != std::string_view::npos) {
    return "email: not an address like name@example.org";
  }
  return std::nullopt;
}

std::string person_of_user(std::string_view id) { return fmt::format("user:{}", id); }

records::PutDocument to_document(User const& user, std::optional<std::int64_t> expected) {
  boost::json::array roles;
  for (Role const role : user.roles) roles.emplace_back(name(role));
  boost::json::object body{{"login", user.login},
                           {"name", user.name},
                           {"email", user.email},
                           {"roles", std::move(roles)},
                           {"all_brands", user.brands.all},
                           {"brands", array_of(user.brands.names)},
                           {"teams", array_of(user.teams)},
                           {"active", user.active},
                           {"created_at", user.created_at.since_epoch},
                           {"epoch", user.epoch}};
  records::PutDocument put;
  put.kind = user_kind;
  put.id = user.id;
  put.person = person_of_user(user.id);
  put.body = boost::json::serialize(body);
  put.expected = expected;
  put.names = {user.login};
  for (std::string const& team : user.teams) put.lookups.push_back("team:" + team);
  return put;
}

std::optional<User> to_user(records::Document const& document) {
  auto const body = parse_object(document.body);
  if (!body) return std::nullopt;
  User user{.id = document.id,
            .login = text_of(*body, "login"),
            .name = text_of(*body, "name"),
            .email = text_of(*body, "email"),
            .brands = {.all = flag_of(*body, "all_brands"), .names = texts_of(*body, "brands")},
            .teams = texts_of(*body, "teams"),
            .active = flag_of(*body, "active"),
            .created_at = instant_of(*body, "created_at"),
            .epoch = number_of(*body, "epoch").value_or(1),
            .version = document.version};
  for (std::string const& text : texts_of(*body, "roles")) {
    if (auto const role = parse_role(text)) user.roles.push_back(*role);
  }
  return user;
}

records::PutDocument to_document(Team const& team, std::optional<std::int64_t> expected) {
  records::PutDocument put;
  put.kind = team_kind;
  put.id = team.id;
  put.body = boost::json::serialize(boost::json::object{{"name", team.name}});
  put.expected = expected;
  put.names = {team.name};
  return put;
}

std::optional<Team> to_team(records::Document const& document) {
  auto const body = parse_object(document.body);
  if (!body) return std::nullopt;
  return Team{.id = document.id, .name = text_of(*body, "name"), .version = document.version};
}

}  // namespace rapport::people
