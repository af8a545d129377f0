#include "domain/interaction.hpp"

namespace rapport::domain {

ParticipantIndex Interaction::first_of(Role role) const {
  for (std::size_t index = 0; index < participants.size(); ++index) {
    if (participants[index].role == role) return static_cast<ParticipantIndex>(index);
  }
  return nobody;
}

ParticipantIndex Interaction::find(std::string_view participant_id) const {
  for (std::size_t index = 0; index < participants.size(); ++index) {
    if (participants[index].id == participant_id) return static_cast<ParticipantIndex>(index);
  }
  return nobody;
}

}  // namespace rapport::domain
