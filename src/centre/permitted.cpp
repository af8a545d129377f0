#include "centre/permitted.hpp"

namespace rapport::centre {
namespace {

using domain::EventKind;

bool of_the_floor(EventKind kind) {
  switch (kind) {
    case EventKind::offered:
    case EventKind::answered:
    case EventKind::hold:
    case EventKind::transfer:
    case EventKind::leg_started:
    case EventKind::leg_ended:
    case EventKind::context:
    case EventKind::ended:
    case EventKind::other:
      return true;
    default:
      return false;
  }
}

bool of_customers(EventKind kind) {
  switch (kind) {
    case EventKind::message:
    case EventKind::consent:
    case EventKind::escalation_requested:
    case EventKind::survey:
      return true;
    default:
      return false;
  }
}

bool of_supervisors(EventKind kind) {
  switch (kind) {
    case EventKind::note:
    case EventKind::flagged:
    case EventKind::message:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool may_add(Actor::Kind actor, EventKind kind) {
  if (of_the_floor(kind)) return false;
  switch (actor) {
    case Actor::Kind::system:
      return true;
    case Actor::Kind::agent:
      return kind != EventKind::survey;
    case Actor::Kind::supervisor:
      return of_supervisors(kind);
    case Actor::Kind::customer:
      return of_customers(kind);
  }
  return false;
}

}  // namespace rapport::centre
