#pragma once

#include <chrono>

#include "base/time.hpp"

namespace rapport::app {

/// What the machine's clock says. The one place where the product reads it; everything else is given
/// a clock or a moment.
inline base::Instant system_now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace rapport::app
