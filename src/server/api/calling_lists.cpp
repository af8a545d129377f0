#include "server/api/calling_lists.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "base/phone_limits.hpp"
#include "customers/callee.hpp"
#include "server/api/calling_import.hpp"
#include "server/api/document_body.hpp"
#include "server/api/problems.hpp"
#include "server/api/resource.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Response;
using people::Permission;

Resource lists(Gate& gate, CallingDesk& desk) {
  Resource list;
  list.kind = calling_list_kind;
  list.path = "/api/v1/calling-lists";
  list.read = Permission::calls_place;
  list.write = Permission::lists_write;
  list.take = [&gate, &desk](Body& body, Asked const&, std::optional<records::Document> const& before) {
    records::Store& store = gate.services().store;
    std::string const brand = body.text_or("brand", {});
    json::object kept = read_calling_list(body, gate.services().brands.region(brand));
    if (!before && desk.list_count() >= limits::calling_lists_max) body.wrong(fmt::format("more than calling_lists_max, {}", limits::calling_lists_max));
    auto const known = store.document("brand", brand);
    if (!known) return Resource::Wanted{.body = {}, .failed = problem_of(known.error())};
    if (!*known) body.wrong(fmt::format("brand: found \"{}\", expected the id of a brand", brand));
    std::string const wanted = text_or(kept, "queue", {});
    auto const queue = store.document("queue", wanted);
    if (!queue) return Resource::Wanted{.body = {}, .failed = problem_of(queue.error())};
    if (!*queue || (**queue).brand != brand) body.wrong(fmt::format("queue: found \"{}\", expected a queue of the same brand", wanted));
    return Resource::Wanted{std::move(kept)};
  };
  list.changed = [&desk](records::Document const& document, bool removed) { desk.list_changed(document, removed); };
  list.keeps = [&desk](records::Document const& document) -> records::Stored<std::optional<std::string>> {
    if (desk.progress(document.id).calling > 0) return std::optional<std::string>{"somebody of it is being called"};
    return std::optional<std::string>{};
  };
  return list;
}

base::Result<CallingList, http::Problem> find_list(Services& services, Asked const& asked) {
  auto found = services.store.document(calling_list_kind, asked.request.parameter("id"));
  if (!found) return problem_of(found.error());
  auto list = *found && asked.principal().brands.has((**found).brand) ? to_calling_list(**found) : std::nullopt;
  if (!list) return not_found();
  return std::move(*list);
}

records::AuditEntry audit(Asked const& asked, std::string_view what, CallingList const& list, json::object const& detail) {
  return {asked.now, people::who(asked.principal()), fmt::format("calling_list.{}", what), "calling_list:" + list.rules.id, list.rules.brand, asked.request.remote_address, json::serialize(detail)};
}

ReadNumber number_reading(CallParts const& calls, std::string const& region) {
  return [&calls, region](std::string_view text) -> base::Result<std::pair<std::string, std::string>> {
    if (calls.check) {
      auto const granted = calls.check(text, region);
      if (!granted) return base::Error{granted.error().detail};
      if (granted->emergency) return base::Error{"a number that is no emergency number"};
      return std::pair{granted->to, granted->country};
    }
    auto const callee = customers::read_callee(text, region);
    if (!callee) return base::Error{std::string{customers::describe(callee.error())}};
    if (callee->kind != customers::Callee::Kind::ordinary) return base::Error{"a number that a numbering plan knows, of ordinary cost"};
    return std::pair{callee->number, callee->region};
  };
}

json::object render_refused(CallingLineRefused const& refused) {
  json::object shown{{"line", refused.place.line}, {"place", refused.place.column}, {"expected", refused.expected}};
  if (!refused.column.empty()) shown["column"] = refused.column;
  if (!refused.found.empty()) shown["found"] = refused.found;
  return shown;
}

