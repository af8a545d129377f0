#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "timeline/formats/json_field.hpp"
#include "timeline/formats/json_write.hpp"

/// Rapport's own interaction format (docs/interaction-format.md): one JSON object an interaction.
namespace rapport::timeline::formats {

/// Reads head and events. False: the findings hold the error; head.id is set where one was found.
bool read_interaction(Findings& findings, Where const& where, JsonElement document, domain::Interaction& head,
                      std::vector<domain::Event>& events);

/// Reads the head's fields alone; returns the `events` field in `events`, if there is one.
/// `complete`: id, channel and started_at must be there.
bool read_head(Findings& findings, Where const& where, JsonObject document, bool complete, domain::Interaction& head,
               std::optional<JsonElement>& events);

/// Reads one event; `head` gives the participants that it may name.
bool read_event(Findings& findings, Where const& where, JsonElement element, domain::Interaction const& head,
                domain::Event& event);

/// Appends the list's events.
bool read_events(Findings& findings, Where const& where, JsonElement element, domain::Interaction const& head,
                 std::vector<domain::Event>& events);

/// Writes one interaction as one line of JSON, without the line's end. Attributes of one group must
/// stand together, as every reader leaves them.
std::string write_interaction(domain::Interaction const& head, std::vector<domain::Event> const& events);

/// Writes the head's fields into an object that is open.
void append_head(ObjectWriter& object, domain::Interaction const& head);

/// Appends one event as an object, with or without its text.
void append_event(std::string& out, domain::Event const& event, domain::Interaction const& head, bool with_text);

}  // namespace rapport::timeline::formats
