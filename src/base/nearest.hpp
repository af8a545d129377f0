#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace rapport::base {

/// The candidate that a misspelt word most likely stands for, or nothing if none is near. Nearness
/// is the optimal string alignment distance (Damerau, CACM 1964: a letter too many, too few, wrong,
/// or two swapped), at most a third of the word after its first dot. A candidate that differs only
/// before the first dot ("agent.thanks" for "customer.thanks") goes before one that is two slips
/// away; where none is near, one that the word begins is taken. The first of equals wins.
std::optional<std::string_view> nearest(std::string_view word, std::span<std::string_view const> candidates);

}  // namespace rapport::base
