#pragma once

#include <vector>

#include "centre/step.hpp"

namespace rapport::centre {

/// A step's changes as batches that must last, in order, with what goes out behind them. One batch, so
/// that all of it becomes durable together, but where it is more than limits::batch_changes_max (a start
/// after a crash in a full centre): then it is cut at the step's last seam before that, so that counters
/// stay with the events that they were counted from. A single decision above the limit, and what goes out,
/// is cut anywhere. Pure. At least one batch.
std::vector<records::Batch> batches_of(Step step, std::vector<records::Change> outgoing, base::Instant at);

}  // namespace rapport::centre
