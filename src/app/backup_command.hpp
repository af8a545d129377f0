#pragma once

#include <string>

#include "app/settings_load.hpp"

/// Backup and restore of a whole centre: the store, and beside it the key without which it cannot be
/// read (FILE.key). Each returns the exit status: 0 done, 1 it failed, 2 wrong configuration.
namespace rapport::app {

/// While a server may go on serving.
int back_up(SettingsChoice const& choice, std::string const& file);
/// Into a data folder (and, with a URL, a database) in which there is nothing yet.
int restore(SettingsChoice const& choice, std::string const& file);
/// Brings the store to this program's version without serving.
int migrate(SettingsChoice const& choice);

}  // namespace rapport::app
