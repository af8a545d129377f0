#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::centre {

/// Why customers come, as a queue sorts it: reasons within reasons. A value.
struct DispositionTree {
  struct Reason {
    std::string id;  ///< unique in the tree
    std::string label;
    std::vector<Reason> children;
    bool operator==(Reason const&) const = default;
  };
  std::vector<Reason> reasons;

  /// Whether an interaction may be given this reason: one without children.
  bool allows(std::string_view id) const { return is_leaf(reasons, id); }
  bool operator==(DispositionTree const&) const = default;

 private:
  static bool is_leaf(std::vector<Reason> const& among, std::string_view id) {
    return std::ranges::any_of(among, [id](Reason const& reason) {
      return reason.children.empty() ? reason.id == id : is_leaf(reason.children, id);
    });
  }
};

}  // namespace rapport::centre
