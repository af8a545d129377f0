#pragma once

#include <string>

#include "app/settings_load.hpp"

namespace rapport::app {

/// Prints the effective configuration and where each value came from. Returns the exit status: 1 if
/// there are mistakes, which are named on standard error.
int show_config(SettingsChoice const& choice, std::string const& format);

/// Prints every mistake of one file, by itself: neither the environment nor a command line is looked at.
int check_config(std::string const& file);

/// Prints a commented file, in which what `choice.set` names stands as it is.
int print_config_example(SettingsChoice const& choice);

}  // namespace rapport::app
