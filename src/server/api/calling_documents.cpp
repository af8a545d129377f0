#include "server/api/calling_documents.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <utility>

#include "base/limits.hpp"
#include "base/phone_limits.hpp"
#include "customers/phone_number.hpp"
#include "people/json_body.hpp"
#include "server/api/document_body.hpp"
#include "server/api/placed_calls.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using people::instant_of;
using people::number_of;
using people::text_of;

constexpr std::int64_t minutes_max = 30 * 24 * 60;

/// "HH:MM" of the day, 24:00 its end.
std::optional<base::Millis> clock_in(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int hours = 0;
  int minutes = 0;
  bool const digits = std::from_chars(text.data(), text.data() + 2, hours).ptr == text.data() + 2 && std::from_chars(text.data() + 3, text.data() + 5, minutes).ptr == text.data() + 5;
  if (!digits || hours < 0 || minutes < 0 || minutes > 59 || hours > 24 || (hours == 24 && minutes > 0)) return std::nullopt;
  return hours * base::hour + minutes * base::minute;
}

/// "09:00-18:00"; nothing: it is no window.
std::optional<std::pair<base::Millis, base::Millis>> window_in(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  auto const from = clock_in(text.substr(0, 5));
  auto const to = clock_in(text.substr(6));
  if (!from || !to || *from >= *to) return std::nullopt;
  return std::pair{*from, *to};
}

base::Millis minutes_of(json::object const& body, std::string_view field) { return number_of(body, field).value_or(0) * base::minute; }

std::optional<base::Instant> moment_of(json::object const& body, std::string_view field) {
  auto const read = base::parse_rfc3339(text_of(body, field));
  return read ? std::optional{*read} : std::nullopt;
}

json::object render_step(CallingStep const& step) {
  json::object shown{{"at", base::format_rfc3339(step.at)}, {"came", calling::name(step.came)}, {"agent", step.agent}};
  if (!step.interaction.empty()) shown["interaction"] = step.interaction;
  if (!step.reason.empty()) shown["reason"] = step.reason;
  return shown;
}

json::array history_of(CallingEntry const& kept) {
  json::array steps;
  for (CallingStep const& step : kept.history) steps.push_back(render_step(step));
  return steps;
}

json::object fields_of(CallingEntry const& kept) {
  json::object fields;
  for (auto const& [name, value] : kept.fields) fields[name] = value;
  return fields;
}

}  // namespace

json::object read_calling_list(Body& body, std::string const& region) {
  json::object kept;
  kept["queue"] = body.text("queue", 64);
  kept["label"] = body.text("label", limits::name_bytes_max);
  kept["purpose"] = body.words("purpose", limits::call_purpose_bytes_max);
  kept["caller_number"] = read_caller_number(body, region);
  std::string const window = body.text_or("window", "00:00-24:00", 11);
  if (!window_in(window)) body.wrong(fmt::format("window: found \"{}\", expected a window of the day such as 09:00-18:00", window));
  kept["window"] = window;
  kept["active"] = body.flag_or("active", true);
  kept["priority"] = body.whole("priority", 0, 10).value_or(0);
  kept["attempts_max"] = body.whole("attempts_max", 1, limits::calling_attempts_max).value_or(3);
  kept["busy_minutes"] = body.whole("busy_minutes", 0, minutes_max).value_or(15);
  kept["no_answer_minutes"] = body.whole("no_answer_minutes", 0, minutes_max).value_or(120);
  kept["voicemail_minutes"] = body.whole("voicemail_minutes", 0, minutes_max).value_or(24 * 60);
  kept["skip_minutes"] = body.whole("skip_minutes", 0, minutes_max).value_or(60);
  kept["rest_minutes"] = body.whole("rest_minutes", 0, minutes_max).value_or(24 * 60);
  for (char const* const field : {"begins", "ends"}) {
    if (auto const at = body.instant(field)) kept[field] = base::format_rfc3339(*at);
  }
  return kept;
}

std::optional<CallingList> to_calling_list(records::Document const& document) {
  auto const body = body_of(document);
  if (!body) return std::nullopt;
  CallingList list;
  calling::Rules& rules = list.rules;
  rules.id = document.id;
  rules.brand = document.brand;
  rules.queue = text_of(*body, "queue");
  rules.active = people::flag_of(*body, "active");
  rules.priority = number_of(*body, "priority").value_or(0);
  rules.attempts_max = number_of(*body, "attempts_max").value_or(1);
  rules.after_busy = minutes_of(*body, "busy_minutes");
  rules.after_no_answer = minutes_of(*body, "no_answer_minutes");
  rules.after_voicemail = minutes_of(*body, "voicemail_minutes");
  rules.after_skip = minutes_of(*body, "skip_minutes");
  rules.rest = minutes_of(*body, "rest_minutes");
  if (auto const window = window_in(text_of(*body, "window"))) std::tie(rules.from, rules.to) = *window;
  rules.begins = moment_of(*body, "begins");
  rules.ends = moment_of(*body, "ends");
  list.label = text_of(*body, "label");
  list.purpose = text_of(*body, "purpose");
  list.caller_number = text_of(*body, "caller_number");
  return list;
}

