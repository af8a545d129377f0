#pragma once

#include <cstdint>
#include <optional>

#include "app/settings_load.hpp"

namespace rapport::app {

struct DemoOptions {
  SettingsChoice settings;
  std::uint64_t seed = 1;  ///< of what is said
  double pace = 1.0;       ///< times as fast as life
  int agents = 12;         ///< simulated ones
};

/// Makes a demo centre in the data folder where there is none yet, serves it, and lets simulated customers
/// and agents live in it until it is told to stop. Refuses a folder, or a store, of another centre. Returns the
/// exit status as `serve` does.
int demo(DemoOptions const& options);

}  // namespace rapport::app
