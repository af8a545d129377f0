#include "server/api/resources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "base/phone_limits.hpp"
#include "centre/zone_table.hpp"
#include "customers/identifier.hpp"
#include "server/api/customer_book.hpp"
#include "server/api/document_body.hpp"
#include "server/api/menus.hpp"
#include "server/api/placed_calls.hpp"
#include "server/api/placed_recording.hpp"
#include "server/api/problems.hpp"
#include "server/api/resource.hpp"
#include "server/api/screen_pop.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using people::Permission;
using Before = std::optional<records::Document> const&;

/// Tells the centre. The document was checked before it was kept.
void tell(Gate& gate, base::Result<centre::Command> command) {
  if (command) gate.services().centre.submit({std::move(*command), {}, {}, {}, {}, {}}, [](centre::Granted<centre::Outcome> const&) {});
}

/// A body that another room reads whole: all its fields, without those that belong to the document.
json::object fields_of(Body& body) {
  json::object fields = body.all();
  for (json::key_value_pair const& field : body.all()) body.ignore({field.key().data(), field.key().size()});
  for (char const* const outside : {"id", "brand", "version", "changed_at"}) fields.erase(outside);
  return fields;
}

bool is_region(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The sound by which a brand asks those it calls is there; else that is wrong in the body. A problem: the store's.
std::optional<http::Problem> check_prompt(records::Store& store, Body& body, std::string const& brand, std::string const& wanted) {
  if (wanted.empty()) return std::nullopt;
  auto const sound = store.document("sound", wanted);
  if (!sound) return problem_of(sound.error());
  if (!*sound || (**sound).brand != brand) body.wrong(fmt::format("placed_prompt_sound: found \"{}\", expected a sound of the same brand", wanted));
  return std::nullopt;
}

Resource brands(Gate& gate, Configuration& configuration, Playbooks& playbooks, std::function<void()> sounds_changed) {
  Resource brand;
  brand.kind = "brand";
  brand.path = "/api/v1/brands";
  brand.write = Permission::brands_write;
  brand.by_brand = false;
  brand.take = [&gate, &configuration, &playbooks](Body& body, Asked const&, Before before) {
    json::object kept;
    std::string const slug = before ? before->id : body.text_or("id", {});
    kept["name"] = body.text("name", limits::name_bytes_max);
    std::string const zone = body.text_or("time_zone", configuration.time_zone(), 64);
    if (!centre::is_zone(zone)) body.wrong(fmt::format("time_zone: found \"{}\", expected an IANA name such as Europe/London", zone));
    kept["time_zone"] = zone;
    kept["language"] = body.text_or("language", "en", 35);
    kept["greeting"] = body.text_or("greeting", {}, 2'000);
    kept["playbook"] = body.text_or("playbook", "standard", limits::name_bytes_max);
    kept["preset"] = body.text_or("preset", {}, limits::name_bytes_max);
    std::string const playbook{kept["playbook"].as_string()};
    std::string const preset{kept["preset"].as_string()};
    if (auto const plan = playbooks.plan(playbook, preset, slug); !plan) body.wrong(plan.error().message);
    std::string const region = body.text_or("region", {}, 2);
    if (!region.empty() && !is_region(region)) body.wrong(fmt::format("region: found \"{}\", expected a country such as GB", region));
    kept["region"] = region;
    kept["caller_number"] = read_caller_number(body, region);
    std::string const recording = body.text_or("placed_recording", {}, limits::name_bytes_max);
    if (auto const rule = PlacedRecordingRule::parse(recording); !rule) body.wrong("placed_recording: " + rule.error().message);
    kept["placed_recording"] = recording;
    kept["placed_prompt"] = body.words_or("placed_prompt", {}, limits::placed_prompt_bytes_max);
    std::string const sound = body.text_or("placed_prompt_sound", {}, limits::name_bytes_max);
    if (auto problem = check_prompt(gate.services().store, body, slug, sound)) return Resource::Wanted{.body = {}, .failed = std::move(problem)};
    kept["placed_prompt_sound"] = sound;
    std::string const screen_pop = body.text_or("screen_pop", {}, limits::screen_pop_bytes_max);
    if (auto const fits = check_screen_pop(screen_pop); !fits) body.wrong("screen_pop: " + fits.error().message);
    kept["screen_pop"] = screen_pop;
    json::array linked;
    for (std::string const& other : body.texts("linked_brands", limits::user_brands_max)) {
      if (!is_slug(other)) body.wrong(fmt::format("linked_brands: found \"{}\", expected ids of brands", other));
      linked.emplace_back(other);
    }
    kept["linked_brands"] = std::move(linked);
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
  brand.visible = [](Asked const& asked, records::Document const& document) { return asked.principal().brands.has(document.id); };
  brand.changed = [&gate, &configuration, &playbooks, sounds_changed = std::move(sounds_changed)](records::Document const& document, bool removed) {
    if (removed) return;
    gate.services().brands.use(document);
    (void)playbooks.use(document, gate.services().judge);  // its plan was made when it was checked
    tell(gate, configuration.brand_command(document));
    if (sounds_changed) sounds_changed();
  };
  brand.keeps = [](records::Document const&) -> records::Stored<std::optional<std::string>> { return std::optional<std::string>{"a brand stays as long as its interactions"}; };
  return brand;
}

/// Of a queue's or an agent's document.
bool names_skill(json::object const& body, std::string_view slug) {
  for (char const* const field : {"needs", "skills"}) {
    json::value const* const levels = body.if_contains(field);
    if (levels != nullptr && levels->is_object() && levels->get_object().contains(slug)) return true;
  }
  json::value const* const relax = body.if_contains("relax");
  if (relax == nullptr || !relax->is_array()) return false;
  return std::ranges::any_of(relax->get_array(), [slug](json::value const& step) {
    return step.is_object() && text_or(step.get_object(), "skill", {}) == slug;
  });
}

/// A queue or an agent that names the skill, in words; nothing: none does.
records::Stored<std::optional<std::string>> user_of_skill(records::Store& store, std::string const& slug) {
  for (std::string_view const kind : {"queue", "agent"}) {
    auto const documents = all_documents(store, kind);
    if (!documents) return documents.error();
    for (records::Document const& document : *documents) {
      auto const body = body_of(document);
      if (!body || names_skill(*body, slug)) return std::optional{fmt::format("{} {} asks for this skill", kind, document.id)};
    }
  }
  return std::optional<std::string>{};
}

Resource skills(Gate& gate, Configuration& configuration) {
  Resource skill;
  skill.kind = "skill";
  skill.path = "/api/v1/skills";
  skill.write = Permission::skills_write;
  skill.by_brand = false;
  skill.take = [&configuration](Body& body, Asked const&, Before before) {
    json::object kept;
    kept["label"] = body.text("label", limits::name_bytes_max);
    body.ignore("number");  // ours
    std::string const slug = before ? before->id : body.text_or("id", {});
    if (!body.problem() && is_slug(slug)) kept["number"] = static_cast<std::int64_t>(configuration.number_skill(slug));
    return Resource::Wanted{std::move(kept)};
  };
  skill.keeps = [&gate](records::Document const& document) { return user_of_skill(gate.services().store, document.id); };
  return skill;
}

/// A queue's brand exists, and contacts that it sends on stay within it; else that is wrong in the body.
/// A problem: the store's.
std::optional<http::Problem> check_brand(records::Store& store, Body& body, std::string const& slug) {
  std::string const brand = body.text_or("brand", {});
  auto const known = store.document("brand", brand);
  if (!known) return problem_of(known.error());
  if (!*known) body.wrong(fmt::format("brand: found \"{}\", expected the id of a brand", brand));
  for (char const* const field : {"overflow_to", "closed_to"}) {
    std::string const target = body.text_or(field, {});
    if (target.empty() || target == slug) continue;
    auto const queue = store.document("queue", target);
    if (!queue) return problem_of(queue.error());
    if (*queue && (**queue).brand != brand) body.wrong(fmt::format("{}: found \"{}\", expected a queue of the same brand", field, target));
  }
  if (std::string const music = body.text_or("music", {}); !music.empty()) {
    auto const sound = store.document("sound", music);
    if (!sound) return problem_of(sound.error());
    if (!*sound || (**sound).brand != brand) body.wrong(fmt::format("music: found \"{}\", expected a sound of the same brand", music));
  }
  return std::nullopt;
}

Resource queues(Gate& gate, Configuration& configuration, std::function<void()> sounds_changed) {
  Resource queue;
  queue.kind = "queue";
  queue.path = "/api/v1/queues";
  queue.write = Permission::queues_write;
  queue.take = [&gate, &configuration](Body& body, Asked const&, Before before) {
    std::string const slug = before ? before->id : body.text_or("id", {});
    json::object fields = fields_of(body);
    if (body.problem() || !is_slug(slug)) return Resource::Wanted{};
    fields["number"] = static_cast<std::int64_t>(configuration.number_queue(slug));
    if (auto problem = check_brand(gate.services().store, body, slug)) return Resource::Wanted{.body = {}, .failed = std::move(problem)};
    auto const rules = configuration.read_queue(fields);
    if (!rules) body.wrong(rules.error().message);
    return Resource::Wanted{std::move(fields)};
  };
  queue.changed = [&gate, &configuration, sounds_changed = std::move(sounds_changed)](records::Document const& document, bool removed) {
    if (!removed) tell(gate, configuration.queue_command(document));
    if (sounds_changed) sounds_changed();
  };
  queue.keeps = [](records::Document const&) -> records::Stored<std::optional<std::string>> { return std::optional<std::string>{"a queue stays as long as its interactions; close it by its hours"}; };
  return queue;
}

/// What an agent can do, beside the user that the agent is: the id is the user's.
Resource agents(Gate& gate, Configuration& configuration) {
  Resource agent;
  agent.kind = "agent";
  agent.path = "/api/v1/agents";
  agent.write = Permission::skills_write;
  agent.by_brand = false;
  auto const user_of = [&gate](std::string const& id) -> records::Stored<std::optional<people::User>> {
    auto const found = gate.services().store.document(people::user_kind, id);
    if (!found) return found.error();
    return *found ? people::to_user(**found) : std::nullopt;
  };
  agent.take = [&configuration, user_of](Body& body, Asked const&, Before before) {
    std::string const id = before ? before->id : body.text_or("id", {});
    json::object fields = fields_of(body);
    auto const user = user_of(id);
    if (!user) return Resource::Wanted{.body = {}, .failed = problem_of(user.error())};
    if (!*user) body.wrong(fmt::format("id: found \"{}\", expected the id of a user", id));
    auto const profile = configuration.read_agent(id, json::serialize(fields));
    if (!profile) body.wrong(profile.error().message);
    return Resource::Wanted{std::move(fields)};
  };
  agent.visible = [user_of](Asked const& asked, records::Document const& document) {
    auto const user = user_of(document.id);
    return user && *user && asked.principal().brands.has_all((**user).brands);
  };
  agent.changed = [&gate, &configuration, user_of](records::Document const& document, bool) {
    auto const user = user_of(document.id);
    if (!user || !*user) return;
    if (auto command = configuration.agent_command(**user); command && *command) tell(gate, **command);
  };
  return agent;
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
    kept["title"] = body.words("title", limits::name_bytes_max);
    kept["text"] = body.words("text", 10'000);
    kept["language"] = body.text_or("language", "en", 35);
    std::string const shortcut{kept["shortcut"].as_string()};
    return Resource::Wanted{std::move(kept), {shortcut}, {}};
  };
  return reply;
}

/// The identifier in the one writing by which customers are compared.
Resource blocked_customers(Gate& gate) {
  Resource blocked;
  blocked.kind = blocked_kind;
  blocked.path = "/api/v1/blocked-customers";
  blocked.read = Permission::customers_block;
  blocked.write = Permission::customers_block;
  blocked.slugs = false;
  blocked.take = [&gate](Body& body, Asked const& asked, Before) {
    json::object kept;
    std::string const type = body.text("type", 32);
    std::string const value = body.text("value", limits::name_bytes_max);
    kept["type"] = type;
    kept["value"] = value;
    auto const normal = customers::normalised({type == "phone" ? "tel" : type, value}, gate.services().book.rules().region(body.text("brand", 64)));
    if (!normal) body.wrong("value: " + normal.error().message);
    kept["reason"] = body.words("reason", limits::name_bytes_max);
    if (auto const until = body.instant("until")) kept["until"] = base::format_rfc3339(*until);
    kept["by"] = asked.principal().user;
    body.ignore("by");
    return Resource::Wanted{std::move(kept), {normal ? customers::match_key(*normal) : std::string{}}, {}};
  };
  return blocked;
}

}  // namespace

void add_resources(Gate& gate, Configuration& configuration, Playbooks& playbooks, std::function<void()> sounds_changed) {
  add_resource(gate, brands(gate, configuration, playbooks, sounds_changed));
  add_resource(gate, skills(gate, configuration));
  add_resource(gate, queues(gate, configuration, std::move(sounds_changed)));
  add_resource(gate, agents(gate, configuration));
  add_resource(gate, canned_replies());
  add_resource(gate, blocked_customers(gate));
}

}  // namespace rapport::server::api
