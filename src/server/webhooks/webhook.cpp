#include "server/webhooks/webhook.hpp"

#include <algorithm>

#include "people/json_body.hpp"
#include "server/api/document_body.hpp"

namespace rapport::server::webhooks {

bool Webhook::wants(std::string_view event, std::string_view of_brand) const {
  return active && brand == of_brand && std::ranges::find(events, event) != events.end();
}

std::optional<Webhook> read_webhook(records::Document const& document) {
  auto const body = api::body_of(document);
  if (!body) return std::nullopt;
  Webhook webhook;
  webhook.id = document.id;
  webhook.brand = document.brand;
  webhook.url = api::text_or(*body, "url", {});
  webhook.secret = api::text_or(*body, "secret", {});
  webhook.words = people::flag_of(*body, "words");
  webhook.active = people::flag_of(*body, "active");
  webhook.events = people::texts_of(*body, "events");
  if (webhook.url.empty() || webhook.secret.empty()) return std::nullopt;
  return webhook;
}

}  // namespace rapport::server::webhooks
