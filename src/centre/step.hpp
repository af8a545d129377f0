#pragma once

#include <cstddef>
#include <vector>

#include "centre/publication.hpp"
#include "records/batch.hpp"

namespace rapport::centre {

/// What a command or the passing of time brought: what must last, and what to tell once it does.
struct Step {
  std::vector<records::Change> changes;
  std::vector<Publication> publications;
  /// Ascending places in `changes` between two decisions of the floor: events before one have all that was
  /// counted from them before it, too. Where a step is cut, it is cut there (batches.hpp).
  std::vector<std::size_t> seams{};
  std::size_t cut = 0;  ///< interactions that are closed without some of their content, which was beyond a limit

  bool empty() const { return changes.empty() && publications.empty(); }
};

}  // namespace rapport::centre
