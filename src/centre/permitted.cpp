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
    case EventKind::context:
    case EventKind::ended:
    case EventKind::other:
      return true;
    default:
      return false;
  }
}

/// What carries the calls tells of them.
bool of_the_phone(EventKind kind) { return kind == EventKind::leg_started || kind == EventKind::leg_ended; }

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
      return kind != EventKind::survey && !of_the_phone(kind);
    case Actor::Kind::supervisor:
      return of_supervisors(kind);
    case Actor::Kind::customer:
      return of_customers(kind);
  }
  return false;
}

}  // namespace rapport::centre
