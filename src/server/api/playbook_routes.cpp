#include "server/api/playbook_routes.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "people/secret.hpp"
#include "playbook/difference.hpp"
#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "records/newest_first.hpp"
#include "server/api/amend.hpp"
#include "server/api/body.hpp"
#include "server/api/document_body.hpp"
#include "server/api/playbook_versions.hpp"
#include "server/api/problems.hpp"
#include "server/api/scan.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
using people::Permission;
using Files = std::vector<playbook::SourceFile>;
namespace status = http::status;

Pass reading_playbooks() { return {{Permission::playbooks_read, Permission::playbooks_write}}; }
Pass writing_playbooks() { return {{Permission::playbooks_write}}; }

json::array list_of(std::vector<std::string> const& texts) {
  json::array made;
  for (std::string const& text : texts) made.emplace_back(text);
  return made;
}

json::object shown_version(PlaybookVersion const& version) {
  return {{"id", version.id}, {"brand", version.brand}, {"name", version.name}, {"version", version.version}, {"hash", version.hash}, {"based_on", version.based_on}, {"note", version.note}, {"by", version.by}, {"at", base::format_rfc3339(version.at)}, {"presets", list_of(version.presets)}};
}

json::object shown_problem(playbook::Problem const& problem) {
  return {{"file", problem.place.file}, {"line", problem.place.line}, {"column", problem.place.column}, {"message", problem.message}};
}

json::array shown_problems(std::vector<playbook::Problem> const& problems) {
  json::array made;
  for (playbook::Problem const& problem : problems) made.push_back(shown_problem(problem));
  return made;
}

std::vector<std::string> presets_of(playbook::Playbook const& playbook) {
  std::vector<std::string> names;
  for (playbook::Preset const& preset : playbook.presets) names.push_back(preset.name);
  return names;
}

/// Whether the asker may know of versions of this brand; those of no brand are everybody's.
bool sees(Asked const& asked, std::string_view brand) { return brand.empty() || asked.principal().brands.has(brand); }

/// A stored version or a built-in playbook, as far as the asker may know of it.
struct Known {
  std::optional<PlaybookVersion> version;  ///< nothing: built in
  Files files;
};
base::Result<Known, http::Problem> find_playbook(Services& services, Playbooks const& playbooks, Asked const& asked, std::string const& id) {
  Known known;
  auto version = find_version(services, asked, id);
  if (!version) return version.error();
  known.version = std::move(*version);
  auto files = playbooks.files(id);
  if (!files) return problem_of(records::StoreError::broken);
  known.files = std::move(*files);
  return known;
}

/// What somebody would like a version to be.
struct Draft {
  std::string brand;
  std::string based_on;
  std::string note;
  Files files;  ///< whole
};

/// {"based_on", "files": {path: text, or null to leave it out}, …}; what is wrong stands in the body.
Draft read_draft(Services& services, Playbooks const& playbooks, Asked const& asked, Body& body) {
  Draft draft;
  draft.brand = body.text_or("brand", {}, 64);
  draft.based_on = body.text_or("based_on", {}, limits::name_bytes_max);
  draft.note = body.words_or("note", {}, limits::reason_bytes_max);
  std::map<std::string, std::string> files;
  if (!draft.based_on.empty()) {
    auto const base = find_playbook(services, playbooks, asked, draft.based_on);
    if (!base)
      body.wrong(fmt::format("based_on: found \"{}\", expected a playbook", draft.based_on));
    else
      for (playbook::SourceFile const& file : base->files) files[file.path] = file.text;
  }
  if (json::object const* const given = body.object("files")) {
    for (json::key_value_pair const& file : *given) {
      std::string const path{file.key()};
      if (path.empty() || path.size() > 200) body.wrong("files: expected paths of 1 to 200 bytes");
      if (file.value().is_null())
        files.erase(path);
      else if (file.value().is_string())
        files[path] = std::string{std::string_view{file.value().get_string()}};
      else
        body.wrong(fmt::format("files[\"{}\"]: expected a text, or null", path));
    }
  }
  for (auto& [path, text] : files) draft.files.push_back({path, std::move(text)});
  if (draft.files.empty()) body.wrong("files: expected at least one");
  return draft;
}

Response check(Services& services, Playbooks const& playbooks, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    Draft const draft = read_draft(services, playbooks, asked, body);
    std::string const preset = body.text_or("preset", {}, limits::name_bytes_max);
    if (auto refused = wrong(body)) return std::move(*refused);
    auto const loaded = playbook::load(draft.files, preset);
    json::object made{{"problems", shown_problems(loaded.problems)}, {"name", ""}, {"version", ""}, {"hash", ""}, {"practices", 0}, {"presets", json::array{}}};
    if (loaded) {
      made["name"] = loaded.playbook->name;
      made["version"] = loaded.playbook->version;
      made["hash"] = loaded.playbook->hash;
      made["practices"] = loaded.playbook->practices.size();
      made["presets"] = list_of(presets_of(*loaded.playbook));
    }
    return Response::json(json::serialize(made));
  });
}

