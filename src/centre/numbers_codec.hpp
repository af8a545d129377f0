#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "centre/numbers.hpp"

/// What the numbers keep beside the floor's snapshot, as compact JSON.
namespace rapport::centre {

std::string encode(Numbers::Kept const& kept);
/// Error: what is wrong with it; what is read holds together.
base::Result<Numbers::Kept> decode_numbers(std::string_view text);

}  // namespace rapport::centre
