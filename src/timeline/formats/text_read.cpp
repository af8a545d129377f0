#include "timeline/formats/text_read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/limits.hpp"
#include "timeline/formats/clock_text.hpp"
#include "timeline/formats/documents.hpp"
#include "timeline/formats/json_locate.hpp"
#include "timeline/formats/names.hpp"
#include "timeline/formats/role_guess.hpp"
#include "timeline/formats/text_turns.hpp"

namespace rapport::timeline::formats {
namespace {

using base::Millis;
using domain::Channel;
using domain::Event;
using domain::EventKind;
using domain::Role;
using domain::Source;

/// Sets a head field from its line; returns what was expected where it makes no sense.
std::string_view read_header_field(std::string const& name, std::string const& value, domain::Interaction& head) {
  if (name == "id" && !value.empty()) head.id = value;
  if (name == "brand") head.brand = value;
  if (name == "company") head.company = value;
  if (name == "queue") head.queue = value;
  if (name == "case") head.case_id = value;
  if (name == "channel") {
    auto const channel = domain::parse_channel(value);
    if (!channel) return "voice, chat, email or message";
    head.channel = *channel;
  } else if (name == "direction") {
    auto const direction = domain::parse_direction(value);
    if (!direction) return "inbound or outbound";
    head.direction = *direction;
  } else if (name == "date" || name == "started at") {
    auto const instant = parse_moment(value);
    if (!instant) return "a date and time such as 2026-03-02T09:15:00Z";
    head.started_at = *instant;
  } else if (name == "time zone") {
    if (!is_time_zone(value)) return "an IANA time zone such as Europe/London";
    head.time_zone = value;
  } else if (name == "language") {
    if (!is_language_tag(value)) return "a BCP 47 language such as en or de-AT";
    head.language = value;
  }
  return {};
}

/// Whoever speaks first is taken for the agent of a call and for the customer of anything written.
std::size_t agent_by_order(Channel channel) { return channel == Channel::voice ? 0 : 1; }

/// Makes participants of the names, and tells each turn's.
std::vector<std::size_t> name_participants(std::vector<TextTurn> const& turns, domain::Interaction& head) {
  std::vector<std::size_t> speaker_of;
  std::vector<std::optional<Role>> known;
  std::vector<Spoken> spoken;
  for (TextTurn const& turn : turns) {
    auto const found = std::ranges::find(head.participants, turn.speaker, &domain::Participant::name);
    auto const speaker = static_cast<std::size_t>(found - head.participants.begin());
    if (found == head.participants.end()) {
      head.participants.emplace_back().id = fmt::format("p{}", speaker + 1);
      head.participants.back().name = turn.speaker;
      known.push_back(role_of_label(turn.speaker));
    }
    speaker_of.push_back(speaker);
    spoken.push_back({turn.text, speaker});
  }
  auto const roles = guess_roles(known, spoken, agent_by_order(head.channel));
  for (std::size_t speaker = 0; speaker < roles.size(); ++speaker) {
    domain::Participant& participant = head.participants[speaker];
    participant.role = roles[speaker];
    if (known[speaker] && participant.name.find(' ') == std::string::npos) participant.name.clear();  // "Agent" is no name
    auto const open = participant.name.find(" (");                                                    // "Dana (agent)"
    if (known[speaker] && open != std::string::npos) participant.name.resize(open);
  }
  return speaker_of;
}

/// Clock times begin at whatever o'clock it was; the timeline begins at 0.
Millis first_time(std::vector<TextTurn> const& turns) {
  constexpr Millis recording_start_max = base::hour;
  Millis first = std::numeric_limits<Millis>::max();
  for (TextTurn const& turn : turns) {
    if (turn.at_ms) first = std::min(first, *turn.at_ms);
  }
  return first >= recording_start_max ? first : 0;
}

base::Result<void> place(TextTurn const& turn, Millis start, Millis previous, Event& event) {
  event.at_ms = turn.at_ms ? std::max<Millis>(*turn.at_ms - start, 0) : previous;
  if (turn.end_ms && event.kind == EventKind::utterance) event.end_ms = *turn.end_ms - start;
  if (event.end() < event.at_ms) return base::Error{"the turn ends before it begins; expected a later end"};
  if (event.end() > limits::interaction_span_max) return base::Error{"a time past interaction_span_max, 10 years"};
  return {};
}

}  // namespace

bool looks_like_transcript(std::string_view text) {
  return find_bad_utf8(text) == 0 && text.find('\0') == std::string_view::npos && read_text_turns(text).turns.size() >= 2;
}

base::Result<Imported> read_text_transcript(std::string_view source, std::string_view text, std::string_view id) {
  if (std::size_t const line = find_bad_utf8(text); line > 0) {
    return error_at(source, line, "found bytes that are no UTF-8; expected UTF-8");
  }
  TextTurns const transcript = read_text_turns(text);
  std::vector<TextTurn> const& turns = transcript.turns;
  if (turns.empty()) {
    return error_at(source, 1, "no format that we know: expected JSON, or lines such as \"Agent: Good morning\" or \"[00:12] Customer: Hello\"");
  }
  if (turns.size() > limits::events_max) return error_at(source, 1, fmt::format("{} turns are more than events_max, {}", turns.size(), limits::events_max));
  Imported imported;
  imported.format = Format::text;
  imported.source = source;
  imported.line = 1;
  domain::Interaction& head = imported.head;
  head.id = id;
  for (auto const& [field, value] : transcript.header) {
    auto const expected = read_header_field(field, value, head);
    if (!expected.empty()) return error_at(source, 1, fmt::format("{}: found \"{}\"; expected {}", field, shortened(value), expected));
  }
  auto const speaker_of = name_participants(turns, head);
  if (head.participants.size() > limits::participants_max) return error_at(source, 1, fmt::format("more than participants_max, {}, speakers", limits::participants_max));

  bool const dated = std::ranges::all_of(turns, &TextTurn::dated);
  bool const timed = dated || std::ranges::all_of(turns, [](TextTurn const& turn) { return turn.at_ms.has_value() && !turn.dated; });
  bool const ended = timed && std::ranges::all_of(turns, [](TextTurn const& turn) { return turn.end_ms.has_value(); });
  Millis const start = timed ? first_time(turns) : 0;
  if (dated && !head.has_date()) head.started_at = base::Instant{start};
  for (std::size_t index = 0; index < turns.size(); ++index) {
    TextTurn const& turn = turns[index];
    if (turn.text.size() > limits::text_bytes_max) return error_at(source, turn.line, fmt::format("{} bytes of text are more than text_bytes_max, {}", turn.text.size(), limits::text_bytes_max));
    Millis const previous = imported.events.empty() ? 0 : imported.events.back().at_ms + (timed ? 0 : base::second);
    Event event;
    event.kind = head.channel == Channel::voice ? EventKind::utterance : EventKind::message;
    event.participant = static_cast<domain::ParticipantIndex>(speaker_of[index]);
    event.by = head.participants[event.participant].role;
    event.text = turn.text;
    if (timed) {
      if (auto placed = place(turn, start, previous, event); !placed) return error_at(source, turn.line, placed.error().message);
    } else {
      event.at_ms = previous;
    }
    imported.events.push_back(std::move(event));
  }
  head.observed = domain::SourceSet{Source::words};
  if (ended || (timed && head.channel != Channel::voice)) head.observed->add(Source::timing);
  return imported;
}

}  // namespace rapport::timeline::formats
