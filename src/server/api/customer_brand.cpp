#include "server/api/customer_brand.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "routing/hours.hpp"
#include "routing/status.hpp"
#include "server/api/body.hpp"
#include "server/api/document_body.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// A queue at the door.
struct Door {
  bool open = false;
  bool takes_messages = false;  ///< a conversation that starts while it is closed waits until it opens
  std::optional<base::Instant> opens_at;
  std::optional<base::Millis> wait_ms;
};

std::optional<Door> door_of(centre::Core const& core, std::string const& brand, std::string const& slug, base::Instant now) {
  centre::ConfigureQueue const* const queue = core.directory().queue(slug);
  if (queue == nullptr || queue->brand != brand) return std::nullopt;
  auto const status = routing::queue_status(core.floor(), queue->rules->id, now);
  if (!status) return std::nullopt;
  Door door;
  door.open = status->open;
  door.takes_messages = queue->rules->accepts_when_closed || queue->rules->closed_to.has_value();
  if (!door.open) door.opens_at = routing::next_change(queue->rules->hours, now);
  if (door.open) door.wait_ms = routing::estimated_wait_of_next(core.floor(), queue->rules->id, domain::Channel::chat, now);
  return door;
}

json::object render_door(Door const& door, std::string const& slug, std::string const& label) {
  json::object made{{"id", slug}, {"label", label}, {"open", door.open}, {"takes_messages", door.takes_messages}, {"opens_at", nullptr}, {"estimated_wait_seconds", nullptr}};
  if (door.opens_at) made["opens_at"] = base::format_rfc3339(*door.opens_at);
  if (door.wait_ms) made["estimated_wait_seconds"] = (*door.wait_ms + base::second - 1) / base::second;
  return made;
}

json::object render_brand(records::Document const& brand) {
  json::object const kept = body_of(brand).value_or(json::object{});
  json::object made{{"id", brand.id}};
  for (char const* const field : {"name", "language", "greeting"}) made[field] = text_or(kept, field, {});
  return made;
}

void show(Services& services, http::Request const& request, http::Reply reply) {
  std::string const slug = query_text(request, "queue").value_or("");
  if (slug.empty() || slug.size() > 64) return reply(malformed("queue: expected the id of a queue of the brand"));
  auto const brand = services.store.document("brand", request.parameter("id"));
  if (!brand) return reply(problem_of(brand.error()));
  auto const queue = services.store.document("queue", slug);
  if (!queue) return reply(problem_of(queue.error()));
  if (!*brand || !*queue) return reply(not_found());
  auto const door = std::make_shared<std::optional<Door>>();
  auto const shared = std::make_shared<http::Reply>(std::move(reply));
  auto look = [door, slug, id = (**brand).id, now = services.clock()](centre::Core const& core) { *door = door_of(core, id, slug, now); };
  services.centre.inspect(std::move(look), [door, shared, slug, label = text_or(body_of(**queue).value_or(json::object{}), "label", {}), shown = render_brand(**brand)]() mutable {
    if (!*door) return (*shared)(not_found());
    shown["queue"] = render_door(**door, slug, label);
    (*shared)(http::Response::json(json::serialize(shown)));
  });
}

}  // namespace

void add_customer_brand(Gate& gate) {
  gate.open(http::Method::get, "/api/v1/customer-brands/{id}", gate.services().readers,
            [&gate](http::Request const& request, http::Reply reply) { show(gate.services(), request, std::move(reply)); }, {.any_origin = true});
}

}  // namespace rapport::server::api
