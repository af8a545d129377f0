#include "centre/disposition_tree.hpp"

#include <algorithm>

namespace rapport::centre {
namespace {

using Outcomes = std::vector<std::string>;

/// The outcomes that the reason of this id without children has, `above` where neither it nor a reason
/// above it names any; null if there is none of this id.
Outcomes const* outcomes_of(std::vector<DispositionTree::Reason> const& among, std::string_view id, Outcomes const& above) {
  for (DispositionTree::Reason const& reason : among) {
    Outcomes const& outcomes = reason.outcomes.empty() ? above : reason.outcomes;
    if (reason.children.empty() && reason.id == id) return &outcomes;
    if (Outcomes const* const found = outcomes_of(reason.children, id, outcomes)) return found;
  }
  return nullptr;
}

}  // namespace

bool DispositionTree::allows(std::string_view id) const {
  Outcomes const all;
  return outcomes_of(reasons, id, all) != nullptr;
}

bool DispositionTree::allows(std::string_view id, std::string_view outcome) const {
  Outcomes const all{outcome_names.begin(), outcome_names.end()};
  Outcomes const* const outcomes = outcomes_of(reasons, id, all);
  return outcomes != nullptr && std::ranges::find(*outcomes, outcome) != outcomes->end();
}

}  // namespace rapport::centre
