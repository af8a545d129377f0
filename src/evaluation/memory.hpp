#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "evaluation/counts.hpp"
#include "playbook/playbook.hpp"
#include "signals/occurrence.hpp"

namespace rapport::evaluation {

/// What a pattern remembers of a signal's firings within its scope, for triggers that look back:
/// the latest and the one that ended last (the later of two that end together), which together
/// answer every question about a bound. A value.
class Memory {
 public:
  void clear() { *this = Memory(); }

  /// `counts` as of the firing's event. With `by_item`, firings are also kept apart by item.
  void remember(signals::Occurrence const& firing, Counts const& counts, bool by_item);

  /// The latest firing before the trigger if it is within the bound; else the one that ended last,
  /// if that is; else null. `item`: only firings with that item.
  signals::Occurrence const* in_time(signals::Occurrence const& trigger, Counts const& counts,
                                     playbook::Bound const& bound, std::optional<std::uint64_t> item) const;
  /// The latest firing if it is within the trigger's sentence, event or turn; else null.
  signals::Occurrence const* in_reach(signals::Occurrence const& trigger, Counts const& counts,
                                      signals::Reach reach, std::optional<std::uint64_t> item) const;

 private:
  struct Kept {
    signals::Occurrence firing;
    Counts counts;
  };
  struct Pair {
    std::optional<Kept> latest;
    std::optional<Kept> longest;
  };

  static void keep(Pair& pair, Kept const& kept);
  Pair const* pair_of(std::optional<std::uint64_t> item) const;

  Pair all_;
  std::unordered_map<std::uint64_t, Pair> by_item_;
};

/// Whether both stand in the same sentence, event or turn. `turn`s are serial numbers.
bool same_reach(signals::Reach reach, signals::Occurrence const& one, std::uint32_t turn_of_one,
                signals::Occurrence const& other, std::uint32_t turn_of_other);

}  // namespace rapport::evaluation
