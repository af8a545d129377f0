#include <boost/json.hpp>

#include "customers/json.hpp"

namespace rapport::customers {
namespace {

namespace json = boost::json;

void put(json::object& object, std::string_view field, std::string const& text) {
  if (!text.empty()) object.emplace(field, text);
}
void put(json::object& object, std::string_view field, base::Instant at) { object.emplace(field, base::format_rfc3339(at)); }
void put(json::object& object, std::string_view field, std::optional<base::Instant> at) {
  if (at) put(object, field, *at);
}
template <typename Item, typename Write>
void put_list(json::object& object, std::string_view field, std::vector<Item> const& items, Write const& write) {
  if (items.empty()) return;
  json::array list;
  for (Item const& item : items) list.emplace_back(write(item));
  object.emplace(field, std::move(list));
}
void put_texts(json::object& object, std::string_view field, std::vector<std::string> const& texts) {
  put_list(object, field, texts, [](std::string const& text) { return json::value(text); });
}

/// Text, true or false, a whole number; else an object that says what it is, so that none is taken for
/// another and no number passes through a float.
json::value written(domain::Value const& value) {
  switch (value.kind) {
    case domain::Value::Kind::text:
      return json::value(value.text);
    case domain::Value::Kind::boolean:
      return json::value(value.number != 0);
    case domain::Value::Kind::number:
      if (value.number % 1'000 == 0) return json::value(value.number / 1'000);
      return json::object{{"thousandths", value.number}};
    case domain::Value::Kind::json:
      break;
  }
  return json::object{{"json", value.text}};
}

json::value written(domain::Identifier const& identifier) {
  json::object object{{"type", identifier.type}, {"value", identifier.value}};
  if (identifier.verified) object.emplace("verified", true);
  return object;
}

json::value written(Fact const& fact) {
  json::object object{{"name", fact.name}, {"value", written(fact.value)}};
  put(object, "interaction", fact.interaction);
  put(object, "event", fact.event);
  put(object, "at", fact.at);
  return object;
}

json::object written(Profile const& profile) {
  json::object object{{"id", profile.id}, {"brand", profile.brand}};
  put(object, "name", profile.name);
  put(object, "given_name", profile.given_name);
  put(object, "preferred_channel", profile.preferred_channel);
  put(object, "language", profile.language);
  put(object, "created_at", profile.created_at);
  put_list(object, "identifiers", profile.identifiers, [](auto const& identifier) { return written(identifier); });
  put_list(object, "facts", profile.facts, [](auto const& fact) { return written(fact); });
  put_list(object, "absorbed", profile.absorbed, [](Absorbed const& absorbed) {
    json::object merged{{"profile", written(absorbed.profile)}};
    put(merged, "at", absorbed.at);
    put(merged, "by", absorbed.by);
    return merged;
  });
  return object;
}

}  // namespace

std::string to_json(Profile const& profile) { return json::serialize(written(profile)); }

std::string to_json(Case const& matter) {
  json::object object{{"id", matter.id}, {"brand", matter.brand}, {"customer", matter.customer}};
  put(object, "title", matter.title);
  put(object, "reason", matter.reason);
  put(object, "owner", matter.owner);
  object.emplace("state", name(matter.state));
  put(object, "opened_at", matter.opened_at);
  put(object, "changed_at", matter.changed_at);
  put(object, "closed_at", matter.closed_at);
  if (matter.reopened > 0) object.emplace("reopened", matter.reopened);
  put_texts(object, "interactions", matter.interactions);
  return json::serialize(object);
}

std::string to_json(Promise const& promise) {
  json::object object{{"id", promise.id}, {"brand", promise.brand}, {"customer", promise.customer}};
  put(object, "case", promise.case_id);
  put(object, "interaction", promise.interaction);
  put(object, "event", promise.event);
  put(object, "text", promise.text);
  put(object, "owner", promise.owner);
  put(object, "made_at", promise.made_at);
  put(object, "due", promise.due);
  object.emplace("state", name(promise.state));
  put(object, "settled_at", promise.settled_at);
  put(object, "done_at", promise.done_at);
  put(object, "why", promise.why);
  return json::serialize(object);
}

}  // namespace rapport::customers
