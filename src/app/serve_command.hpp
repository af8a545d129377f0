#pragma once

#include "app/settings_load.hpp"

namespace rapport::app {

/// Runs the server until it is told to stop. Returns the exit status: 0 after an orderly end, 1 where it
/// could not start, 2 for a wrong configuration.
int serve(SettingsChoice const& choice);

}  // namespace rapport::app
