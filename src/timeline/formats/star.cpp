#include "timeline/formats/star.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Event;
using domain::EventKind;
using domain::Role;
using domain::Source;
using simdjson::SUCCESS;

constexpr std::int64_t unix_seconds_max = 253'402'300'799;  // the end of year 9999

std::optional<Role> writer_of(JsonObject event) {
  std::string_view agent;
  std::string_view action;
  if (event["Agent"].get(agent) != SUCCESS || event["Action"].get(action) != SUCCESS) return std::nullopt;
  if (agent == "User" && action == "utter") return Role::customer;
  if (agent == "Wizard" && (action == "utter" || action == "pick_suggestion")) return Role::agent;
  return std::nullopt;
}

/// Reads one message; at_ms is absolute yet.
bool read_message(Findings& findings, Where const& where, JsonObject object, Role by, Event& event) {
  event.kind = EventKind::message;
  event.by = by;
  event.participant = by == Role::agent ? 0 : 1;
  JsonElement text;
  JsonElement time;
  if (object["Text"].get(text) != SUCCESS) return findings.missing(where, "Text", "what was written");
  if (object["UnixTime"].get(time) != SUCCESS) return findings.missing(where, "UnixTime", "seconds since 1970");
  std::int64_t seconds = 0;
  if (!read_text(findings, where.field("Text"), text, event.text)) return false;
  if (!read_whole(findings, where.field("UnixTime"), time, 0, unix_seconds_max, "seconds since 1970", seconds)) return false;
  event.at_ms = seconds * base::second;
  return true;
}

bool read_messages(Findings& findings, Where const& where, JsonArray list, std::vector<Event>& events) {
  std::size_t position = 0;
  for (JsonElement const item : list) {
    Where const at = where.item(position++);
    JsonObject object;
    if (!read_object(findings, at, item, object)) return false;
    auto const by = writer_of(object);
    if (by && !read_message(findings, at, object, *by, events.emplace_back())) return false;
  }
  return true;
}

bool read_id(Findings& findings, Where const& where, JsonObject dialogue, std::string& id) {
  JsonElement element;
  if (dialogue["DialogueID"].get(element) != SUCCESS) return findings.missing(where, "DialogueID", "the dialogue's number");
  std::int64_t number = 0;
  if (!read_whole(findings, where.field("DialogueID"), element, 0, INT64_MAX, "the dialogue's number", number)) return false;
  id = fmt::format("star-{}", number);
  return true;
}

/// An id; empty where there is none, or one that is none of the dataset's.
std::string id_of(JsonObject object, std::string_view field) {
  constexpr std::size_t id_bytes_max = 100;
  std::string_view text;
  return object[field].get(text) == SUCCESS && text.size() <= id_bytes_max ? std::string{text} : std::string{};
}

}  // namespace

bool read_star(Findings& findings, Where const& where, JsonObject dialogue, Imported& imported) {
  domain::Interaction& head = imported.head;
  if (!read_id(findings, where, dialogue, head.id)) return false;
  head.channel = domain::Channel::chat;
  head.observed = domain::SourceSet{Source::words, Source::timing};
  head.participants.resize(2);
  head.participants[0].id = "wizard";
  head.participants[0].role = Role::agent;
  head.participants[0].person = id_of(dialogue, "AnonymizedWizardWorkerID");
  head.participants[1].id = "user";
  head.participants[1].role = Role::customer;
  head.participants[1].person = id_of(dialogue, "AnonymizedUserWorkerID");

  JsonElement events;
  JsonArray list;
  if (dialogue["Events"].get(events) != SUCCESS) return findings.missing(where, "Events", "a list of events");
  Where const at = where.field("Events");
  if (!read_list(findings, at, events, limits::events_max, "events_max", list)) return false;
  if (!read_messages(findings, at, list, imported.events)) return false;

  for (std::string_view const kept : {"BatchID", "CompletionLevel", "Scenario", "UserQuestionnaire", "WizardQuestionnaire"}) {
    JsonElement value;
    if (dialogue[kept].get(value) != SUCCESS) continue;
    if (!append_attribute(findings, where.field(kept), kept, value, head.extra)) return false;
  }
  if (imported.events.empty()) return true;
  base::Millis const start = std::ranges::min(imported.events, {}, &Event::at_ms).at_ms;
  head.started_at = {start};
  for (Event& event : imported.events) event.at_ms -= start;
  base::Millis const last = std::ranges::max(imported.events, {}, &Event::at_ms).at_ms;
  if (last <= limits::interaction_span_max) return true;
  return findings.fail(at, fmt::format("{} ms from first to last are more than interaction_span_max, {} ms", last, limits::interaction_span_max));
}

}  // namespace rapport::timeline::formats
