#include "calling/attempt.hpp"

namespace rapport::calling {

void Attempt::read(domain::Event const& event) {
  using domain::EventKind;
  if (event.leg != "customer") return;
  if (event.kind == EventKind::leg_started && event.text_of("state") == "answered") answered = true;
  if (event.kind == EventKind::leg_ended && !answered) reason = event.text_of("reason");
}

Came Attempt::came() const {
  if (answered) return Came::reached;
  if (reason == "busy" || reason == "declined") return Came::busy;
  if (reason == "no_answer") return Came::no_answer;
  if (reason == "no_such_number") return Came::no_such_number;
  return Came::not_placed;
}

}  // namespace rapport::calling
