#pragma once

#include <string_view>

namespace rapport::server::http {

/// Equal without regard to the case of ASCII letters, as header names and tokens are.
bool same_token(std::string_view left, std::string_view right);

/// Whether a comma-separated header value ("keep-alive, Upgrade") names the token.
bool lists_token(std::string_view list, std::string_view token);

/// Without the spaces and tabs around it.
std::string_view trimmed(std::string_view text);

}  // namespace rapport::server::http
