#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "timeline/formats/json_field.hpp"

/// What our own vCons carry in the attachment of purpose "rapport": the head, and every event that
/// is no words; and what a dialog's or segment's "meta" says of an utterance beside its words.
namespace rapport::timeline::formats {

struct VconKept {
  domain::Interaction head;
  std::vector<domain::Event> events;
};

/// The attachment of a vCon, if it has one of ours. One that we cannot read is left out with a
/// warning.
std::optional<VconKept> read_vcon_kept(Findings& findings, JsonObject vcon);

/// An utterance or message as its "meta" keeps it, with the words from where they stand. `position`
/// is its place among all events.
struct KeptWords {
  domain::Event event;
  std::size_t position = 0;
};
std::optional<KeptWords> read_kept_words(std::string const& meta, std::string const& text, domain::Interaction const& head);

/// Puts words at their positions and the others, in their order, at the positions between. Where the
/// positions do not add up, all are sorted by time.
std::vector<domain::Event> merge_kept(std::vector<KeptWords> words, std::vector<domain::Event> others);

}  // namespace rapport::timeline::formats
