#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::centre {

/// Why customers come, as a queue sorts it: reasons within reasons. A value.
struct DispositionTree {
  static constexpr std::array<std::string_view, 3> outcome_names{"resolved", "unresolved", "follow_up"};

  struct Reason {
    std::string id;  ///< unique in the tree
    std::string label;
    std::vector<Reason> children;
    std::vector<std::string> outcomes{};  ///< that fit; empty: those of the reason above, at the top all
    bool operator==(Reason const&) const = default;
  };
  std::vector<Reason> reasons;

  /// Whether an interaction may be given this reason: one without children.
  bool allows(std::string_view id) const;
  /// The same with this outcome.
  bool allows(std::string_view id, std::string_view outcome) const;
  bool operator==(DispositionTree const&) const = default;
};

}  // namespace rapport::centre
