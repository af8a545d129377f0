#include "server/api/webhooks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "people/secret.hpp"
#include "server/api/body.hpp"
#include "server/api/document_body.hpp"
#include "server/api/paging.hpp"
#include "server/api/problems.hpp"
#include "server/api/resource.hpp"
#include "server/api/scan.hpp"
#include "server/webhooks/news.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
using people::Permission;

Pass writing_webhooks() { return {{Permission::webhooks_write}}; }

json::array events_of(Body& body) {
  json::array events;
  for (std::string const& event : body.texts("events", webhooks::event_names.size())) {
    if (std::ranges::find(webhooks::event_names, event) == webhooks::event_names.end()) {
      body.wrong(fmt::format("events: found \"{}\", expected some of {}", event, fmt::join(webhooks::event_names, ", ")));
    }
    events.emplace_back(event);
  }
  if (events.empty()) body.wrong("events: expected one at least");
  return events;
}

Resource::Wanted wanted(Gate& gate, WebhookParts const& parts, Body& body, Asked const& asked, std::optional<records::Document> const& before) {
  std::string const brand = body.text_or("brand", {});
  auto const known = gate.services().store.document("brand", brand);
  if (!known) return {.body = {}, .failed = problem_of(known.error())};
  if (!*known) body.wrong(fmt::format("brand: found \"{}\", expected the id of a brand", brand));
  json::object kept;
  kept["label"] = body.text("label", limits::name_bytes_max);
  std::string const url = body.text("url", limits::webhook_url_bytes_max);
  if (!url.empty()) {
    if (auto const target = webhooks::parse_target(url, parts.policy); !target) body.wrong("url: " + target.error().message);
  }
  kept["url"] = url;
  kept["events"] = events_of(body);
  bool const words = body.flag_or("words", false);
  kept["words"] = words;
  kept["active"] = body.flag_or("active", true);
  auto const old = before ? body_of(*before) : std::nullopt;
  kept["secret"] = old ? text_or(*old, "secret", {}) : "whsec_" + people::random_secret();
  if (!before && parts.service.count() >= limits::webhooks_max) body.wrong("webhooks_max: there are as many webhooks as there may be");
  // What a webhook gets leaves the centre: with customers' words it is an export of all of a brand.
  bool const may = people::may(asked.principal(), Permission::interactions_read_all) && people::may(asked.principal(), Permission::interactions_export);
  return {std::move(kept), {}, {}, words && !may ? "words: needs interactions.read.all and interactions.export" : ""};
}

Resource resource(Gate& gate, WebhookParts const& parts) {
  Resource webhook;
  webhook.kind = webhooks::webhook_kind;
  webhook.path = "/api/v1/webhooks";
  webhook.read = Permission::webhooks_write;
  webhook.write = Permission::webhooks_write;
  webhook.slugs = false;
  webhook.once = "secret";
  webhook.take = [&gate, parts](Body& body, Asked const& asked, std::optional<records::Document> const& before) { return wanted(gate, parts, body, asked, before); };
  // Where the store cannot be read now, the next start takes it up.
  webhook.changed = [&service = parts.service](records::Document const& document, bool) { (void)service.reload(document.id); };
  return webhook;
}

/// Who does what to a webhook or letter.
records::AuditEntry audit_webhook(Asked const& asked, std::string action, std::string subject, std::string brand) {
  return {asked.now, people::who(asked.principal()), std::move(action), std::move(subject), std::move(brand), asked.request.remote_address, {}};
}

json::object shown_webhook(webhooks::Failure const& letter) {
  return {{"id", letter.id},
          {"webhook", letter.webhook},
          {"brand", letter.brand},
          {"event", letter.event},
          {"interaction", letter.interaction},
          {"at", base::format_rfc3339(letter.at)},
          {"attempts", letter.attempts},
          {"died_at", base::format_rfc3339(letter.next_at)},
          {"why", letter.why}};
}

/// A dead letter of the asker's brands; nothing for any other document.
std::optional<webhooks::Failure> letter_of(Asked const& asked, records::Document const& document) {
  auto letter = webhooks::read_failure(document);
  if (!letter || !letter->dead || !asked.principal().brands.has(document.brand)) return std::nullopt;
  return letter;
}

Response list_webhooks(Services& services, Asked const& asked) {
  auto const page = page_asked(asked.request);
  if (!page) return malformed("limit, after: malformed").response();
  auto const brands = brands_asked(asked);
  if (!brands) return brands.error().response();
  auto const webhook = query_text(asked.request, "webhook");
  json::array items;
  auto const found = scan(services.store, webhooks::failure_kind, *brands, *page, [&](records::Document const& document) {
    auto const letter = letter_of(asked, document);
    if (!letter || (webhook && *webhook != letter->webhook)) return false;
    items.push_back(shown_webhook(*letter));
    return true;
  });
  if (!found) return problem_of(found.error()).response();
  json::object answer{{"items", std::move(items)}, {"next", nullptr}};
  if (!found->next.empty()) answer["next"] = cursor_of(found->next);
  return Response::json(json::serialize(answer));
}

using OnLetter = records::Stored<records::Nothing> (webhooks::Webhooks::*)(std::string const& id, records::AuditEntry audit_webhook);

Response with_letter(Services& services, webhooks::Webhooks& service, Asked const& asked, std::string const& action, OnLetter work) {
  auto const document = services.store.document(webhooks::failure_kind, asked.request.parameter("id"));
  if (!document) return problem_of(document.error()).response();
  auto const letter = *document ? letter_of(asked, **document) : std::nullopt;
  if (!letter) return not_found().response();
  auto const done = (service.*work)(letter->id, audit_webhook(asked, "dead_letter." + action, "dead_letter:" + letter->id, letter->brand));
  return done ? Response::empty() : problem_of(done.error()).response();
}

Response retry_all(Services& services, webhooks::Webhooks& service, Asked const& asked) {
  auto const document = services.store.document(webhooks::webhook_kind, asked.request.parameter("id"));
  if (!document) return problem_of(document.error()).response();
  if (!*document || !asked.principal().brands.has((**document).brand)) return not_found().response();
  auto const count = service.retry_all((**document).id, audit_webhook(asked, "webhook.retry", "webhook:" + (**document).id, (**document).brand));
  if (!count) return problem_of(count.error()).response();
  return Response::json(json::serialize(json::object{{"count", *count}}));
}

}  // namespace

void add_webhooks(Gate& gate, WebhookParts parts) {
  add_resource(gate, resource(gate, parts));
  webhooks::Webhooks& service = parts.service;
  gate.answer(Method::post, "/api/v1/webhooks/{id}/retry", writing_webhooks(), [&gate, &service](Asked const& asked) { return retry_all(gate.services(), service, asked); });
  gate.answer(Method::get, "/api/v1/dead-letters", writing_webhooks(), [&gate](Asked const& asked) { return list_webhooks(gate.services(), asked); });
  gate.answer(Method::post, "/api/v1/dead-letters/{id}/retry", writing_webhooks(), [&gate, &service](Asked const& asked) {
    return with_letter(gate.services(), service, asked, "retry", &webhooks::Webhooks::retry);
  });
  gate.answer(Method::remove, "/api/v1/dead-letters/{id}", writing_webhooks(), [&gate, &service](Asked const& asked) {
    return with_letter(gate.services(), service, asked, "drop", &webhooks::Webhooks::drop);
  });
}

}  // namespace rapport::server::api
