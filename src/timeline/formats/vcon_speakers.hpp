#pragma once

#include <map>
#include <optional>
#include <vector>

#include "timeline/formats/role_guess.hpp"
#include "timeline/formats/transcript_lines.hpp"
#include "timeline/formats/vcon_parts.hpp"

namespace rapport::timeline::formats {

/// The parties of a vCon, and which of them a transcript means by its speakers. A speaker whom no
/// party can be becomes a party of its own.
class VconSpeakers {
 public:
  explicit VconSpeakers(std::vector<VconParty> parties) : parties_(std::move(parties)) {}

  std::vector<VconParty> const& parties() const { return parties_; }

  /// Which party said each line, `no_party` where the transcript does not tell. In this order: a
  /// party's index, its name or address, the role that the label names; then numbers and letters
  /// ("speaker_0", "B"): a party's index where all of them are the dialog's parties, else a place in
  /// the dialog's list of parties; then whoever is left, in order of appearance.
  std::vector<std::size_t> match(std::vector<SpokenLine> const& lines, VconDialog const& dialog);

  /// Decides the role of every party: from the party itself, from what was said, else the dialog's
  /// originator is the customer, of an outbound one the agent.
  void decide_roles(std::vector<Spoken> const& spoken, std::size_t originator, bool outbound);

 private:
  using Matched = std::map<SpeakerLabel, std::size_t>;

  std::optional<std::size_t> by_identity(SpeakerLabel const& label) const;
  std::size_t by_role(domain::Role role, Matched const& matched);
  void by_number(std::vector<SpeakerLabel> const& labels, VconDialog const& dialog, Matched& matched) const;
  void by_appearance(std::vector<SpeakerLabel> const& labels, VconDialog const& dialog, Matched& matched);
  std::size_t add(std::string name, std::optional<domain::Role> role);

  std::vector<VconParty> parties_;
};

}  // namespace rapport::timeline::formats
