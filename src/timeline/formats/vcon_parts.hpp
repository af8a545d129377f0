#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/interaction.hpp"
#include "timeline/formats/json_field.hpp"

/// The objects of a vCon as plain values, read leniently.
namespace rapport::timeline::formats {

inline constexpr std::size_t no_party = SIZE_MAX;

struct VconParty {
  domain::Participant participant;   ///< its role is not decided yet
  std::optional<domain::Role> role;  ///< what the party says of itself
};

/// Joined, dropped, held, unheld, muted, unmuted.
struct VconPartyEvent {
  std::string event;
  std::size_t party = no_party;
  std::optional<base::Instant> time;
};

struct VconDialog {
  std::string type;  ///< recording, text, transfer, incomplete
  std::optional<base::Instant> start;
  std::optional<base::Millis> duration;
  std::vector<std::size_t> parties;  ///< one a channel; of a mixed channel the first
  bool mixed = false;                ///< some channel holds several parties
  std::size_t originator = no_party;
  std::string media_type;  ///< lower case, without parameters
  std::string text;        ///< of a text dialog, decoded
  bool has_content = false;
  std::string disposition;
  std::string direction;  ///< meta.direction
  std::string application;
  std::string meta;  ///< the object "meta" as JSON
  std::size_t transferor = no_party;
  std::size_t transfer_target = no_party;
  bool consulted = false;
  std::vector<VconPartyEvent> history;
};

VconParty read_vcon_party(JsonObject party, std::size_t index);

/// Parties beyond `party_count` are dropped with a warning.
VconDialog read_vcon_dialog(Findings& findings, JsonObject dialog, std::size_t index, std::size_t party_count);

/// The content of an object with body and encoding: base64url decoded, anything else as it stands.
/// Nothing where there is no body that is text.
std::optional<std::string> read_vcon_body(JsonObject object);

/// A date in any form, or a number of seconds or milliseconds since 1970.
std::optional<base::Instant> read_vcon_date(JsonElement element);

/// The text field of that name; empty where there is none, or more than text_bytes_max.
std::string vcon_text(JsonObject object, std::string_view field);

}  // namespace rapport::timeline::formats
