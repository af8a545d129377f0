#pragma once

#include <string_view>

namespace rapport::server::api {

/// Equality in a time that depends on the lengths alone: for secrets.
inline bool same_text(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  unsigned differing = 0;
  for (std::size_t i = 0; i < left.size(); ++i) differing |= static_cast<unsigned>(left[i] ^ right[i]);
  return differing == 0;
}

}  // namespace rapport::server::api
