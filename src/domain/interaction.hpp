#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/event.hpp"
#include "domain/words.hpp"

namespace rapport::domain {

/// A handle under which a customer is known: {"tel", "+15550100", false}.
struct Identifier {
  std::string type;
  std::string value;
  bool verified = false;
  std::vector<Attribute> extra{};  ///< fields we do not know, kept

  bool operator==(Identifier const&) const = default;
};

/// Somebody who took part. `id` is unique within the interaction, `person` across interactions.
struct Participant {
  std::string id;
  Role role = Role::customer;
  std::string person;
  std::string name;
  std::string preferred_channel;
  std::vector<Identifier> identifiers;
  std::vector<Attribute> known;  ///< facts known before the interaction (group empty)
  std::vector<Attribute> extra;  ///< fields we do not know, kept

  bool operator==(Participant const&) const = default;
};

/// An earlier contact, as the interaction's head tells it.
struct HistoryEntry {
  std::optional<base::Instant> at;
  std::string channel;
  std::string summary;
  std::vector<Attribute> extra;

  bool operator==(HistoryEntry const&) const = default;
};

/// The head of an interaction: everything that is said once. The events are apart (timeline).
struct Interaction {
  std::string id;
  Channel channel = Channel::voice;
  Direction direction = Direction::inbound;
  base::Instant started_at;       ///< the epoch where an importer had no date
  std::string time_zone = "UTC";  ///< IANA name
  std::string language = "en";    ///< BCP 47
  std::string brand;
  std::string company;
  std::string queue;
  std::string case_id;
  std::optional<SourceSet> observed;  ///< absent: see docs/interaction-format.md
  std::vector<Participant> participants;
  std::vector<HistoryEntry> history;
  std::vector<Attribute> extra;  ///< fields we do not know, kept

  bool has_date() const { return started_at.since_epoch != 0; }
  /// The first participant of the role, or `nobody`.
  ParticipantIndex first_of(Role role) const;
  /// The participant with this id, or `nobody`.
  ParticipantIndex find(std::string_view participant_id) const;

  bool operator==(Interaction const&) const = default;
};

}  // namespace rapport::domain
