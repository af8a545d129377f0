#include "server/api/drafts.hpp"

#include <boost/json.hpp>
#include <optional>
#include <utility>
#include <variant>

#include "base/limits.hpp"
#include "server/api/body.hpp"
#include "server/api/document_body.hpp"
#include "server/api/problems.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
using people::Permission;

Pass own_drafts() { return {{Permission::drafts_own}}; }

std::string draft_interaction(std::string_view interaction, std::string_view user) { return std::string{interaction} + "/" + std::string{user}; }
std::string lookup_of(std::string_view user) { return "user:" + std::string{user}; }

/// The live interaction of the path, if the asker has it in hand.
std::optional<records::InteractionRow> in_hand(Services& services, Asked const& asked) {
  std::string const& interaction = asked.request.parameter("id");
  if (!services.live.in_hand(asked.principal().user, interaction)) return std::nullopt;
  return services.live.row(interaction);
}

json::object shown_draft(records::Document const& document) {
  auto const body = body_of(document);
  return {{"interaction", document.id.substr(0, document.id.find('/'))},
          {"text", body ? text_or(*body, "text", {}) : std::string{}},
          {"changed_at", base::format_rfc3339(document.changed_at)}};
}

Response keep_draft(Services& services, Asked const& asked) {
  auto const row = in_hand(services, asked);
  if (!row) return not_found().response();
  return with_body(asked.request.body, [&](Body& body) {
    std::string const text = body.words("text", limits::draft_bytes_max);
    if (auto refused = wrong(body)) return std::move(*refused);
    records::PutDocument draft;
    draft.kind = draft_kind;
    draft.id = draft_interaction(row->id, asked.principal().user);
    draft.brand = row->brand;
    draft.person = row->customer;
    draft.body = json::serialize(json::object{{"text", text}});
    draft.lookups = {lookup_of(asked.principal().user)};
    if (auto const done = services.store.commit({{std::move(draft)}, asked.now, false}); !done) return problem_of(done.error()).response();
    json::object const kept{{"interaction", row->id}, {"text", text}, {"changed_at", base::format_rfc3339(asked.now)}};
    return Response::json(json::serialize(kept));
  });
}

Response read_draft(Services& services, Asked const& asked) {
  if (!in_hand(services, asked)) return not_found().response();
  auto const found = services.store.document(draft_kind, draft_interaction(asked.request.parameter("id"), asked.principal().user));
  if (!found) return problem_of(found.error()).response();
  if (!*found) return not_found().response();
  return Response::json(json::serialize(shown_draft(**found)));
}

Response list_drafts(Services& services, Asked const& asked) {
  auto const found = services.store.documents_by_lookup(draft_kind, lookup_of(asked.principal().user), {}, limits::page_max);
  if (!found) return problem_of(found.error()).response();
  json::array items;
  for (records::Document const& document : found->documents) {
    json::object one = shown_draft(document);
    if (services.live.in_hand(asked.principal().user, one["interaction"].as_string())) items.push_back(std::move(one));
  }
  return Response::json(json::serialize(json::object{{"items", std::move(items)}}));
}

Response remove_draft(Services& services, Asked const& asked) {
  records::RemoveDocument const gone{std::string{draft_kind}, draft_interaction(asked.request.parameter("id"), asked.principal().user), std::nullopt};
  auto const done = services.store.commit({{gone}, asked.now, false});
  return done ? Response::empty() : problem_of(done.error()).response();
}

/// Nothing happens where there is none, which is the usual case: looked at before it is written.
void remove_if_there(records::Store& store, std::string const& id, base::Instant now) {
  auto const found = store.document(draft_kind, id);
  if (found && *found) (void)store.commit({{records::RemoveDocument{std::string{draft_kind}, id, std::nullopt}}, now, false});
}

}  // namespace

void DraftKeeper::on(centre::Publication const& publication) {
  auto const* const news = std::get_if<centre::AgentNews>(&publication);
  if (news == nullptr || news->kind != centre::AgentNews::Kind::gone || news->interaction.empty()) return;
  std::string id = draft_interaction(news->interaction, news->agent);
  (void)readers_.submit([this, id = std::move(id)] { remove_if_there(store_, id, clock_()); });  // full: upkeep does it
}

records::Stored<std::size_t> sweep_drafts(records::Store& store, base::Instant now) {
  std::size_t removed = 0;
  std::string after;
  for (bool more = true; more;) {
    auto const page = store.documents(draft_kind, std::nullopt, after, limits::page_max);
    if (!page) return page.error();
    for (records::Document const& document : page->documents) {
      auto const interaction = store.row(document.id.substr(0, document.id.find('/')));
      if (!interaction) return interaction.error();
      if (*interaction && !(**interaction).closed_at) continue;
      if (store.commit({{records::RemoveDocument{std::string{draft_kind}, document.id, std::nullopt}}, now, false})) ++removed;
    }
    more = page->more;
    if (more) after = page->documents.back().id;
  }
  return removed;
}

void add_drafts(Gate& gate) {
  auto const add = [&gate](Response (*work)(Services&, Asked const&)) {
    return [&gate, work](Asked const& asked) { return work(gate.services(), asked); };
  };
  gate.answer(Method::get, "/api/v1/me/drafts", own_drafts(), add(list_drafts));
  gate.answer(Method::get, "/api/v1/me/drafts/{id}", own_drafts(), add(read_draft));
  gate.answer(Method::put, "/api/v1/me/drafts/{id}", own_drafts(), add(keep_draft));
  gate.answer(Method::remove, "/api/v1/me/drafts/{id}", own_drafts(), add(remove_draft));
}

}  // namespace rapport::server::api
