#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"

namespace rapport::server::api {

/// The Set-Cookie header of a session; an age of 0 takes it away.
std::string session_cookie_of(std::string_view secret, bool secure, base::Millis age_ms);

}  // namespace rapport::server::api
