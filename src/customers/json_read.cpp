#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <set>

#include "base/limits.hpp"
#include "customers/json.hpp"
#include "customers/json_fields.hpp"

namespace rapport::customers {
namespace {

namespace json = boost::json;
using Problem = std::optional<base::Error>;

constexpr std::size_t id_bytes_max = limits::name_bytes_max;

domain::Value read_value(JsonFields& fields, std::string_view field, std::string const& path, Problem& problem) {
  json::value const* const value = fields.take(field);
  if (value == nullptr) {
    fields.refuse(field, "expected a value");
    return {};
  }
  if (json::string const* const text = value->if_string()) {
    if (text->size() > limits::fact_bytes_max) fields.refuse(field, fmt::format("longer than {} bytes", limits::fact_bytes_max));
    return domain::Value::of_text(std::string{std::string_view{*text}});
  }
  if (value->is_bool()) return domain::Value::of_boolean(value->get_bool());
  constexpr std::int64_t whole_max = std::numeric_limits<std::int64_t>::max() / 1'000;
  if (std::int64_t const* const whole = value->if_int64()) {
    if (*whole < -whole_max || *whole > whole_max) {
      fields.refuse(field, "a number beyond what we hold");
      return {};
    }
    return domain::Value::of_thousandths(*whole * 1'000);
  }
  JsonFields tagged{*value, path + "." + std::string{field}, problem};
  auto const thousandths = tagged.integer("thousandths");
  std::string nested = tagged.text("json", limits::fact_bytes_max);
  if (thousandths.has_value() != nested.empty()) fields.refuse(field, "expected either thousandths or json");
  tagged.finish();
  return thousandths ? domain::Value::of_thousandths(*thousandths) : domain::Value::of_json(std::move(nested));
}

domain::Identifier read_identifier(json::value const& value, std::string const& path, Problem& problem) {
  JsonFields fields{value, path, problem};
  domain::Identifier identifier;
  identifier.type = fields.required_text("type", limits::identifier_type_bytes_max);
  identifier.value = fields.required_text("value", limits::identifier_bytes_max);
  identifier.verified = fields.boolean("verified");
  fields.finish();
  return identifier;
}

Fact read_fact(json::value const& value, std::string const& path, Problem& problem) {
  JsonFields fields{value, path, problem};
  Fact fact;
  fact.name = fields.required_text("name", limits::name_bytes_max);
  fact.value = read_value(fields, "value", path, problem);
  fact.interaction = fields.text("interaction", id_bytes_max);
  fact.event = fields.text("event", id_bytes_max);
  fact.at = fields.required_instant("at");
  fields.finish();
  return fact;
}

/// What holds of every profile that this room makes, and must of one that is read.
void check_parts(Profile const& profile, Problem& problem) {
  std::set<std::string_view> ids;
  for (Profile const* const part : parts(profile)) {
    if (!ids.insert(part->id).second) problem = base::Error{fmt::format("the part \"{}\" is in it twice", part->id)};
    std::set<std::string> keys;
    for (domain::Identifier const& identifier : part->identifiers) {
      if (!keys.insert(match_key(identifier)).second) problem = base::Error{fmt::format("the part \"{}\" has an identifier twice", part->id)};
    }
    std::set<std::string_view> names;
    for (Fact const& fact : part->facts) {
      if (!names.insert(fact.name).second) problem = base::Error{fmt::format("the part \"{}\" has the fact \"{}\" twice", part->id, fact.name)};
    }
  }
  if (identifiers(profile).size() > limits::identifiers_max) problem = base::Error{fmt::format("more than {} identifiers", limits::identifiers_max)};
  if (size_of(profile) > limits::profile_bytes_max) problem = base::Error{fmt::format("longer than {} bytes", limits::profile_bytes_max)};
  if (ids.size() > limits::merged_parts_max) problem = base::Error{fmt::format("more than {} merged parts", limits::merged_parts_max)};
}

Profile read_profile(json::value const& value, std::string const& path, std::size_t depth, Problem& problem) {
  JsonFields fields{value, path, problem};
  Profile profile;
  profile.id = fields.required_text("id", id_bytes_max);
  profile.brand = fields.required_text("brand", id_bytes_max);
  profile.name = fields.text("name", limits::customer_name_bytes_max);
  profile.given_name = fields.text("given_name", limits::customer_name_bytes_max);
  profile.preferred_channel = fields.text("preferred_channel", limits::name_bytes_max);
  profile.language = fields.text("language", limits::name_bytes_max);
  profile.created_at = fields.required_instant("created_at");
  fields.list("identifiers", limits::identifiers_max, [&](json::value const& item, std::string const& at) {
    profile.identifiers.push_back(read_identifier(item, at, problem));
  });
  fields.list("facts", limits::facts_max, [&](json::value const& item, std::string const& at) {
    profile.facts.push_back(read_fact(item, at, problem));
  });
  fields.list("absorbed", limits::merged_parts_max, [&](json::value const& item, std::string const& at) {
    if (depth >= limits::merged_depth_max) {
      problem = base::Error{fmt::format("{}: merges within merges deeper than {}", at, limits::merged_depth_max)};
      return;
    }
    JsonFields merge{item, at, problem};
    Absorbed absorbed;
    json::value const* const merged = merge.take("profile");
    if (merged == nullptr) return merge.refuse("profile", "expected an object");
    absorbed.profile = read_profile(*merged, at + ".profile", depth + 1, problem);
    absorbed.at = merge.required_instant("at");
    absorbed.by = merge.text("by", id_bytes_max);
    merge.finish();
    profile.absorbed.push_back(std::move(absorbed));
  });
  fields.finish();
  return profile;
}

template <typename State>
State read_state(JsonFields& fields, std::optional<State> (*parse)(std::string_view), std::string_view expected) {
  auto const state = parse(fields.required_text("state", limits::name_bytes_max));
  if (!state) fields.refuse("state", expected);
  return state.value_or(State{});
}

/// The document as a value of ours, or its first problem behind its kind.
template <typename Read>
auto read_document(std::string_view text, std::string_view kind, Read const& read)
    -> base::Result<decltype(read(std::declval<json::value const&>(), std::declval<Problem&>()))> {
  auto const document = parse_document(text, kind, limits::document_bytes_max);
  if (!document) return document.error();
  Problem problem;
  auto value = read(*document, problem);
  if (problem) return base::Error{fmt::format("{}: {}", kind, problem->message)};
  return value;
}

}  // namespace

base::Result<Profile> profile_from_json(std::string_view text) {
  return read_document(text, "profile", [](json::value const& value, Problem& problem) {
    Profile profile = read_profile(value, {}, 0, problem);
    if (!problem) check_parts(profile, problem);
    return profile;
  });
}

base::Result<Case> case_from_json(std::string_view text) {
  return read_document(text, "case", [](json::value const& value, Problem& problem) {
    JsonFields fields{value, {}, problem};
    Case matter;
    matter.id = fields.required_text("id", id_bytes_max);
    matter.brand = fields.required_text("brand", id_bytes_max);
    matter.customer = fields.required_text("customer", id_bytes_max);
    matter.title = fields.text("title", limits::case_text_bytes_max);
    matter.reason = fields.text("reason", limits::case_text_bytes_max);
    matter.owner = fields.text("owner", id_bytes_max);
    matter.state = read_state(fields, parse_case_state, "expected open, waiting, resolved or closed");
    matter.opened_at = fields.required_instant("opened_at");
    matter.changed_at = fields.required_instant("changed_at");
    matter.closed_at = fields.instant("closed_at");
    matter.reopened = fields.count("reopened");
    matter.interactions = fields.texts("interactions", limits::case_interactions_max, id_bytes_max);
    if (matter.closed_at.has_value() != (matter.state == CaseState::closed)) fields.refuse("closed_at", "expected of a closed case, and of no other");
    fields.finish();
    return matter;
  });
}

base::Result<Promise> promise_from_json(std::string_view text) {
  return read_document(text, "promise", [](json::value const& value, Problem& problem) {
    JsonFields fields{value, {}, problem};
    Promise promise;
    promise.id = fields.required_text("id", id_bytes_max);
    promise.brand = fields.required_text("brand", id_bytes_max);
    promise.customer = fields.required_text("customer", id_bytes_max);
    promise.case_id = fields.text("case", id_bytes_max);
    promise.interaction = fields.text("interaction", id_bytes_max);
    promise.event = fields.text("event", id_bytes_max);
    promise.text = fields.text("text", limits::case_text_bytes_max);
    promise.owner = fields.text("owner", id_bytes_max);
    promise.made_at = fields.required_instant("made_at");
    promise.due = fields.instant("due");
    promise.state = read_state(fields, parse_promise_state, "expected open, kept, broken or withdrawn");
    promise.settled_at = fields.instant("settled_at");
    promise.done_at = fields.instant("done_at");
    promise.why = fields.text("why", limits::case_text_bytes_max);
    if (promise.settled_at.has_value() == (promise.state == PromiseState::open)) fields.refuse("settled_at", "expected of a settled promise, and of no open one");
    fields.finish();
    return promise;
  });
}

}  // namespace rapport::customers
