#include "people/accounts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/limits.hpp"
#include "people/json_body.hpp"
#include "people/secret.hpp"
#include "records/check.hpp"

namespace rapport::people {

namespace {

constexpr std::string_view administrators_kind = "administrators";
constexpr std::string_view administrators_id = "active";

User user_of(NewUser asked, base::Instant now) {
  return User{.id = make_id(now),
              .login = normal_login(asked.login),
              .name = std::move(asked.name),
              .email = std::move(asked.email),
              .roles = std::move(asked.roles),
              .brands = std::move(asked.brands),
              .teams = std::move(asked.teams),
              .created_at = now};
}

/// What is wrong with the user as it would stand, without looking at the store.
std::optional<Failure> fields_problem(User const& user) {
  for (auto problem : {login_problem(user.login), name_problem(user.name), email_problem(user.email)}) {
    if (problem) return Failure{Refusal::invalid, *std::move(problem)};
  }
  if (user.roles.empty()) return Failure{Refusal::invalid, "roles: none"};
  if (user.roles.size() > all_roles.size()) return Failure{Refusal::invalid, "roles: named twice"};
  if (user.brands.names.size() > limits::user_brands_max) {
    return Failure{Refusal::too_many, fmt::format("brands: more than {}", limits::user_brands_max)};
  }
  if (user.brands.all && !user.brands.names.empty()) return Failure{Refusal::invalid, "brands: all, and some by name"};
  for (std::string const& brand : user.brands.names) {
    if (brand.empty() || brand.size() > limits::name_bytes_max || !records::is_plain_text(brand)) return Failure{Refusal::invalid, "brands: not an id"};
  }
  if (user.teams.size() > limits::user_teams_max) {
    return Failure{Refusal::too_many, fmt::format("teams: more than {}", limits::user_teams_max)};
  }
  return std::nullopt;
}

std::string rights_of(User const& user) {
  boost::json::array roles;
  for (Role const role : user.roles) roles.emplace_back(name(role));
  return boost::json::serialize(boost::json::object{{"roles", std::move(roles)},
                                                    {"all_brands", user.brands.all},
                                                    {"brands", array_of(user.brands.names)},
                                                    {"teams", array_of(user.teams)},
                                                    {"active", user.active}});
}

bool is_active_administrator(User const& user) { return user.active && is_administrator(user); }

/// A taken name of a user document is its login.
Failure failure_of_user(records::StoreError error) {
  return error == records::StoreError::name_taken ? Failure{Refusal::login_taken} : failure_of(error);
}

}  // namespace

Accounts::Accounts(records::Store& store, Sessions& sessions, ApiTokens& tokens, HashCost cost)
    : store_(store), sessions_(sessions), tokens_(tokens), cost_(cost) {}

Outcome<bool> Accounts::is_set_up() {
  auto const administrators = read_administrators();
  if (!administrators) return administrators.error();
  return administrators->version > 0;
}

Outcome<User> Accounts::create_first_administrator(NewUser asked, std::string_view password, std::string_view address,
                                                   base::Instant now) {
  auto const set_up = is_set_up();
  if (!set_up) return set_up.error();
  if (*set_up) return Failure{Refusal::already_set_up};
  User user = user_of(std::move(asked), now);
  user.roles = {Role::administrator};
  user.brands = BrandSet::every();
  user.teams.clear();
  if (auto problem = fields_problem(user)) return *std::move(problem);
  if (auto const problem = password_problem(password, user.login)) return Failure{Refusal::password_unfit, std::string{*problem}};
  auto hash = hash_password(password, cost_);
  if (!hash) return Failure{Refusal::store_unavailable, "out of memory for the password's hash"};

  Principal const system = system_principal();
  records::Batch batch{.changes = {people::to_document(user, 0),
                                   people::to_document(Credential{.user = user.id, .password_hash = *std::move(hash)}, 0),
                                   to_document(Administrators{.ids = {user.id}, .version = 0}),
                                   audit_of_user({system, address}, "user.create", user.id, now, rights_of(user))},
                       .at = now};
  auto const committed = store_.commit(std::move(batch));
  if (!committed) {
    return committed.error() == records::StoreError::conflict ? Failure{Refusal::already_set_up} : failure_of_user(committed.error());
  }
  user.version = 1;
  return user;
}

std::optional<Failure> Accounts::problem(Actor const& actor, NewUser const& asked) {
  User const user = user_of(asked, {});
  if (auto problem = fields_problem(user)) return problem;
  if (!may_manage(actor.principal, user)) return Failure{Refusal::not_permitted};
  if (auto problem = teams_problem(user.teams)) return problem;
  auto const taken = store_.document_by_name(user_kind, "", user.login);
  if (!taken) return failure_of(taken.error());
  if (*taken) return Failure{Refusal::login_taken};
  return std::nullopt;
}

Outcome<User> Accounts::create(Actor const& actor, NewUser asked, base::Instant now) {
  if (auto refused = problem(actor, asked)) return *std::move(refused);
  User user = user_of(std::move(asked), now);
  records::Batch batch{.changes = {people::to_document(user, 0),
                                   audit_of_user(actor, "user.create", user.id, now, rights_of(user))},
                       .at = now};
  User before = user;
  before.active = false;
  if (auto refused = keep_administrators(before, user, batch)) return *std::move(refused);
  auto const committed = store_.commit(std::move(batch));
  if (!committed) return failure_of_user(committed.error());
  user.version = 1;
  return user;
}

Outcome<User> Accounts::change(Actor const& actor, std::string_view id, UserChange const& change, std::int64_t expected,
                               base::Instant now) {
  auto const found = read_user(store_, id);
  if (!found) return found.error();
  User const& before = *found;
  if (before.version != expected) return Failure{Refusal::version_conflict};
  User after = before;
  if (change.name) after.name = *change.name;
  if (change.email) after.email = *change.email;
  if (change.roles) after.roles = *change.roles;
  if (change.brands) after.brands = *change.brands;
  if (change.teams) after.teams = *change.teams;
  if (change.active) after.active = *change.active;
  if (auto problem = fields_problem(after)) return *std::move(problem);
  if (!may_manage(actor.principal, before) || !may_manage(actor.principal, after)) return Failure{Refusal::not_permitted};
  if (change.teams) {
    if (auto problem = teams_problem(after.teams)) return *std::move(problem);
  }

  bool const ends_sessions = after.roles != before.roles || after.brands != before.brands || after.active != before.active;
  if (ends_sessions) ++after.epoch;
  records::Batch batch{.changes = {people::to_document(after, before.version),
                                   audit_of_user(actor, "user.change", before.id, now, rights_of(after))},
                       .at = now};
  if (auto refused = keep_administrators(before, after, batch)) return *std::move(refused);
  auto const committed = store_.commit(std::move(batch));
  sessions_.forget_user(before.id);
  tokens_.forget_user(before.id);
  if (!committed) return failure_of_user(committed.error());
  if (ends_sessions) sessions_.remove_before_epoch(before.id, after.epoch, now);
  after.version = before.version + 1;
  return after;
}

Outcome<UserPage> Accounts::list(std::string_view after, std::size_t limit) {
  auto const page = store_.documents(user_kind, std::nullopt, after, std::min(limit, limits::page_max));
  if (!page) return failure_of(page.error());
  UserPage users{.users = {}, .after = std::string{after}, .more = page->more};
  for (records::Document const& document : page->documents) {
    users.after = document.id;
    if (auto user = to_user(document)) users.users.push_back(*std::move(user));
  }
  return users;
}

Outcome<std::vector<User>> Accounts::members(std::string_view team) {
  auto const documents = store_.documents_by_lookup(user_kind, fmt::format("team:{}", team), {}, limits::page_max);
  if (!documents) return failure_of(documents.error());
  std::vector<User> users;
  for (records::Document const& document : documents->documents) {
    if (auto user = to_user(document)) users.push_back(*std::move(user));
  }
  return users;
}

Outcome<Accounts::Administrators> Accounts::read_administrators() {
  auto const document = store_.document(administrators_kind, administrators_id);
  if (!document) return failure_of(document.error());
  if (!*document) return Administrators{};
  auto const body = parse_object((*document)->body);
  if (!body) return Failure{Refusal::store_broken, "administrators"};
  return Administrators{.ids = texts_of(*body, "ids"), .version = (*document)->version};
}

records::PutDocument Accounts::to_document(Administrators const& administrators) {
  records::PutDocument put;
  put.kind = administrators_kind;
  put.id = administrators_id;
  put.body = boost::json::serialize(boost::json::object{{"ids", array_of(administrators.ids)}});
  put.expected = administrators.version;
  return put;
}

std::optional<Failure> Accounts::keep_administrators(User const& before, User const& after, records::Batch& batch) {
  bool const was = is_active_administrator(before);
  bool const is = is_active_administrator(after);
  if (was == is) return std::nullopt;
  auto administrators = read_administrators();
  if (!administrators) return administrators.error();
  std::erase(administrators->ids, after.id);
  if (is) administrators->ids.push_back(after.id);
  if (administrators->ids.empty()) return Failure{Refusal::last_administrator};
  batch.changes.emplace_back(to_document(*administrators));
  return std::nullopt;
}

std::optional<Failure> Accounts::teams_problem(std::vector<std::string> const& teams) {
  for (std::string const& id : teams) {
    auto const team = store_.document(team_kind, id);
    if (!team) return failure_of(team.error());
    if (!*team) return Failure{Refusal::invalid, fmt::format("teams: there is no \"{}\"", id)};
  }
  return std::nullopt;
}

}  // namespace rapport::people
