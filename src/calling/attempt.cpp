#include "calling/attempt.hpp"

namespace rapport::calling {

void Attempt::read(domain::Event const& event) {
  using domain::EventKind;
  if (event.leg != "customer") return;
  std::string_view const state = event.kind == EventKind::leg_started ? event.text_of("state") : std::string_view{};
  if (state == "answered") answered = true;
  if (state == "ringing") rang = true;
  if (event.kind == EventKind::leg_ended && !answered) reason = event.text_of("reason");
}

Came Attempt::came() const {
  if (answered) return Came::reached;
  if (reason == "busy" || reason == "declined") return Came::busy;
  if (reason == "no_such_number") return Came::no_such_number;
  // Refused for no reason that has a name here: asked once a minute it would be refused without end.
  if (reason == "no_answer" || reason == "refused") return Came::no_answer;
  return rang ? Came::no_answer : Came::not_placed;
}

}  // namespace rapport::calling
