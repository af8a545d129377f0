#pragma once

#include <vector>

#include "playbook/playbook.hpp"
#include "playbook/values.hpp"

namespace rapport::playbook {

/// Reads one file of practices/: a map from practice to its definition. Appends each practice that
/// this file declares in `reading`, in order, so that position and number agree.
void read_practice_file(Node const& root, Reading const& reading, std::vector<bool> const& measures, std::vector<Practice>& practices);

}  // namespace rapport::playbook
