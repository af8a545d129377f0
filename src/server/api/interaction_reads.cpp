#include "server/api/interaction_reads.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "server/api/body.hpp"
#include "server/api/ledger_view.hpp"
#include "server/api/paging.hpp"
#include "server/api/problems.hpp"
#include "server/api/render.hpp"
#include "server/api/stored.hpp"
#include "timeline/formats/writer.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
using people::Permission;

Pass reading_interactions() {
  return {{Permission::interactions_read_own, Permission::interactions_read_team, Permission::interactions_read_all}};
}

/// Moments and bounds of the query string; false: one of them is malformed.
bool read_bounds(http::Request const& request, records::InteractionQuery& query) {
  auto const moment = [&](std::string_view name, std::optional<base::Instant>& bound) {
    auto const text = request.query.find(name);
    if (!text) return true;
    auto const parsed = base::parse_rfc3339(*text);
    if (!parsed) return false;
    bound = *parsed;
    return true;
  };
  if (!moment("from", query.from) || !moment("to", query.to)) return false;
  if (auto const text = request.query.find("channel")) {
    query.channel = domain::parse_channel(*text);
    if (!query.channel) return false;
  }
  if (auto const text = request.query.find("live")) {
    if (*text != "true" && *text != "false") return false;
    query.live = *text == "true";
  }
  auto const below = query_whole(request, "score_below", 0, 100, -1);
  if (!below) return false;
  if (*below >= 0) query.score_below = static_cast<std::int32_t>(*below * 1'000);
  return true;
}

/// Only what the asker may see: their brands', and their own unless they may see more. Who sees a team's
/// names one of its members (`agent`).
void confine(Services& services, people::Principal const& principal, records::InteractionQuery& query) {
  if (!people::may(principal, Permission::interactions_read_all)) {
    auto const shares_team = [&](std::string const& agent) {
      records::InteractionRow row;
      row.agents = {agent};
      auto const teams = ground_of(services, principal, std::move(row)).agent_teams;
      return std::ranges::any_of(teams, [&](std::string const& team) { return std::ranges::find(principal.teams, team) != principal.teams.end(); });
    };
    bool const named = query.agent && people::may(principal, Permission::interactions_read_team) && shares_team(*query.agent);
    if (!named) query.agent = principal.user;
  }
  if (!principal.brands.all && query.brands.empty()) query.brands = principal.brands.names;
}

Response list_interactions(Services& services, Asked const& asked) {
  auto const page = page_asked(asked.request);
  records::InteractionQuery query;
  if (!page || !read_bounds(asked.request, query) || !begin_behind(page->after, query)) return malformed("a query parameter is malformed").response();
  query.customer = query_text(asked.request, "customer");
  query.agent = query_text(asked.request, "agent");
  query.queue = query_text(asked.request, "queue");
  query.case_id = query_text(asked.request, "case");
  query.disposition = query_text(asked.request, "disposition");
  query.outcome = query_text(asked.request, "outcome");
  query.missed = query_text(asked.request, "missed");
  query.words = asked.request.query.find("words").value_or("");
  query.limit = page->limit;
  if (auto const brand = asked.request.query.find("brand")) {
    if (!asked.principal().brands.has(*brand)) return forbidden("brand: not one of yours").response();
    query.brands = {std::string{*brand}};
  }
  confine(services, asked.principal(), query);
  json::array items;
  json::object answer{{"next", nullptr}};
  if (!asked.principal().brands.all && query.brands.empty()) {  // sees no brand but through a contact
    answer["items"] = std::move(items);
    return Response::json(json::serialize(answer));
  }
  auto found = services.store.search(query);
  if (!found) return problem_of(found.error()).response();
  for (records::InteractionRow const& row : found->rows) items.push_back(render(row));
  if (found->more) answer["next"] = cursor_of(found->rows.back());
  answer["items"] = std::move(items);
  return Response::json(json::serialize(answer));
}

json::object whole(StoredTimeline const& timeline) {
  json::object made = render(timeline.row);
  json::value const written = json::parse(timeline::formats::write_interaction(timeline.head, {}));
  made["head"] = written;
  json::array events;
  for (std::size_t place = 0; place < timeline.events.size(); ++place) {
    json::object one = render(timeline.events[place], timeline.head);
    one["number"] = timeline.numbers[place];
    events.push_back(std::move(one));
  }
  made["events"] = std::move(events);
  return made;
}

Response read_interaction(Services& services, Asked const& asked) {
  auto const found = find_interaction(services, asked);
  if (!found) return found.error().response();
  return Response::json(json::serialize(whole(*found)));
}

Response ledger(Services& services, Asked const& asked) {
  auto const found = find_interaction(services, asked);
  if (!found) return found.error().response();
  if (!people::may_read_scorecard(asked.principal(), ground_of(services, asked.principal(), (*found).row).facts())) return forbidden("needs scorecards").response();
  auto const kept = services.store.ledgers((*found).row.id);
  if (!kept) return problem_of(kept.error()).response();
  if (kept->empty()) return not_found().response();
  return Response::json(json::serialize(ledger_view(kept->front(), *found)));
}

Response ledgers(Services& services, Asked const& asked) {
  auto const found = find_interaction(services, asked);
  if (!found) return found.error().response();
  if (!people::may_read_scorecard(asked.principal(), ground_of(services, asked.principal(), (*found).row).facts())) return forbidden("needs scorecards").response();
  auto const kept = services.store.ledgers((*found).row.id);
  if (!kept) return problem_of(kept.error()).response();
  json::array items;
  for (records::LedgerRecord const& one : *kept) items.push_back(ledger_view(one, *found));
  return Response::json(json::serialize(json::object{{"items", std::move(items)}}));
}

Response interaction_export(Services& services, Asked const& asked) {
  auto const found = find_interaction(services, asked);
  if (!found) return found.error().response();
  std::string_view const format = asked.request.query.find("format").value_or("interaction");
  StoredTimeline const& timeline = *found;
  std::string body;
  if (format == "interaction")
    body = timeline::formats::write_interaction(timeline.head, timeline.events);
  else if (format == "vcon")
    body = timeline::formats::write_vcon(timeline.head, timeline.events);
  else if (format == "text")
    body = timeline::formats::write_text(timeline.head, timeline.events);
  else
    return malformed("format: expected interaction, vcon or text").response();
  records::AuditEntry const audit{asked.now, people::who(asked.principal()), "interaction.export", "interaction:" + timeline.row.id, timeline.row.brand, asked.request.remote_address, {}};
  if (auto const done = services.store.commit({{audit}, asked.now, false}); !done) return problem_of(done.error()).response();
  if (format == "text") return Response::text(std::move(body));
  return Response::json(std::move(body));
}

}  // namespace

void add_interaction_reads(Gate& gate) {
  auto const add = [&gate](std::string_view path, Pass pass, Response (*work)(Services&, Asked const&)) {
    gate.answer(Method::get, path, std::move(pass), [&gate, work](Asked const& asked) { return work(gate.services(), asked); });
  };
  add("/api/v1/interactions", reading_interactions(), list_interactions);
  add("/api/v1/interactions/{id}", reading_interactions(), read_interaction);
  add("/api/v1/interactions/{id}/ledger", {{Permission::scorecards_read_own, Permission::scorecards_read_all}}, ledger);
  add("/api/v1/interactions/{id}/ledgers", {{Permission::scorecards_read_own, Permission::scorecards_read_all}}, ledgers);
  add("/api/v1/interactions/{id}/export", {{Permission::interactions_export}}, interaction_export);
}

}  // namespace rapport::server::api
