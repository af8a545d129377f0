#include "centre/callback.hpp"

namespace rapport::centre {

bool schedules_callback(domain::Event const& event) {
  return event.kind == domain::EventKind::followup_scheduled && event.by == domain::Role::bot && event.text_of("what") == "callback";
}

void Callback::read(domain::Event const& event) {
  using domain::EventKind;
  if (schedules_callback(event)) wanted = true;
  if (event.kind == EventKind::leg_started && event.leg == customer_leg && event.text_of("state") == "answered") wanted = false;
  bool const keyed_in = event.kind == EventKind::field_captured && event.by == domain::Role::customer;
  if (keyed_in && event.text_of("name") == callback_field) number = event.text_of("value");
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
