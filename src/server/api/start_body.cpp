#include "server/api/start_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/limits.hpp"
#include "centre/card_mask.hpp"
#include "centre/event_codec.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// The head in the interaction format, for the one reader that knows its fields and errors.
json::object head_fields(Body& body) {
  json::object head;
  std::string const id = body.text_or("id", {}, 36);
  head["id"] = id.empty() ? "new" : id;
  head["started_at"] = "1970-01-01T00:00:00Z";  // the centre says when
  head["channel"] = body.one_of("channel", {"voice", "chat", "email", "message"});
  head["direction"] = body.has("direction") ? body.one_of("direction", {"inbound", "outbound"}) : "inbound";
  head["brand"] = body.text("brand", 64);
  head["queue"] = body.text("queue", 64);
  if (std::string const language = body.text_or("language", {}, 35); !language.empty()) head["language"] = language;
  if (std::string const zone = body.text_or("time_zone", {}, 64); !zone.empty()) head["time_zone"] = zone;
  if (std::string const matter = body.text_or("case", {}, limits::name_bytes_max); !matter.empty()) head["case"] = matter;
  if (json::array const* const history = body.array("history")) head["history"] = *history;
  return head;
}

/// The customer as the first participant; their id.
std::string add_customer(Body& body, json::object& head) {
  json::object participant{{"id", "p1"}, {"role", "customer"}};
  std::string id;
  if (json::object const* const given = body.object("customer")) {
    Body customer{*given};
    id = customer.text_or("id", {}, 64);
    if (!id.empty()) participant["person"] = id;
    for (char const* const field : {"name", "preferred_channel"}) {
      if (std::string const text = customer.words_or(field, {}, limits::name_bytes_max); !text.empty()) participant[field] = text;
    }
    if (json::array const* const identifiers = customer.array("identifiers")) participant["identifiers"] = *identifiers;
    if (json::object const* const known = customer.object("known")) participant["known"] = *known;
    customer.expect_no_more();
    if (customer.problem()) body.wrong("customer." + *customer.problem());
  }
  head["participants"] = json::array{std::move(participant)};
  return id;
}

/// The fields of the `context` event.
std::vector<domain::Attribute> read_context(Body& body) {
  json::object const* const given = body.object("context");
  if (given == nullptr) return {};
  json::object event = *given;
  event["kind"] = "context";
  event["at_ms"] = 0;
  auto read = centre::decode_event({{}, json::serialize(event)}, domain::Interaction{});
  if (!read) {
    body.wrong("context: " + read.error().message);
    return {};
  }
  return std::move((*read).attributes);
}

}  // namespace

std::vector<routing::SkillLevel> read_needs(Body& body, Configuration const& configuration) {
  std::vector<routing::SkillLevel> needs;
  json::array const* const list = body.array("needs");
  if (list == nullptr) return needs;
  for (json::value const& entry : *list) {
    if (!entry.is_object()) {
      body.wrong("needs: expected objects of skill and level");
      return needs;
    }
    Body need{entry.get_object()};
    std::string const slug = need.text("skill", 64);
    auto const level = need.whole("level", 1, limits::proficiency_max);
    auto const skill = configuration.skill(slug);
    need.expect_no_more();
    if (need.problem()) body.wrong("needs: " + *need.problem());
    if (!skill) body.wrong(fmt::format("needs: found \"{}\", expected the id of a skill", slug));
    if (body.problem()) return needs;
    needs.push_back({*skill, static_cast<std::uint8_t>(level.value_or(1))});
  }
  return needs;
}

centre::StartInteraction read_start(Body& body, Configuration const& configuration) {
  centre::StartInteraction start;
  json::object head = head_fields(body);
  start.customer = add_customer(body, head);
  start.context = read_context(body);
  start.needs = read_needs(body, configuration);
  start.boost = static_cast<std::uint8_t>(body.whole("boost", 0, limits::priority_max).value_or(0));
  start.last_agent = body.text_or("last_agent", {}, 36);
  start.agent = body.text_or("agent", {}, 36);
  body.expect_no_more();
  if (body.problem()) return start;
  auto read = centre::decode_head({{}, json::serialize(head)});
  if (!read) {
    body.wrong(read.error().message);
    return start;
  }
  start.head = std::move(*read);
  for (domain::Participant& participant : start.head.participants) {
    bool const named = std::ranges::all_of(participant.known, [](domain::Attribute const& fact) { return !fact.name.empty() && fact.name.size() <= limits::name_bytes_max; });
    if (!named) body.wrong(fmt::format("customer.known: expected names of 1 to {} bytes", limits::name_bytes_max));
    for (domain::Attribute& fact : participant.known) centre::mask_cards(fact.value);
  }
  if (start.head.id == "new") start.head.id.clear();
  return start;
}

}  // namespace rapport::server::api
