#pragma once

#include "app/settings_load.hpp"

namespace rapport::app {

/// Runs the server until it is told to stop. `example`: a store in which nobody is set up yet is filled
/// with a small centre to try things on, and who can log in is printed. Returns the exit status: 0 after an orderly end, 1 where it
/// could not start, 2 for a wrong configuration.
int serve(SettingsChoice const& choice, bool example);

}  // namespace rapport::app