/// False: as many as there may be.
records::Stored<bool> room_for_one(records::Store& store) {
  std::size_t count = 0;
  std::string after;
  for (;;) {
    auto const page = store.documents(playbook_version_kind, std::nullopt, after, limits::page_max);
    if (!page) return page.error();
    count += page->documents.size();
    if (count >= limits::playbook_versions_max) return false;
    if (!page->more) return true;
    after = page->documents.back().id;
  }
}

Response add(Services& services, Playbooks const& playbooks, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) -> Response {
    Draft const draft = read_draft(services, playbooks, asked, body);
    if (auto refused = wrong(body)) return std::move(*refused);
    bool const theirs = draft.brand.empty() ? asked.principal().brands.all : asked.principal().brands.has(draft.brand);
    if (!theirs) return forbidden("brand: expected one of yours; a version for all brands needs all of them").response();
    auto loaded = playbook::load(draft.files);
    if (!loaded) {
      http::Problem problem = invalid(playbook::to_text(loaded.problems.front()));
      problem.code = "playbook_wrong";
      problem.members["problems"] = shown_problems(loaded.problems);
      return problem.response();
    }
    auto const room = room_for_one(services.store);
    if (!room) return problem_of(room.error()).response();
    if (!*room) return conflict("too_many", "playbook_versions_max").response();
    PlaybookVersion version;
    version.id = records::newest_first_id(asked.now, people::make_id(asked.now));
    version.brand = draft.brand;
    version.name = loaded.playbook->name;
    version.version = loaded.playbook->version;
    version.hash = loaded.playbook->hash;
    version.based_on = draft.based_on;
    version.note = draft.note;
    version.by = asked.principal().user;
    version.at = asked.now;
    version.presets = presets_of(*loaded.playbook);
    records::Batch batch{changes_of(version, draft.files), asked.now, false};
    batch.changes.emplace_back(records::AuditEntry{asked.now, people::who(asked.principal()), "playbook.add", "playbook:" + version.id, version.brand, asked.request.remote_address, {}});
    if (auto const done = services.store.commit(std::move(batch)); !done) return problem_of(done.error()).response();
    return Response::json(json::serialize(shown_version(version)), status::created);
  });
}

json::array built_in() {
  json::array made;
  for (std::string_view const name : playbook::embedded_playbooks()) made.emplace_back(name);
  return made;
}

Response list_playbooks(Services& services, Asked const& asked) {
  auto const page = page_asked(asked.request);
  if (!page) return malformed("limit, after: malformed").response();
  auto const brand = query_text(asked.request, "brand");
  if (brand && !sees(asked, *brand)) return forbidden("brand: not one of yours").response();
  json::array items;
  auto const found = scan(services.store, playbook_version_kind, people::BrandSet::every(), *page, [&](records::Document const& document) {
    auto const version = playbook_version(document);
    if (!version || !sees(asked, version->brand) || (brand && !version->brand.empty() && version->brand != *brand)) return false;
    items.push_back(shown_version(*version));
    return true;
  });
  if (!found) return problem_of(found.error()).response();
  json::object answer{{"built_in", built_in()}, {"items", std::move(items)}, {"next", nullptr}};
  if (!found->next.empty()) answer["next"] = cursor_of(found->next);
  return Response::json(json::serialize(answer));
}

Response read_playbook(Services& services, Playbooks const& playbooks, Asked const& asked) {
  std::string const& id = asked.request.parameter("id");
  auto const known = find_playbook(services, playbooks, asked, id);
  if (!known) return known.error().response();
  json::object made;
  if (known->version)
    made["version"] = shown_version(*known->version);
  else
    made["version"] = nullptr;
  made["id"] = id;
  json::array files;
  for (playbook::SourceFile const& file : known->files) files.push_back({{"path", file.path}, {"text", file.text}});
  made["files"] = std::move(files);
  return Response::json(json::serialize(made));
}

std::string_view word_of(playbook::LineDifference::Kind kind) {
  using Kind = playbook::LineDifference::Kind;
  return kind == Kind::same ? "same" : kind == Kind::added ? "added"
                                                           : "removed";
}
std::string_view word_of(playbook::FileDifference::Change change) {
  using Change = playbook::FileDifference::Change;
  return change == Change::changed ? "changed" : change == Change::added ? "added"
                                                                         : "removed";
}

