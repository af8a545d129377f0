#pragma once

#include "centre/centre.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// Hands a command to the centre and answers when it is durable: the outcome as JSON with `status`, or
/// the problem. The header Idempotency-Key (up to 200 bytes) makes a repeat harmless for 24 h: the same
/// answer comes again, marked by the header Idempotent-Replayed. Must not block: any thread.
void command(Services& services, Asked const& asked, http::Reply reply, centre::Command command, centre::Actor actor, int status = 200);

/// A user as the centre's commands know them: an agent unless a supervisor's or the system's right is
/// what lets them act.
centre::Actor agent_of(Asked const& asked);
centre::Actor supervisor_of(Asked const& asked);

}  // namespace rapport::server::api
