#pragma once

#include <cstddef>

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// Files in a conversation: an agent or the customer sends one, which makes a message that names it; who may
/// read the interaction fetches it. `bytes_max`: of one, at most limits::blob_bytes_max.
void add_attachments(Gate& gate, std::size_t bytes_max);

}  // namespace rapport::server::api
