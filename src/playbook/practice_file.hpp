#pragma once

#include <vector>

#include "playbook/playbook.hpp"
#include "playbook/values.hpp"

namespace rapport::playbook {

/// Reads one file of practices/: a map from practice to its definition. Appends each practice that
/// this file declares in `reading`, in order, so that position and number agree. `measures` says of
/// each signal whether it is one; `frameworks` are what `framework: steps` asks for.
void read_practice_file(Node const& root, Reading const& reading, std::vector<bool> const& measures,
                        std::vector<Framework> const& frameworks, std::vector<Practice>& practices);

/// The steps of all frameworks as patterns: of the framework that the context names, each step's
/// signal must come, and after the signal of the step before. Starts from `shared`.
std::vector<Pattern> framework_patterns(std::vector<Framework> const& frameworks, Pattern const& shared);

}  // namespace rapport::playbook
