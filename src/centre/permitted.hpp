#pragma once

#include "centre/command.hpp"
#include "domain/event.hpp"

namespace rapport::centre {

/// Whether an actor of that kind may add events of this kind. Those of the floor (offered, answered,
/// hold, transfer, ended) come from commands of their own and from nobody here, legs from the system alone.
bool may_add(Actor::Kind actor, domain::EventKind kind);

}  // namespace rapport::centre
