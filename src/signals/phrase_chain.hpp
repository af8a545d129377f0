#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "base/result.hpp"
#include "signals/phrase_notation.hpp"

namespace rapport::signals {

/// Number of words that may stand between two places.
struct Distance {
  static constexpr std::uint16_t unbounded = std::numeric_limits<std::uint16_t>::max();

  std::uint16_t low = 0;
  std::uint16_t high = 0;

  bool allows(std::size_t words) const { return words >= low && (high == unbounded || words <= high); }
  bool operator==(Distance const&) const = default;
};

/// One reading of a phrase: segments without gaps, and how far apart they may stand. A segment
/// matches at least one word. What only gaps cover at either end is not part of a match.
struct Chain {
  struct Step {
    Distance before;     ///< from the segment before; of the first: from the sentence's start
    Expression segment;  ///< words, numbers, sequences and choices only

    bool operator==(Step const&) const = default;
  };
  std::vector<Step> steps;
  Distance after;  ///< from the last segment to the sentence's end

  bool operator==(Chain const&) const = default;
};

/// Writes the phrase out into chains: alternatives that hold gaps become a chain each, and so does
/// the absence of a segment that is optional as a whole. A gap at an end where no anchor stands asks
/// for no more than its least words. Errors: a phrase that could match without any word, an anchor in
/// its midst, a limit.
base::Result<std::vector<Chain>> chains_of(Expression const& phrase);

/// Whether the expression can stand for no word at all.
bool may_be_empty(Expression const& expression);

}  // namespace rapport::signals
