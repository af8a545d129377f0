#pragma once

#include <span>
#include <string_view>

namespace rapport::store {

/// SQL that brings the schema from version n to n + 1, at index n. A released one never changes. Words
/// in braces are the database's own (schema.cpp).
std::span<std::string_view const> migrations();

}  // namespace rapport::store
