#pragma once

#include <string>

#include "app/settings_load.hpp"

/// What people read about the configuration, made from the table of keys.
namespace rapport::app {

/// docs/configuration.md.
std::string settings_page();

/// A commented file. Keys whose value is not the default's stand in it as they are; all others are
/// commented out, with the default or an example.
std::string settings_example(LoadedSettings const& loaded);

/// Every key's effective value and where it came from; secrets are not shown. `format` is text or json.
std::string settings_listing(LoadedSettings const& loaded, std::string const& format);

}  // namespace rapport::app
