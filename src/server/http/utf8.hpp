#pragma once

#include <string_view>

namespace rapport::server::http {

/// Whether the bytes are UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.
bool valid_utf8(std::string_view text);

}  // namespace rapport::server::http
