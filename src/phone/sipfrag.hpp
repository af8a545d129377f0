#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rapport::phone {

/// The status that a NOTIFY of a REFER tells (RFC 3515, section 2.4.5): its body begins with a status line of
/// SIP. Nothing where it does not, or the status is none of SIP's (100 to 699). Pure; any thread.
std::optional<std::uint16_t> read_sipfrag(std::string_view body);

}  // namespace rapport::phone
