#include "centre/callback.hpp"

namespace rapport::centre {

void Callback::read(domain::Event const& event) {
  using domain::EventKind;
  if (event.kind == EventKind::followup_scheduled && event.text_of("what") == "callback") wanted = true;
  if (event.kind == EventKind::leg_started && event.leg == customer_leg && event.text_of("state") == "answered") wanted = false;
  if (event.kind == EventKind::field_captured && event.text_of("name") == callback_field) number = event.text_of("value");
}

std::string number_of(domain::Interaction const& head) {
  domain::ParticipantIndex const place = head.first_of(domain::Role::customer);
  if (place == domain::nobody) return {};
  for (domain::Identifier const& identifier : head.participants[place].identifiers) {
    if (identifier.type == "tel") return identifier.value;
  }
  return {};
}

}  // namespace rapport::centre
