#include <fmt/format.h>

#include <algorithm>

#include "base/hash.hpp"
#include "timeline/formats/interaction_json.hpp"
#include "timeline/formats/vcon.hpp"
#include "timeline/formats/writer.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Event;
using domain::EventKind;
using domain::Interaction;
using domain::Participant;

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t index = 0; index < text.size(); ++index) {
    bool const dash = index == 8 || index == 13 || index == 18 || index == 23;
    bool const hex = std::string_view{"0123456789abcdefABCDEF"}.find(text[index]) != std::string_view::npos;
    if (dash ? text[index] != '-' : !hex) return false;
  }
  return true;
}

/// The id, where it is a UUID; else version 8 (RFC 9562, section 5.8) made of the id's hash, so that
/// one interaction always has the same.
std::string uuid_of(Interaction const& head) {
  if (is_uuid(head.id)) return head.id;
  std::string const hash = base::sha256_hex("rapport interaction " + head.id);
  return fmt::format("{}-{}-8{}-a{}-{}", hash.substr(0, 8), hash.substr(8, 4), hash.substr(12, 3), hash.substr(15, 3), hash.substr(18, 12));
}

void append_party(std::string& out, Participant const& participant) {
  ObjectWriter party{out};
  party.text_if_any("name", participant.name);
  party.text("role", name(participant.role));
  for (auto const& [type, field] : {std::pair{"tel", "tel"}, {"email", "mailto"}, {"sip", "sip"}, {"did", "did"}}) {
    auto const found = std::ranges::find(participant.identifiers, type, &domain::Identifier::type);
    if (found != participant.identifiers.end()) party.text(field, found->value);
  }
  party.close();
}

/// What an event is beside its words: everything that a vCon has no field for.
void append_meta(std::string& out, Event const& event, Interaction const& head, std::size_t position) {
  ObjectWriter meta{out};
  ObjectWriter kept{meta.name(vcon_purpose)};
  kept.whole("position", static_cast<std::int64_t>(position));
  append_event(kept.name("event"), event, head, false);
  kept.close();
  meta.close();
}

std::vector<std::size_t> all_parties(Interaction const& head) {
  std::vector<std::size_t> parties(head.participants.size());
  for (std::size_t index = 0; index < parties.size(); ++index) parties[index] = index;
  return parties;
}

void append_message(std::string& out, Event const& event, Interaction const& head, std::size_t position) {
  ObjectWriter dialog{out};
  dialog.text("type", "text");
  dialog.text("start", base::format_rfc3339(head.started_at + event.at_ms));
  std::vector<std::size_t> parties = all_parties(head);
  auto const writer = std::ranges::find(parties, std::size_t{event.participant});
  if (writer != parties.end()) std::rotate(parties.begin(), writer, writer + 1);  // the sender comes first
  append_json_list(dialog.name("parties"), parties, [&](std::size_t party) { out += fmt::format("{}", party); });
  dialog.text("mediatype", "text/plain");
  dialog.text("body", event.text);
  dialog.text("encoding", "none");
  append_meta(dialog.name("meta"), event, head, position);
  dialog.close();
}

/// The recording that the transcript is of; it is not in the vCon.
void append_recording(std::string& out, Interaction const& head, std::vector<Event> const& events) {
  base::Millis end = 0;
  for (Event const& event : events) end = std::max(end, event.end());
  ObjectWriter dialog{out};
  dialog.text("type", "recording");
  dialog.text("start", base::format_rfc3339(head.started_at));
  append_thousandths(dialog.name("duration"), end);
  append_json_list(dialog.name("parties"), all_parties(head), [&](std::size_t party) { out += fmt::format("{}", party); });
  ObjectWriter meta{dialog.name("meta")};
  meta.text("direction", name(head.direction));
  meta.close();
  dialog.close();
}

/// Seconds with their three decimals, so that nobody takes them for milliseconds.
void append_seconds(std::string& out, base::Millis millis) {
  out += fmt::format("{}.{:03}", millis / base::second, millis % base::second);
}

void append_segment(std::string& out, Event const& event, Interaction const& head, std::size_t position) {
  ObjectWriter segment{out};
  if (event.participant < head.participants.size()) segment.whole("party", event.participant);
  if (event.by) segment.text("role", name(*event.by));
  append_seconds(segment.name("start"), event.at_ms);
  if (event.end_ms) append_seconds(segment.name("end"), *event.end_ms);
  segment.text("text", event.text);
  append_meta(segment.name("meta"), event, head, position);
  segment.close();
}

/// Calls write(event, position) for each event of the kind.
template <typename Write>
void each_of(std::vector<Event> const& events, EventKind kind, Write write) {
  for (std::size_t position = 0; position < events.size(); ++position) {
    if (events[position].kind == kind) write(events[position], position);
  }
}

void append_dialogs(std::string& out, Interaction const& head, std::vector<Event> const& events, bool spoken) {
  out += '[';
  if (spoken) append_recording(out, head, events);
  bool first = !spoken;
  each_of(events, EventKind::message, [&](Event const& event, std::size_t position) {
    if (!first) out += ',';
    first = false;
    append_message(out, event, head, position);
  });
  out += ']';
}

void append_transcript(std::string& out, Interaction const& head, std::vector<Event> const& events) {
  ObjectWriter analysis{out};
  analysis.text("type", "transcript");
  analysis.whole("dialog", 0);
  analysis.text("vendor", "rapport");
  analysis.text("schema", "segments");
  analysis.text("mediatype", "application/json");
  analysis.text("encoding", "json");
  ObjectWriter body{analysis.name("body")};
  body.text("language", head.language);
  std::string& list = body.name("segments");
  list += '[';
  bool first = true;
  each_of(events, EventKind::utterance, [&](Event const& event, std::size_t position) {
    if (!first) list += ',';
    first = false;
    append_segment(list, event, head, position);
  });
  list += ']';
  body.close();
  analysis.close();
}

void append_attachment(std::string& out, Interaction const& head, std::vector<Event> const& events) {
  ObjectWriter attachment{out};
  attachment.text("purpose", vcon_purpose);
  attachment.text("start", base::format_rfc3339(head.started_at));
  if (!head.participants.empty()) attachment.whole("party", 0);
  attachment.text("mediatype", "application/json");
  attachment.text("encoding", "json");
  ObjectWriter body{attachment.name("body")};
  append_head(body, head);
  std::vector<Event> others;
  std::ranges::copy_if(events, std::back_inserter(others), [](Event const& event) { return !domain::carries_words(event.kind); });
  append_json_list(body.name("events"), others, [&](Event const& event) { append_event(out, event, head, true); });
  body.close();
  attachment.close();
}

}  // namespace

std::string write_vcon(Interaction const& head, std::vector<Event> const& events) {
  bool const spoken = std::ranges::any_of(events, [](Event const& event) { return event.kind == EventKind::utterance; });
  std::string out;
  ObjectWriter vcon{out};
  vcon.text("vcon", "0.4.0");
  vcon.text("uuid", uuid_of(head));
  vcon.text("created_at", base::format_rfc3339(head.started_at));
  append_json_list(vcon.name("parties"), head.participants, [&](Participant const& participant) { append_party(out, participant); });
  append_dialogs(vcon.name("dialog"), head, events, spoken);
  vcon.name("analysis") += '[';
  if (spoken) append_transcript(out, head, events);
  out += ']';
  vcon.name("attachments") += '[';
  append_attachment(out, head, events);
  out += ']';
  vcon.close();
  return out;
}

}  // namespace rapport::timeline::formats
