#include "timeline/formats/harper_valley.hpp"

#include <fmt/format.h>

#include "base/limits.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Event;
using domain::EventKind;
using domain::Role;
using domain::Source;
using simdjson::SUCCESS;

constexpr std::string_view role_expected = "agent or caller";
constexpr std::size_t name_bytes_max = 1'000;
constexpr std::int64_t epoch_ms_max = 253'402'300'799'999;  // the end of year 9999

bool read_role(Findings& findings, Where const& where, JsonObject segment, Event& event) {
  JsonElement element;
  if (segment["speaker_role"].get(element) != SUCCESS) return findings.missing(where, "speaker_role", role_expected);
  std::string_view role;
  if (element.get(role) != SUCCESS || (role != "agent" && role != "caller")) {
    return findings.wrong(where.field("speaker_role"), element, role_expected);
  }
  event.by = role == "agent" ? Role::agent : Role::customer;
  event.participant = role == "agent" ? 0 : 1;
  return true;
}

bool read_span(Findings& findings, Where const& where, JsonObject segment, Event& event) {
  auto const read = [&](std::string_view field, base::Millis& millis) {
    constexpr std::string_view expected = "milliseconds, up to interaction_span_max, 10 years";
    JsonElement element;
    if (segment[field].get(element) != SUCCESS) return findings.missing(where, field, expected);
    return read_whole(findings, where.field(field), element, 0, limits::interaction_span_max, expected, millis);
  };
  base::Millis duration = 0;
  if (!read("offset_ms", event.at_ms) || !read("duration_ms", duration)) return false;
  event.end_ms = event.at_ms + duration;
  if (*event.end_ms <= limits::interaction_span_max) return true;
  return findings.fail(where, fmt::format("it ends at {} ms, past interaction_span_max, {} ms", *event.end_ms, limits::interaction_span_max));
}

/// What a person wrote down or, where nobody did, what the recogniser heard.
bool read_words(Findings& findings, Where const& where, JsonObject segment, std::string& text) {
  for (std::string_view const field : {"human_transcript", "transcript"}) {
    JsonElement element;
    if (segment[field].get(element) == SUCCESS && !is_null(element)) {
      return read_text(findings, where.field(field), element, text);
    }
  }
  return findings.missing(where, "human_transcript", "what was said");
}

bool read_segment(Findings& findings, Where const& where, JsonElement element, Event& event) {
  JsonObject segment;
  event.kind = EventKind::utterance;
  return read_object(findings, where, element, segment) && read_role(findings, where, segment, event) &&
         read_span(findings, where, segment, event) && read_words(findings, where, segment, event.text);
}

std::string person_of(JsonObject side) {
  std::int64_t speaker = 0;
  return side["speaker_id"].get(speaker) == SUCCESS ? fmt::format("hv-speaker-{}", speaker) : std::string{};
}

/// The agent's name is the agent's own. The caller's is what the caller was told to say: the agent
/// did not know it, so it is kept apart from the participant's name.
bool read_metadata(Findings& findings, JsonObject metadata, domain::Interaction& head) {
  Where const root;
  Where const where = root.field("metadata");
  JsonElement start;
  if (metadata["start_time_ms"].get(start) == SUCCESS &&
      !read_whole(findings, where.field("start_time_ms"), start, 0, epoch_ms_max, "milliseconds since 1970", head.started_at.since_epoch)) {
    return false;
  }
  JsonObject side;
  std::string_view name;
  if (metadata["agent"].get(side) == SUCCESS) {
    head.participants[0].person = person_of(side);
    if (side["metadata"]["agent_name"].get(name) == SUCCESS && name.size() <= name_bytes_max) head.participants[0].name = name;
  }
  if (metadata["caller"].get(side) == SUCCESS) {
    head.participants[1].person = person_of(side);
    if (side["metadata"]["first and last name"].get(name) == SUCCESS && name.size() <= name_bytes_max) {
      head.participants[1].extra.push_back({{}, "role_played", domain::Value::of_text(std::string{name})});
    }
  }
  for (std::string_view const kept : {"session", "tasks", "labels"}) {
    JsonElement value;
    if (metadata[kept].get(value) == SUCCESS && !append_attribute(findings, where.field(kept), kept, value, head.extra)) return false;
  }
  return true;
}

}  // namespace

bool is_harper_valley_transcript(JsonArray segments) {
  auto const first = segments.begin();
  if (first == segments.end()) return true;
  JsonObject segment;
  return (*first).get(segment) == SUCCESS && segment["speaker_role"].error() == SUCCESS && segment["offset_ms"].error() == SUCCESS;
}

bool read_harper_valley(Findings& findings, Where const& where, JsonArray segments, std::optional<JsonObject> metadata,
                        std::string_view id, Imported& imported) {
  domain::Interaction& head = imported.head;
  head.id = id;
  head.channel = domain::Channel::voice;
  head.company = "Harper Valley National Bank";
  head.observed = domain::SourceSet{Source::words, Source::timing};
  head.participants.resize(2);
  head.participants[0].id = "agent";
  head.participants[0].role = Role::agent;
  head.participants[1].id = "caller";
  head.participants[1].role = Role::customer;
  if (metadata && !read_metadata(findings, *metadata, head)) return false;
  if (segments.size() > limits::events_max) return findings.fail(where, fmt::format("more than events_max, {}", limits::events_max));
  imported.events.reserve(segments.size());
  std::size_t position = 0;
  for (JsonElement const item : segments) {
    if (!read_segment(findings, where.item(position++), item, imported.events.emplace_back())) return false;
  }
  return true;
}

}  // namespace rapport::timeline::formats
