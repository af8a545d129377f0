#pragma once

#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"

/// What Rapport writes. Each function gives the whole text of one interaction.
namespace rapport::timeline::formats {

/// One JSON object on one line, without the line's end. Reading it back gives an equal head and
/// equal events. REQUIRES: attributes of one group stand together, as every reader leaves them.
std::string write_interaction(domain::Interaction const& head, std::vector<domain::Event> const& events);

/// A vCon (draft-ietf-vcon-vcon-core, unsigned) on one line: messages as text dialogs, utterances as
/// a transcript of a recording that is not in it, everything else in an attachment of purpose
/// "rapport". Reading it back gives an equal head and equal events.
std::string write_vcon(domain::Interaction const& head, std::vector<domain::Event> const& events);

/// A transcript for people: a header, then "[00:12] Agent: …", a line for each utterance and message.
/// What is no words is left out.
std::string write_text(domain::Interaction const& head, std::vector<domain::Event> const& events);

}  // namespace rapport::timeline::formats