/// What differs between the one of the path and `?to=`.
Response compare(Services& services, Playbooks const& playbooks, Asked const& asked) {
  auto const from = find_playbook(services, playbooks, asked, asked.request.parameter("id"));
  if (!from) return from.error().response();
  auto const to = find_playbook(services, playbooks, asked, query_text(asked.request, "to").value_or("standard"));
  if (!to) return to.error().response();
  json::array files;
  for (playbook::FileDifference const& file : playbook::difference(from->files, to->files)) {
    json::array lines;
    for (playbook::LineDifference const& line : file.lines) {
      json::object one{{"kind", word_of(line.kind)}, {"text", line.text}};
      if (line.before != 0) one["before"] = line.before;
      if (line.after != 0) one["after"] = line.after;
      lines.push_back(std::move(one));
    }
    files.push_back({{"path", file.path}, {"change", word_of(file.change)}, {"lines", std::move(lines)}});
  }
  return Response::json(json::serialize(json::object{{"files", std::move(files)}}));
}

/// What the brand's document says by now: of two who change it the last one written counts.
void use_again(Services& services, Playbooks& playbooks, std::string const& slug) {
  auto const brand = services.store.document("brand", slug);
  if (brand && *brand) (void)playbooks.use(**brand, services.judge);
}

/// {"brand", "preset"}: that brand's interactions are judged by it from the next one on.
Attempt try_activate(Gate& gate, Playbooks& playbooks, Asked const& asked) {
  Services& services = gate.services();
  std::string const& id = asked.request.parameter("id");
  auto const known = find_playbook(services, playbooks, asked, id);
  if (!known) return {{}, known.error().response()};
  Body body{asked.request.body};
  if (!body.is_json()) return {{}, malformed(*body.problem()).response()};
  std::string const slug = body.text("brand", 64);
  std::string const preset = body.text_or("preset", {}, limits::name_bytes_max);
  if (auto refused = wrong(body)) return {{}, std::move(*refused)};
  if (!asked.principal().brands.has(slug)) return {{}, forbidden("brand: not one of yours").response()};
  auto const document = services.store.document("brand", slug);
  if (!document) return {{}, problem_of(document.error()).response()};
  auto fields = *document ? body_of(**document) : std::nullopt;
  if (!fields) return {{}, invalid(fmt::format("brand: found \"{}\", expected the id of a brand", slug)).response()};
  if (auto const plan = playbooks.plan(id, preset, slug); !plan) return {{}, invalid(plan.error().message).response()};
  json::object const detail{{"playbook", id}, {"preset", preset}, {"before", text_or(*fields, "playbook", "standard")}};
  (*fields)["playbook"] = id;
  (*fields)["preset"] = preset;
  records::PutDocument changed{"brand", slug, (**document).brand, {}, json::serialize(*fields), (**document).version, {}, {}};
  records::AuditEntry audit{asked.now, people::who(asked.principal()), "playbook.activate", "brand:" + slug, slug, asked.request.remote_address, json::serialize(detail)};
  records::Batch batch{{std::move(changed), std::move(audit)}, asked.now, false};
  json::object const answer{{"brand", slug}, {"playbook", id}, {"preset", preset}};
  return {std::move(batch), Response::json(json::serialize(answer)), [&gate, &playbooks, slug] { use_again(gate.services(), playbooks, slug); }};
}

}  // namespace

base::Result<std::optional<PlaybookVersion>, http::Problem> find_version(Services& services, Asked const& asked, std::string const& id) {
  if (!playbook::embedded_playbook(id).empty()) return std::optional<PlaybookVersion>{};
  auto const document = services.store.document(playbook_version_kind, id);
  if (!document) return problem_of(document.error());
  auto version = *document ? playbook_version(**document) : std::nullopt;
  if (!version || !sees(asked, version->brand)) return not_found();
  return version;
}

void add_playbooks(Gate& gate, Playbooks& playbooks) {
  http::RouteOptions upload;
  upload.body_bytes_max = limits::playbook_upload_bytes_max;
  gate.answer(Method::get, "/api/v1/playbooks", reading_playbooks(), [&gate](Asked const& asked) { return list_playbooks(gate.services(), asked); });
  gate.answer(Method::post, "/api/v1/playbooks", writing_playbooks(), [&gate, &playbooks](Asked const& asked) { return add(gate.services(), playbooks, asked); }, upload);
  gate.answer(Method::post, "/api/v1/playbooks/check", writing_playbooks(), [&gate, &playbooks](Asked const& asked) { return check(gate.services(), playbooks, asked); }, upload);
  gate.answer(Method::get, "/api/v1/playbooks/{id}", reading_playbooks(), [&gate, &playbooks](Asked const& asked) { return read_playbook(gate.services(), playbooks, asked); });
  gate.answer(Method::get, "/api/v1/playbooks/{id}/difference", reading_playbooks(), [&gate, &playbooks](Asked const& asked) { return compare(gate.services(), playbooks, asked); });
  gate.answer(Method::post, "/api/v1/playbooks/{id}/activate", writing_playbooks(), [&gate, &playbooks](Asked const& asked) {
    return change_stored(gate.services().store, [&] { return try_activate(gate, playbooks, asked); });
  });
}

}  // namespace rapport::server::api
