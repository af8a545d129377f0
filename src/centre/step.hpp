#pragma once

#include <vector>

#include "centre/publication.hpp"
#include "records/batch.hpp"

namespace rapport::centre {

/// What a command or the passing of time brought: what must last, and what to tell once it does.
struct Step {
  std::vector<records::Change> changes;
  std::vector<Publication> publications;

  bool empty() const { return changes.empty() && publications.empty(); }
};

}  // namespace rapport::centre
