#include "server/api/inbox.hpp"

#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "centre/inbox_document.hpp"
#include "server/api/amend.hpp"
#include "server/api/body.hpp"
#include "server/api/problems.hpp"
#include "server/api/render.hpp"
#include "server/api/scan.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using centre::InboxItem;
using http::Method;
using http::Response;
using people::Permission;
using State = InboxItem::State;

Pass looking() { return {{Permission::flags_read, Permission::help_answer}}; }

/// Requests for help are for those who answer them, the rest for those who handle flags.
bool sees(people::Principal const& principal, InboxItem const& item) {
  Permission const needed = item.raised.kind == centre::Raised::Kind::help ? Permission::help_answer : Permission::flags_read;
  return people::may_of_brand(principal, needed, item.raised.brand, false);
}

struct FoundEntry {
  InboxItem item;
  std::int64_t version = 0;
};

/// The item of the path, done or not; 404: not there, or not theirs to know of.
base::Result<FoundEntry, http::Problem> find_entry(Services& services, Asked const& asked) {
  for (std::string_view const kind : {centre::inbox_kind, centre::inbox_done_kind}) {
    auto const document = services.store.document(kind, asked.request.parameter("id"));
    if (!document) return problem_of(document.error());
    auto item = *document ? centre::inbox_item(**document) : std::nullopt;
    if (item && sees(asked.principal(), *item)) return FoundEntry{std::move(*item), (**document).version};
  }
  return not_found();
}

Response show(InboxItem const& item) { return Response::json(json::serialize(render(item))); }

/// The item as it will be, with what makes it so.
Attempt changed(Asked const& asked, FeedPublisher& publisher, FoundEntry const& found, InboxItem item, std::string_view action) {
  item.changed_at = asked.now;
  records::Batch batch{{}, asked.now, false};
  bool const moves = item.state == State::done;
  if (moves) batch.changes.emplace_back(records::RemoveDocument{std::string{centre::inbox_kind}, item.raised.id, found.version});
  batch.changes.emplace_back(centre::inbox_document(item, moves ? 0 : found.version));
  json::object const detail{{"kind", centre::name(item.raised.kind)}, {"interaction", item.raised.interaction}};
  batch.changes.emplace_back(records::AuditEntry{asked.now, people::who(asked.principal()), "inbox." + std::string{action}, "inbox:" + item.raised.id,
                                                 item.raised.brand, asked.request.remote_address, json::serialize(detail)});
  return {std::move(batch), show(item), [&publisher, item] { publisher.inbox_changed(item); }};
}

/// Reads the item and lets `work` say what becomes of it; the body has no fields but those that it reads.
using Work = std::function<std::optional<http::Problem>(InboxItem&, Body&)>;
Response change(Gate& gate, FeedPublisher& publisher, Asked const& asked, std::string_view action, Work const& work) {
  return change_stored(gate.services().store, [&]() -> Attempt {
    auto const found = find_entry(gate.services(), asked);
    if (!found) return {{}, found.error().response()};
    Body body{asked.request.body.empty() ? std::string_view{"{}"} : std::string_view{asked.request.body}};
    if (!body.is_json()) return {{}, malformed(*body.problem()).response()};
    InboxItem item = found->item;
    auto const problem = work(item, body);
    if (auto refused = wrong(body)) return {{}, std::move(*refused)};
    if (problem) return {{}, problem->response()};
    if (item.state == found->item.state && item.by == found->item.by) return {{}, show(item)};  // it is so already
    return changed(asked, publisher, *found, std::move(item), action);
  });
}

std::optional<http::Problem> take(Asked const& asked, InboxItem& item) {
  if (item.state == State::done) return conflict("already_done", item.by);
  if (item.state == State::taken && item.by != asked.principal().user) return conflict("already_taken", item.by);
  item.state = State::taken;
  item.by = asked.principal().user;
  return std::nullopt;
}

std::optional<http::Problem> release(Asked const& asked, InboxItem& item) {
  if (item.state == State::done) return conflict("already_done", item.by);
  if (item.state == State::taken && item.by != asked.principal().user) return conflict("already_taken", item.by);
  item.state = State::open;
  item.by.clear();
  return std::nullopt;
}

/// Whoever sees it may resolve it, also what somebody else took: they may have gone home.
std::optional<http::Problem> resolve(Asked const& asked, InboxItem& item, Body& body) {
  std::string note = body.words("note", limits::reason_bytes_max);
  if (item.state == State::done) return conflict("already_done", item.by);
  item.state = State::done;
  item.by = asked.principal().user;
  item.note = std::move(note);
  return std::nullopt;
}

Response list_inbox(Services& services, Asked const& asked) {
  auto const page = page_asked(asked.request);
  auto const state = query_text(asked.request, "state");
  auto const wanted_kind = query_text(asked.request, "kind");
  bool const known = (!state || *state == "open" || *state == "taken" || *state == "done") && (!wanted_kind || centre::parse_raised_kind(*wanted_kind));
  if (!page || !known) return malformed("a query parameter is malformed").response();
  auto const brands = brands_asked(asked);
  if (!brands) return brands.error().response();
  auto const interaction = query_text(asked.request, "interaction");
  json::array items;
  std::string_view const kind = state == "done" ? centre::inbox_done_kind : centre::inbox_kind;
  auto const found = scan(services.store, kind, *brands, *page, [&](records::Document const& document) {
    auto const item = centre::inbox_item(document);
    if (!item || !sees(asked.principal(), *item)) return false;
    if ((state && centre::name(item->state) != *state) || (wanted_kind && centre::name(item->raised.kind) != *wanted_kind)) return false;
    if (interaction && item->raised.interaction != *interaction) return false;
    items.push_back(render(*item));
    return true;
  });
  if (!found) return problem_of(found.error()).response();
  json::object answer{{"items", std::move(items)}, {"next", nullptr}};
  if (!found->next.empty()) answer["next"] = cursor_of(found->next);
  return Response::json(json::serialize(answer));
}

}  // namespace

void add_inbox(Gate& gate, FeedPublisher& publisher) {
  gate.answer(Method::get, "/api/v1/inbox", looking(), [&gate](Asked const& asked) { return list_inbox(gate.services(), asked); });
  gate.answer(Method::get, "/api/v1/inbox/{id}", looking(), [&gate](Asked const& asked) {
    auto const found = find_entry(gate.services(), asked);
    return found ? show(found->item) : found.error().response();
  });
  gate.answer(Method::post, "/api/v1/inbox/{id}/take", looking(), [&gate, &publisher](Asked const& asked) {
    return change(gate, publisher, asked, "take", [&](InboxItem& item, Body&) { return take(asked, item); });
  });
  gate.answer(Method::post, "/api/v1/inbox/{id}/release", looking(), [&gate, &publisher](Asked const& asked) {
    return change(gate, publisher, asked, "release", [&](InboxItem& item, Body&) { return release(asked, item); });
  });
  gate.answer(Method::post, "/api/v1/inbox/{id}/resolve", looking(), [&gate, &publisher](Asked const& asked) {
    return change(gate, publisher, asked, "resolve", [&](InboxItem& item, Body& body) { return resolve(asked, item, body); });
  });
}

}  // namespace rapport::server::api
