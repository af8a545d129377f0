#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "evaluation/deadlines.hpp"

namespace rapport::evaluation {

/// What changed in the obligations by an event or by time: for checklists, cues and flags.
/// Provisional: what turns out not to have been observed at all is judged when a ledger is made.
struct Change {
  enum class Kind : std::uint8_t { opened,
                                   met,
                                   missed,
                                   voided,
                                   unassessed,
                                   cue };
  Kind kind = Kind::opened;
  ObligationNumber obligation = 0;  ///< number of the obligation within this run, from 0
  std::uint16_t practice = 0;
  base::Millis at_ms = 0;

  bool operator==(Change const&) const = default;
};

}  // namespace rapport::evaluation
