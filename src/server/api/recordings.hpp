#pragma once

#include "recordings/shelf.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// Listening to recordings, with what a player shows of them. Every listening is in the audit log: the first
/// request of somebody for an interaction's sound, and again after limits::listening_ms.
void add_recordings(Gate& gate, recordings::Shelf& shelf);

}  // namespace rapport::server::api
