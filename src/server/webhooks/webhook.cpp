#include "server/webhooks/webhook.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "server/api/document_body.hpp"

namespace rapport::server::webhooks {
namespace json = boost::json;

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
  auto const flag = [&body](char const* name, bool other) {
    json::value const* const value = body->if_contains(name);
    return value != nullptr && value->is_bool() ? value->get_bool() : other;
  };
  webhook.words = flag("words", false);
  webhook.active = flag("active", false);
  if (json::value const* const events = body->if_contains("events"); events != nullptr && events->is_array()) {
    for (json::value const& event : events->get_array()) {
      if (event.is_string()) webhook.events.emplace_back(event.get_string().data(), event.get_string().size());
    }
  }
  if (webhook.url.empty() || webhook.secret.empty()) return std::nullopt;
  return webhook;
}

}  // namespace rapport::server::webhooks