void CallingEntry::add(CallingStep step) {
  bool const same_call = !step.interaction.empty() && !history.empty() && history.back().interaction == step.interaction;
  if (same_call) history.pop_back();
  if (history.size() >= limits::calling_history_max) history.erase(history.begin());
  history.push_back(std::move(step));
}

records::PutDocument to_document(CallingEntry const& kept, std::optional<std::int64_t> expected) {
  calling::Entry const& entry = kept.entry;
  json::object body{{"list", entry.list},
                    {"number", entry.number},
                    {"country", entry.country},
                    {"order", entry.order},
                    {"state", calling::name(entry.state)},
                    {"came", calling::name(entry.came)},
                    {"attempts", entry.attempts},
                    {"skips", entry.skips},
                    {"next_at", entry.next_at.since_epoch},
                    {"interaction", entry.interaction},
                    {"name", kept.name},
                    {"language", kept.language},
                    {"notes", kept.notes},
                    {"reference", kept.reference},
                    {"customer", kept.customer},
                    {"fields", fields_of(kept)},
                    {"history", history_of(kept)}};
  if (entry.begun_at) body["begun_at"] = entry.begun_at->since_epoch;
  if (entry.called_at) body["called_at"] = entry.called_at->since_epoch;
  std::string const& person = kept.customer.empty() ? entry.id : kept.customer;
  return {std::string{calling_entry_kind}, entry.id, kept.brand, person, json::serialize(body), expected, {}, {}};
}

std::optional<CallingEntry> to_calling_entry(records::Document const& document) {
  auto const body = body_of(document);
  if (!body) return std::nullopt;
  auto const state = calling::parse_state(text_of(*body, "state"));
  auto const came = calling::parse_came(text_of(*body, "came"));
  if (!state || !came) return std::nullopt;
  CallingEntry kept;
  calling::Entry& entry = kept.entry;
  entry.id = document.id;
  entry.list = text_of(*body, "list");
  entry.number = text_of(*body, "number");
  entry.country = text_of(*body, "country");
  entry.order = static_cast<std::uint64_t>(number_of(*body, "order").value_or(0));
  entry.state = *state;
  entry.came = *came;
  entry.attempts = number_of(*body, "attempts").value_or(0);
  entry.skips = number_of(*body, "skips").value_or(0);
  entry.next_at = instant_of(*body, "next_at");
  if (body->contains("begun_at")) entry.begun_at = instant_of(*body, "begun_at");
  if (body->contains("called_at")) entry.called_at = instant_of(*body, "called_at");
  entry.interaction = text_of(*body, "interaction");
  kept.brand = document.brand;
  kept.name = text_of(*body, "name");
  kept.language = text_of(*body, "language");
  kept.notes = text_of(*body, "notes");
  kept.reference = text_of(*body, "reference");
  kept.customer = text_of(*body, "customer");
  if (json::value const* const fields = body->if_contains("fields"); fields != nullptr && fields->is_object()) {
    for (json::key_value_pair const& field : fields->get_object()) kept.fields.emplace_back(field.key(), text_of(fields->get_object(), field.key()));
  }
  json::value const* const steps = body->if_contains("history");
  if (steps == nullptr || !steps->is_array()) return kept;
  for (json::value const& one : steps->get_array()) {
    if (!one.is_object()) continue;
    json::object const& step = one.get_object();
    kept.history.push_back({moment_of(step, "at").value_or(base::Instant{}), text_of(step, "agent"), calling::parse_came(text_of(step, "came")).value_or(calling::Came::nothing), text_of(step, "interaction"), text_of(step, "reason")});
  }
  return kept;
}

json::object render_preview(CallingEntry const& kept, CallingList const& list, base::Instant until, std::string_view home) {
  json::object shown{{"entry", kept.entry.id},
                     {"list", kept.entry.list},
                     {"label", list.label},
                     {"purpose", list.purpose},
                     {"brand", kept.brand},
                     {"queue", list.rules.queue},
                     {"number", kept.entry.number},
                     {"display", kept.entry.number},
                     {"name", kept.name},
                     {"language", kept.language},
                     {"notes", kept.notes},
                     {"reference", kept.reference},
                     {"fields", fields_of(kept)},
                     {"attempts", kept.entry.attempts},
                     {"attempts_max", list.rules.attempts_max},
                     {"history", history_of(kept)},
                     {"until", base::format_rfc3339(until)}};
  if (!kept.customer.empty()) shown["customer"] = kept.customer;
  if (auto const number = customers::PhoneNumber::parse(kept.entry.number, home)) shown["display"] = number->display(home);
  return shown;
}

}  // namespace rapport::server::api
