#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rapport::base {

/// A decimal number in thousandths: "1.5" is 1500, "-3" is -3000. At most fifteen digits before the
/// point and three after it; nothing else around it.
std::optional<std::int64_t> parse_thousandths(std::string_view text);

}  // namespace rapport::base