Response fill(Services& services, CallingDesk& desk, CallParts const& calls, Asked const& asked) {
  auto const list = find_list(services, asked);
  if (!list) return list.error().response();
  bool const dry_run = asked.request.query.find("dry_run") == "true";
  std::string const region = services.brands.region(list->rules.brand);
  CallingFile file = read_calling_file(asked.request.body, number_reading(calls, region));
  auto const known = [&](std::string const& number) {
    std::vector<domain::Identifier> const handle{{"tel", number, false}};
    auto const matching = services.book.matching(list->rules.brand, handle);
    return matching && !matching->empty() ? matching->front().value.id : std::string{};
  };
  CallingDesk::Note note;
  if (!dry_run) {
    note = [&](CallingDesk::Imported const& wanted) {
      json::object const detail{{"added", wanted.added}, {"refused", file.refused.size()}};
      return services.store.commit({{audit(asked, "fill", *list, detail)}, asked.now, false});
    };
  }
  auto const done = desk.add(*list, std::move(file.entries), known, note, asked.now);
  if (!done) return problem_of(done.error()).response();
  json::array refused;
  for (CallingLineRefused const& one : file.refused) refused.push_back(render_refused(one));
  json::object answer{{"dry_run", dry_run}, {"added", done->added}, {"already_there", done->already_there}, {"no_room", done->no_room}, {"refused", std::move(refused)}, {"whole", file.whole}};
  return Response::json(json::serialize(answer));
}

Response progress(Services& services, CallingDesk const& desk, Asked const& asked) {
  auto const list = find_list(services, asked);
  if (!list) return list.error().response();
  calling::Progress const far = desk.progress(list->rules.id);
  json::object const answer{{"all", far.all()}, {"waiting", far.waiting}, {"in_hand", far.in_hand}, {"calling", far.calling}, {"reached", far.reached}, {"not_reached", far.not_reached}, {"refused", far.refused}, {"wrong", far.wrong}, {"skipped", far.skipped}};
  return Response::json(json::serialize(answer));
}

std::string moment(std::optional<base::Instant> at) { return at ? base::format_rfc3339(*at) : std::string{}; }

/// All entries as a file, with what came of them; of who was erased nothing.
Response results(Services& services, CallingDesk const& desk, Asked const& asked) {
  auto const list = find_list(services, asked);
  if (!list) return list.error().response();
  std::string file = csv_line({"reference", "number", "name", "state", "came", "attempts", "called_at", "next_at", "agent", "interaction", "reason"});
  for (std::string const& id : desk.entries_of(list->rules.id)) {
    auto const document = services.store.document(calling_entry_kind, id);
    if (!document) return problem_of(document.error()).response();
    auto const kept = *document ? to_calling_entry(**document) : std::nullopt;
    if (!kept) continue;
    calling::Entry const& entry = kept->entry;
    CallingStep const last = kept->history.empty() ? CallingStep{} : kept->history.back();
    bool const waits = entry.state == calling::State::waiting;
    file += csv_line({kept->reference, entry.number, kept->name, std::string{calling::name(entry.state)}, std::string{calling::name(entry.came)}, std::to_string(entry.attempts), moment(entry.begun_at ? entry.begun_at : entry.called_at),
                      waits ? moment(entry.next_at) : std::string{}, last.agent, entry.interaction, last.reason});
  }
  if (auto const kept = services.store.commit({{audit(asked, "export", *list, {})}, asked.now, false}); !kept) return problem_of(kept.error()).response();
  Response made{http::status::ok, {}, "text/csv; charset=utf-8", std::move(file)};
  made.with("Content-Disposition", fmt::format("attachment; filename=\"{}.csv\"", list->rules.id)).with("Cache-Control", "private, no-store");
  return made;
}

}  // namespace

void add_calling_lists(Gate& gate, CallingDesk& desk, CallParts const& calls) {
  auto const parts = std::make_shared<CallParts const>(calls);
  Services& services = gate.services();
  Pass const writing{{Permission::lists_write}};
  http::RouteOptions upload;
  upload.body_bytes_max = limits::import_bytes_max;
  add_resource(gate, lists(gate, desk));
  gate.answer(
      http::Method::post, "/api/v1/calling-lists/{id}/entries", writing, [&services, &desk, parts](Asked const& asked) { return fill(services, desk, *parts, asked); }, upload);
  gate.answer(http::Method::get, "/api/v1/calling-lists/{id}/progress", writing, [&services, &desk](Asked const& asked) { return progress(services, desk, asked); });
  gate.answer(http::Method::get, "/api/v1/calling-lists/{id}/results", writing, [&services, &desk](Asked const& asked) { return results(services, desk, asked); });
}

}  // namespace rapport::server::api
