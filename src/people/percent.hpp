#pragma once

#include <string>
#include <string_view>

namespace rapport::people {

/// Every byte but the unreserved ones as %XX (RFC 3986, section 2.3).
std::string percent_encoded(std::string_view text);

}  // namespace rapport::people
