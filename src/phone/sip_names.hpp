#pragma once

#include <algorithm>
#include <string_view>

namespace rapport::phone {

/// Whether two names of header fields or parameters are the same: their case says nothing
/// (RFC 3261, section 7.3.1). ASCII; other bytes are compared as they are.
inline bool same_name(std::string_view one, std::string_view other) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(one, other, {}, lower, lower);
}

}  // namespace rapport::phone
