#include "people/teams.hpp"

#include "base/limits.hpp"
#include "people/secret.hpp"

namespace rapport::people {

namespace {

records::AuditEntry audit_of_team(Actor const& actor, std::string_view action, std::string_view id, base::Instant now) {
  return {now, who(actor.principal), std::string{action}, "team:" + std::string{id}, "", std::string{actor.address}, ""};
}

}  // namespace

Outcome<Team> Teams::create(Actor const& actor, std::string_view name, base::Instant now) {
  return put(actor, {.id = make_id(now), .name = std::string{name}, .version = 0}, "team.create", now);
}

Outcome<Team> Teams::rename(Actor const& actor, std::string_view id, std::string_view name, std::int64_t expected,
                            base::Instant now) {
  if (expected < 1) return Failure{Refusal::not_found, "team"};
  return put(actor, {.id = std::string{id}, .name = std::string{name}, .version = expected}, "team.change", now);
}

Outcome<Team> Teams::put(Actor const& actor, Team team, std::string_view action, base::Instant now) {
  if (!may(actor.principal, Permission::teams_write)) return Failure{Refusal::not_permitted};
  if (auto problem = name_problem(team.name)) return Failure{Refusal::invalid, *std::move(problem)};
  auto const committed = store_.commit(
      {.changes = {to_document(team, team.version), audit_of_team(actor, action, team.id, now)}, .at = now});
  if (!committed) return failure_of(committed.error());
  ++team.version;
  return team;
}

Outcome<Nothing> Teams::remove(Actor const& actor, std::string_view id, std::int64_t expected, base::Instant now) {
  if (!may(actor.principal, Permission::teams_write)) return Failure{Refusal::not_permitted};
  auto const members = accounts_.members(id);
  if (!members) return members.error();
  if (!members->empty()) return Failure{Refusal::invalid, "team: has members"};
  auto const committed = store_.commit({.changes = {records::RemoveDocument{std::string{team_kind}, std::string{id}, expected},
                                                    audit_of_team(actor, "team.remove", id, now)},
                                        .at = now});
  if (!committed) return failure_of(committed.error());
  return Nothing{};
}

Outcome<Team> Teams::find(std::string_view id) {
  auto const document = store_.document(team_kind, id);
  if (!document) return failure_of(document.error());
  auto team = *document ? to_team(**document) : std::nullopt;
  if (!team) return Failure{Refusal::not_found, "team"};
  return *std::move(team);
}

Outcome<std::vector<Team>> Teams::list(std::string_view after) {
  auto const page = store_.documents(team_kind, std::nullopt, after, limits::page_max);
  if (!page) return failure_of(page.error());
  std::vector<Team> teams;
  for (records::Document const& document : page->documents) {
    if (auto team = to_team(document)) teams.push_back(*std::move(team));
  }
  return teams;
}

}  // namespace rapport::people
