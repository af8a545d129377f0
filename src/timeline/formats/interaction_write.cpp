#include "timeline/formats/interaction_json.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Event;
using domain::EventKind;
using domain::Interaction;

void append_known(std::string& out, std::vector<domain::Attribute> const& known) {
  ObjectWriter object{out};
  for (domain::Attribute const& fact : known) append_json_value(object.name(fact.name), fact.value);
  object.close();
}

void append_identifier(std::string& out, domain::Identifier const& identifier) {
  ObjectWriter object{out};
  object.text("type", identifier.type);
  object.text("value", identifier.value);
  if (identifier.verified) object.boolean("verified", true);
  object.attributes(identifier.extra);
  object.close();
}

void append_participant(std::string& out, domain::Participant const& participant) {
  ObjectWriter object{out};
  object.text("id", participant.id);
  object.text("role", name(participant.role));
  object.text_if_any("person", participant.person);
  object.text_if_any("name", participant.name);
  object.text_if_any("preferred_channel", participant.preferred_channel);
  if (!participant.identifiers.empty()) {
    append_json_list(object.name("identifiers"), participant.identifiers, [&](auto const& identifier) { append_identifier(out, identifier); });
  }
  if (!participant.known.empty()) append_known(object.name("known"), participant.known);
  object.attributes(participant.extra);
  object.close();
}

void append_history(std::string& out, domain::HistoryEntry const& entry) {
  ObjectWriter object{out};
  if (entry.at) object.text("at", base::format_rfc3339(*entry.at));
  object.text_if_any("channel", entry.channel);
  object.text_if_any("summary", entry.summary);
  object.attributes(entry.extra);
  object.close();
}

void append_observed(std::string& out, domain::SourceSet sources) {
  std::vector<domain::Source> listed;
  for (std::size_t index = 0; index < domain::source_count; ++index) {
    auto const source = static_cast<domain::Source>(index);
    if (sources.has(source)) listed.push_back(source);
  }
  append_json_list(out, listed, [&](domain::Source source) { append_json_text(out, name(source)); });
}

/// The kind's word in the file; of a kind that we do not know, the one that it came with.
std::string_view kind_of(Event const& event) {
  std::string_view const kept = event.kind == EventKind::other ? event.text_of("kind") : std::string_view{};
  return kept.empty() ? name(event.kind) : kept;
}

}  // namespace

void append_head(ObjectWriter& object, Interaction const& head) {
  object.whole("format", 1);
  object.text("id", head.id);
  object.text("channel", name(head.channel));
  object.text("direction", name(head.direction));
  object.text("started_at", base::format_rfc3339(head.started_at));
  object.text("time_zone", head.time_zone);
  object.text("language", head.language);
  object.text_if_any("brand", head.brand);
  object.text_if_any("company", head.company);
  object.text_if_any("queue", head.queue);
  object.text_if_any("case", head.case_id);
  if (head.observed) append_observed(object.name("observed"), *head.observed);
  if (!head.participants.empty()) {
    std::string& out = object.name("participants");
    append_json_list(out, head.participants, [&](auto const& participant) { append_participant(out, participant); });
  }
  if (!head.history.empty()) {
    std::string& out = object.name("history");
    append_json_list(out, head.history, [&](auto const& entry) { append_history(out, entry); });
  }
  object.attributes(head.extra);
}

void append_event(std::string& out, Event const& event, Interaction const& head, bool with_text) {
  ObjectWriter object{out};
  object.whole("at_ms", event.at_ms);
  object.text("kind", kind_of(event));
  if (event.by) object.text("by", name(*event.by));
  if (event.participant < head.participants.size()) object.text("participant", head.participants[event.participant].id);
  if (event.end_ms) object.whole("end_ms", *event.end_ms);
  if (with_text && (domain::carries_words(event.kind) || !event.text.empty())) object.text("text", event.text);
  object.text_if_any("id", event.id);
  if (event.seq != 0) object.whole("seq", event.seq);
  if (event.recorded_at) object.text("recorded_at", base::format_rfc3339(*event.recorded_at));
  if (event.confidence) append_thousandths(object.name("confidence"), *event.confidence);
  object.text_if_any("revises", event.revises);
  object.text_if_any("language", event.language);
  object.text_if_any("leg", event.leg);
  object.text_if_any("source", event.source);
  object.attributes(event.attributes, event.kind == EventKind::other ? "kind" : "");
  object.close();
}

std::string write_interaction(Interaction const& head, std::vector<Event> const& events) {
  std::string out;
  ObjectWriter object{out};
  append_head(object, head);
  append_json_list(object.name("events"), events, [&](Event const& event) { append_event(out, event, head, true); });
  object.close();
  return out;
}

}  // namespace rapport::timeline::formats
