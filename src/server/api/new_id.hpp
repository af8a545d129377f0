#pragma once

#include <string>

#include "base/time.hpp"

namespace rapport::server::api {

/// A new id that sorts by time (base/id.hpp), of a generator that all threads share and that begins at
/// a truly random place.
std::string new_id(base::Instant now);

}  // namespace rapport::server::api
