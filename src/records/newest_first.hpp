#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"

namespace rapport::records {

/// An id by which documents list the newest first: twelve hexadecimal digits that descend with the
/// moment, "-", and the rest. Of one moment, in order of the rest.
std::string newest_first_id(base::Instant at, std::string_view rest);

}  // namespace rapport::records
