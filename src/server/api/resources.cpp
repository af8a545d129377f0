#include "server/api/resources.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "centre/disposition_document.hpp"
#include "centre/queue_document.hpp"
#include "centre/zone_table.hpp"
#include "server/api/problems.hpp"
#include "server/api/resource.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using people::Permission;
using Before = std::optional<records::Document> const&;

/// After a change that the centre works by: tells it. What it refuses is in its log of refusals; the
/// document was checked before.
std::function<void(records::Document const&, bool)> tells_centre(Gate& gate, Configuration& configuration) {
  return [&gate, &configuration](records::Document const& document, bool removed) {
    if (removed) return;
    auto const made = configuration.command_of(document);
    if (!made || !*made) return;
    gate.services().centre.submit({**made, {}, {}, {}, {}, {}}, [](centre::Granted<centre::Outcome> const&) {});
  };
}

Resource brands(Gate& gate, Configuration& configuration) {
  Resource brand;
  brand.kind = "brand";
  brand.path = "/api/v1/brands";
  brand.write = Permission::brands_write;
  brand.by_brand = false;
  brand.take = [](Body& body, Asked const&, Before) {
    json::object kept;
    kept["name"] = body.text("name", limits::name_bytes_max);
    std::string const zone = body.text_or("time_zone", "UTC", 64);
    if (!centre::is_zone(zone)) body.wrong(fmt::format("time_zone: found \"{}\", expected an IANA name such as Europe/London", zone));
    kept["time_zone"] = zone;
    kept["language"] = body.text_or("language", "en", 35);
    kept["greeting"] = body.text_or("greeting", {}, 2'000);
    kept["playbook"] = body.text_or("playbook", "standard", limits::name_bytes_max);
    kept["preset"] = body.text_or("preset", {}, limits::name_bytes_max);
    json::object retention;
    if (json::object const* const given = body.object("retention_days")) {
      Body days{*given};
      for (char const* const channel : {"voice", "chat", "email", "message"}) {
        if (auto const count = days.whole(channel, 1, 36'500)) retention[channel] = *count;
      }
      days.expect_no_more();
      if (days.problem()) body.wrong("retention_days." + *days.problem());
    }
    kept["retention_days"] = std::move(retention);
    return Resource::Wanted{std::move(kept)};
  };
  brand.changed = tells_centre(gate, configuration);
  return brand;
}

Resource skills(Configuration& configuration) {
  Resource skill;
  skill.kind = "skill";
  skill.path = "/api/v1/skills";
  skill.write = Permission::skills_write;
  skill.by_brand = false;
  skill.take = [&configuration](Body& body, Asked const& asked, Before before) {
    json::object kept;
    kept["label"] = body.text("label", limits::name_bytes_max);
    body.ignore("number");  // ours
    std::string const slug = before ? before->id : std::string{body.text_or("id", {})};
    if (!body.problem() && is_slug(slug)) kept["number"] = static_cast<std::int64_t>(configuration.number_skill(slug));
    (void)asked;
    return Resource::Wanted{std::move(kept)};
  };
  return skill;
}

Resource queues(Gate& gate, Configuration& configuration) {
  Resource queue;
  queue.kind = "queue";
  queue.path = "/api/v1/queues";
  queue.write = Permission::queues_write;
  queue.take = [&configuration](Body& body, Asked const&, Before before) {
    json::object fields = body.all();
    for (json::key_value_pair const& field : body.all()) body.ignore({field.key().data(), field.key().size()});
    std::string const slug = before ? before->id : std::string{body.text_or("id", {})};
    if (body.problem() || !is_slug(slug)) return Resource::Wanted{};
    for (char const* const outside : {"id", "brand", "version", "changed_at"}) fields.erase(outside);
    fields["number"] = configuration.number_queue(slug);
    auto const rules = configuration.read_queue(fields);
    if (!rules) body.wrong(rules.error().message);
    return Resource::Wanted{std::move(fields)};
  };
  queue.changed = tells_centre(gate, configuration);
  return queue;
}

Resource canned_replies() {
  Resource reply;
  reply.kind = "canned_reply";
  reply.path = "/api/v1/canned-replies";
  reply.write = Permission::replies_write;
  reply.slugs = false;
  reply.take = [](Body& body, Asked const&, Before) {
    json::object kept;
    kept["shortcut"] = body.text("shortcut", 64);
    kept["title"] = body.text("title", limits::name_bytes_max);
    kept["text"] = body.text("text", 10'000);
    kept["language"] = body.text_or("language", "en", 35);
    std::string const shortcut{kept["shortcut"].as_string()};
    return Resource::Wanted{std::move(kept), {shortcut}, {}};
  };
  return reply;
}

Resource blocked_customers() {
  Resource blocked;
  blocked.kind = "blocked_customer";
  blocked.path = "/api/v1/blocked-customers";
  blocked.read = Permission::customers_block;
  blocked.write = Permission::customers_block;
  blocked.slugs = false;
  blocked.take = [](Body& body, Asked const& asked, Before) {
    json::object kept;
    kept["type"] = body.text("type", 32);
    kept["value"] = body.text("value", limits::name_bytes_max);
    kept["reason"] = body.text("reason", limits::name_bytes_max);
    if (auto const until = body.instant("until")) kept["until"] = base::format_rfc3339(*until);
    kept["by"] = asked.principal().user;
    body.ignore("by");
    std::string const name = std::string{kept["type"].as_string()} + ":" + std::string{kept["value"].as_string()};
    return Resource::Wanted{std::move(kept), {name}, {}};
  };
  return blocked;
}

}  // namespace

void add_resources(Gate& gate, Configuration& configuration) {
  add_resource(gate, brands(gate, configuration));
  add_resource(gate, skills(configuration));
  add_resource(gate, queues(gate, configuration));
  add_resource(gate, canned_replies());
  add_resource(gate, blocked_customers());
}

}  // namespace rapport::server::api
