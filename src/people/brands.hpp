#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::people {

/// The brands whose data somebody may see. "All" is said in so many words (`*`), never by leaving
/// the list empty: who has none sees a brand only through a contact offered to or held by them.
struct BrandSet {
  bool all = false;
  std::vector<std::string> names;  ///< ids of brands; empty where `all`

  static BrandSet every() { return {.all = true, .names = {}}; }

  bool has(std::string_view brand) const { return all || std::find(names.begin(), names.end(), brand) != names.end(); }
  bool has_all(BrandSet const& other) const {
    if (all || other.all) return all;
    return std::all_of(other.names.begin(), other.names.end(), [this](std::string const& brand) { return has(brand); });
  }
  bool operator==(BrandSet const&) const = default;
};

}  // namespace rapport::people
