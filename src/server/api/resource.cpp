#include "server/api/resource.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "people/secret.hpp"
#include "server/api/document_body.hpp"
#include "server/api/etag.hpp"
#include "server/api/paging.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
namespace status = http::status;

/// The five routes of one resource.
class Routes {
 public:
  Routes(Gate& gate, Resource resource) : services_(gate.services()), resource_(std::move(resource)) {}

  Response list(Asked const& asked) const {
    auto const page = page_asked(asked.request);
    if (!page) return malformed("limit, after: malformed").response();
    auto const brand = asked.request.query.find("brand");
    auto found = services_.store.documents(resource_.kind, brand, page->after, page->limit);
    if (!found) return problem_of(found.error()).response();
    json::array items;
    for (records::Document const& document : found->documents) {
      if (sees(asked, document)) items.push_back(told(document));
    }
    json::object answer{{"items", std::move(items)}, {"next", nullptr}};
    if (found->more) answer["next"] = cursor_of(found->documents.back().id);
    return Response::json(json::serialize(answer));
  }

  Response read(Asked const& asked) const {
    auto const found = find(asked);
    if (!found) return found.error().response();
    if (asked.request.header("if-none-match") == etag((*found).version)) return Response::empty(status::not_modified);
    return show(*found);
  }

  Response make(Asked const& asked) const {
    Body body{asked.request.body};
    std::string const id = resource_.slugs ? body.text("id", 64) : people::make_id(asked.now);
    if (body.is_json() && !is_slug(id)) body.wrong(fmt::format("id: found \"{}\", expected a slug of a–z, 0–9 and -", id));
    return put(asked, body, id, std::nullopt, status::created);
  }

  Response replace(Asked const& asked) const {
    auto const before = find(asked);
    if (!before) return before.error().response();
    auto const version = if_match(asked.request);
    if (!version) return precondition_required().response();
    if (*version != (*before).version) return problem_of(records::StoreError::conflict).response();
    Body body{asked.request.body};
    (void)body.text_or("id", {});
    return put(asked, body, (*before).id, *before, status::ok);
  }

  Response remove(Asked const& asked) const {
    auto const before = find(asked);
    if (!before) return before.error().response();
    if (asked.request.header("if-match") && if_match(asked.request) != before->version) return problem_of(records::StoreError::conflict).response();
    if (resource_.keeps) {
      auto const why = resource_.keeps(*before);
      if (!why) return problem_of(why.error()).response();
      if (*why) return conflict("in_use", **why).response();
    }
    records::Batch batch{{records::RemoveDocument{resource_.kind, (*before).id, if_match(asked.request)}}, asked.now, false};
    batch.changes.emplace_back(audit(asked, "delete", *before));
    if (auto const done = services_.store.commit(std::move(batch)); !done) return problem_of(done.error()).response();
    if (resource_.changed) resource_.changed(*before, true);
    return Response::empty();
  }

 private:
  /// As everybody sees it who did not just make it.
  json::object told(records::Document const& document) const {
    json::object body = shown(document);
    if (!resource_.once.empty()) body.erase(resource_.once);
    return body;
  }

  Response show(records::Document const& document, int answer = status::ok) const {
    json::object const body = answer == status::created ? shown(document) : told(document);
    return Response::json(json::serialize(body), answer).with("ETag", etag(document.version));
  }

  bool sees(Asked const& asked, records::Document const& document) const {
    bool const of_brand = !resource_.by_brand || document.brand.empty() || asked.principal().brands.has(document.brand);
    return of_brand && (!resource_.visible || resource_.visible(asked, document));
  }

  base::Result<records::Document, http::Problem> find(Asked const& asked) const {
    auto found = services_.store.document(resource_.kind, asked.request.parameter("id"));
    if (!found) return problem_of(found.error());
    if (!*found || !sees(asked, **found)) return not_found();
    return std::move(**found);
  }

  records::AuditEntry audit(Asked const& asked, std::string_view what, records::Document const& document) const {
    return {asked.now, people::who(asked.principal()), resource_.kind + "." + std::string{what}, resource_.kind + ":" + document.id, document.brand, asked.request.remote_address, {}};
  }

  Response put(Asked const& asked, Body& body, std::string const& id, std::optional<records::Document> const& before, int answer) const {
    if (!body.is_json()) return malformed(*body.problem()).response();
    records::Document document;
    document.kind = resource_.kind;
    document.id = id;
    document.brand = resource_.by_brand ? body.text("brand", 64) : std::string{};
    for (std::string_view const ours : {"version", "changed_at"}) body.ignore(ours);  // as they were read
    if (before && before->brand != document.brand) body.wrong("brand: cannot be changed");
    Resource::Wanted wanted = resource_.take(body, asked, before);
    if (wanted.failed) return wanted.failed->response();
    body.expect_no_more();
    if (body.problem()) return invalid(*body.problem()).response();
    if (!sees(asked, document)) return forbidden("brand: not one of yours").response();
    if (!wanted.forbidden.empty()) return forbidden(wanted.forbidden).response();
    if (resource_.by_brand) wanted.body["brand"] = document.brand;
    document.body = json::serialize(wanted.body);
    document.version = before ? before->version + 1 : 1;
    document.changed_at = asked.now;
    records::PutDocument kept{resource_.kind, id, document.brand, {}, document.body, before ? before->version : 0, std::move(wanted.names), std::move(wanted.lookups)};
    records::Batch batch{{std::move(kept), audit(asked, before ? "update" : "create", document)}, asked.now, false};
    if (auto const done = services_.store.commit(std::move(batch)); !done) {
      bool const exists = !before && done.error() == records::StoreError::conflict;
      return problem_of(exists ? records::StoreError::name_taken : done.error()).response();
    }
    if (resource_.changed) resource_.changed(document, false);
    Response made = show(document, answer);
    if (answer == status::created) made.with("Location", resource_.path + "/" + id);
    return made;
  }

  Services services_;
  Resource resource_;
};

}  // namespace

json::object shown(records::Document const& document) {
  json::object body = body_of(document).value_or(json::object{});
  body["id"] = document.id;
  body["version"] = document.version;
  body["changed_at"] = base::format_rfc3339(document.changed_at);
  return body;
}

bool is_slug(std::string_view text) {
  auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.size() <= 64 && text.front() != '-' && std::ranges::all_of(text, fits);
}

void add_resource(Gate& gate, Resource resource) {
  std::string const path = resource.path;
  std::string const one = path + "/{id}";
  Pass const read{{resource.read, resource.write}};
  Pass const write{{resource.write}};
  auto const routes = std::make_shared<Routes const>(gate, std::move(resource));
  gate.answer(Method::get, path, read, [routes](Asked const& asked) { return routes->list(asked); });
  gate.answer(Method::post, path, write, [routes](Asked const& asked) { return routes->make(asked); });
  gate.answer(Method::get, one, read, [routes](Asked const& asked) { return routes->read(asked); });
  gate.answer(Method::put, one, write, [routes](Asked const& asked) { return routes->replace(asked); });
  gate.answer(Method::remove, one, write, [routes](Asked const& asked) { return routes->remove(asked); });
}

}  // namespace rapport::server::api
