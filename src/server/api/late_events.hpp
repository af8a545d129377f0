#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// What comes of an interaction after it closed: surveys, late and corrected transcripts. They are added
/// to it, and it is judged again by its brand's playbook of now.
void add_late_events(Gate& gate);

}  // namespace rapport::server::api
